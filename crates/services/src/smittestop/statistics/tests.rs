//! Two bodies, each with a register of its own, count a day of phones: replays, kills between their steps, too few, and bytes that tell nothing.

use std::collections::BTreeSet;

use jiff::Span;
use register::Clock as _;
use register::testing::{SeededRandomness, TestRegister, caller};
use statistics::check::Checker;
use statistics::job::{Asked, Rejected, decode_answer, decode_job, encode_job};
use statistics::report::Drawer;
use statistics::split::{self, Bodies};
use statistics::sum::Terms;
use statistics::{Day, PrivateKey, Report, Secret, TaskId, Told, Whose};

use super::*;
use crate::smittestop::closing::{close, what_goes};

struct Body {
    house: TestRegister,
    checker: Checker,
    randomness: SeededRandomness,
}

impl Body {
    fn act<T>(&self, action: impl FnOnce(&Call<'_>) -> T) -> T {
        let call = self.house.register.call(caller(&self.house.policy, "system", None, None));
        action(&Call { register: &self.house.register, call: &call, randomness: &self.randomness })
    }
}

struct Both {
    leader: Body,
    helper: Body,
    bodies: Bodies,
}

fn dice(seed: u64) -> impl FnMut(&mut [u8]) {
    let seeded = SeededRandomness::new(seed);
    move |bytes: &mut [u8]| register::Randomness::fill(&seeded, bytes)
}

impl Both {
    fn new() -> Self {
        let mut random = dice(1);
        let keys = [PrivateKey::make(1, &mut random), PrivateKey::make(2, &mut random)];
        let (task, secret) = (TaskId::named("smittestop"), Secret::new([7; 32]));
        let [leader, helper] = &keys;
        let bodies = Bodies { task, leader: leader.config().unwrap(), helper: helper.config().unwrap() };
        let [leader, helper] = [Whose::Leader, Whose::Helper].map(|whose| Body {
            house: TestRegister::new(),
            checker: Checker::new(task, whose, keys[usize::from(whose == Whose::Helper)].clone(), &secret)
                .unwrap(),
            randomness: SeededRandomness::new(3),
        });
        Self { leader, helper, bodies }
    }

    /// Yesterday, as phones tell about it.
    fn yesterday(&self) -> Day {
        day_of(self.leader.house.clock.now()).minus(1)
    }

    fn report(&self, day: Day, told: Told, seed: u64) -> Report {
        split::report(&self.bodies, day, told, &mut dice(seed)).unwrap()
    }

    fn send(&self, report: &Report) -> Result<(), take::Error> {
        let leader = &self.leader.checker;
        self.leader.act(|at| take::run(at, take::Request { leader, report: report.clone() }))
    }

    fn lies_in(&self, report: &Report) -> Drawer {
        self.leader.checker.drawer(report.head.id)
    }

    /// The drawers in which there is something, so that a test need not look through all.
    fn drawers(&self, day: Day) -> Vec<Drawer> {
        let is_used = |body: &Body, lies_in: Drawer| {
            let found = body.act(|at| found::<NotCounted>(at, drawer(at, day, lies_in).unwrap())).unwrap();
            !found.reports.is_empty()
        };
        Drawer::all().filter(|lies_in| is_used(&self.leader, *lies_in)).collect()
    }

    fn phones(&self, many: u64) {
        for phone in 0..many {
            let told = if phone.is_multiple_of(5) { Told::Warned } else { Told::Ran };
            self.send(&self.report(self.yesterday(), told, 1_000 + phone)).unwrap();
        }
    }

    fn pass(&self, days: i64) {
        for body in [&self.leader, &self.helper] {
            body.house.clock.pass(Span::new().days(days));
        }
    }

    fn next(&self, day: Day, drawer: Drawer) -> Option<to_count::Job> {
        let request =
            to_count::Request { leader: &self.leader.checker, day, drawer, set_aside: &BTreeSet::new() };
        self.leader.act(|at| to_count::run(at, &request)).unwrap()
    }

    fn answer(&self, id: [u8; 16], body: Vec<u8>) -> Result<Vec<u8>, answer::Error> {
        let request = answer::Request { helper: &self.helper.checker, job: id, body };
        self.helper.act(|at| answer::run(at, &request))
    }

    fn counted(&self, job: to_count::Job, answer: Vec<u8>) -> counted::Outcome {
        let request = counted::Request { leader: &self.leader.checker, job, answer };
        self.leader.act(|at| counted::run(at, request)).unwrap()
    }

    fn count(&self, day: Day) -> counted::Outcome {
        let mut all = counted::Outcome::default();
        for drawer in self.drawers(day) {
            while let Some(job) = self.next(day, drawer) {
                let answer = self.answer(job.id, job.body.clone()).unwrap();
                let one = self.counted(job, answer);
                all.counted += one.counted;
                all.refused += one.refused;
            }
        }
        all
    }

    fn release(&self, day: Day, reports_min: u64) -> Result<Vec<u8>, release::Error> {
        let sum = self.leader.act(|at| sum_of_day::run(at, sum_of_day::Request { day })).unwrap();
        let terms = Terms { reports_min, ..Terms::default() };
        let request = release::Request { day, reports: sum.reports, checksum: sum.checksum, terms };
        self.helper.act(|at| release::run(at, request))
    }

    fn publish(
        &self,
        day: Day,
        helper: Option<Vec<u8>>,
        reports_min: u64,
    ) -> Result<Option<Figures>, publish::Error> {
        let request = publish::Request { day, helper, terms: Terms { reports_min, ..Terms::default() } };
        self.leader.act(|at| publish::run(at, request))
    }
}

use statistics::Figures;

fn is_not<T: std::fmt::Debug>(answer: Result<T, Error<NotCounted>>, why: NotCounted) -> bool {
    matches!(&answer, Err(Error::Not(not)) if *not == why)
}

#[test]
fn a_day_of_phones_is_counted_published_and_then_forgotten() {
    // proves rule SS-25
    let both = Both::new();
    let day = both.yesterday();
    both.phones(300);
    both.pass(2);
    assert_eq!(both.count(day), counted::Outcome { counted: 300, refused: 0 });
    let sum = both.release(day, 100).unwrap();
    let figures = both.publish(day, Some(sum), 100).unwrap().unwrap();
    assert!(figures.phones().abs_diff(300) < 150, "{figures:?}");
    assert!(figures.warned().abs_diff(60) < 150, "{figures:?}");
    let shown = both.leader.act(|at| figures::run(at, figures::Request { days: 60 })).unwrap();
    assert_eq!(shown, [figures::Counted { day, figures: Some(figures) }]);
    // Once: the same day again is refused.
    assert!(is_not(both.publish(day, None, 100), NotCounted::WrongDay));
    // Parts and sums go with their clock, the figures stay.
    both.pass(6);
    for body in [&both.leader, &both.helper] {
        body.house.register.sweep().unwrap();
    }
    both.pass(1);
    let left = |body: &Body| {
        Drawer::all()
            .map(|lies_in| {
                let found =
                    body.act(|at| found::<NotCounted>(at, drawer(at, day, lies_in).unwrap())).unwrap();
                found.reports.len() + found.sums.len()
            })
            .sum::<usize>()
    };
    assert_eq!((left(&both.leader), left(&both.helper)), (0, 0));
    assert_eq!(both.leader.act(|at| figures::run(at, figures::Request { days: 60 })).unwrap().len(), 1);
}

#[test]
fn a_report_counts_once_however_often_it_is_sent() {
    let both = Both::new();
    let day = both.yesterday();
    let report = both.report(day, Told::Warned, 1);
    both.send(&report).unwrap();
    assert!(is_not(both.send(&report), NotCounted::Replayed));
    // A leader that shows it to the helper a second time, in another job, is refused too.
    both.pass(2);
    let job = both.next(day, both.lies_in(&report)).unwrap();
    both.answer(job.id, job.body.clone()).unwrap();
    let again = both.answer([9; 16], job.body.clone()).unwrap();
    let again = decode_answer(&again).unwrap();
    assert_eq!(again[0].outcome, Err(Rejected::Replayed));
    // And the same job with other reports is no answer to anything.
    assert!(is_not(both.answer(job.id, [job.body.as_slice(), &[0]].concat()), NotCounted::Malformed));
}

#[test]
fn a_report_about_a_day_that_is_not_open_is_refused() {
    let both = Both::new();
    let yesterday = both.yesterday();
    for day in [yesterday.plus(1), yesterday.plus(2), yesterday.minus(2)] {
        let report = both.report(day, Told::Ran, u64::from(day.begins_unix_seconds() > 0));
        assert!(is_not(both.send(&report), NotCounted::NotNow));
    }
    both.send(&both.report(yesterday.minus(1), Told::Ran, 5)).unwrap();
}

#[test]
fn fewer_than_the_least_are_never_revealed_by_either_body_nor_by_asking_for_less() {
    // proves rule SS-26
    let both = Both::new();
    let day = both.yesterday();
    both.phones(120);
    both.pass(2);
    both.count(day);
    assert!(is_not(both.release(day, 121), NotCounted::TooFew));
    // The leader would have the sum of fewer reports, to subtract it from the whole.
    let sum = both.leader.act(|at| sum_of_day::run(at, sum_of_day::Request { day })).unwrap();
    let terms = Terms { reports_min: 100, ..Terms::default() };
    let fewer = release::Request { day, reports: sum.reports - 1, checksum: [1; 32], terms };
    assert!(is_not(both.helper.act(|at| release::run(at, fewer)), NotCounted::Mismatch));
    let released = both.release(day, 100).unwrap();
    assert_eq!(both.release(day, 100).unwrap(), released, "noise is drawn once");
    assert!(is_not(both.helper.act(|at| release::run(at, fewer)), NotCounted::Mismatch));
    // What comes after the day is given away is not added to it.
    let late = both.report(day, Told::WarnedOthers, 77);
    let begun = both.leader.checker.begin(&late.for_leader()).unwrap();
    let asked = Asked { half: late.for_helper(), message: begun.message };
    let answered = both.answer([8; 16], encode_job(&[asked])).unwrap();
    let answered = decode_answer(&answered).unwrap();
    assert_eq!(answered[0].outcome, Err(Rejected::DayCounted));
    assert!(
        is_not(both.publish(day, Some(released), 121), NotCounted::TooFew),
        "the leader has its own least"
    );
    assert_eq!(both.publish(day, None, 121).unwrap(), None, "too few is all that is said");
}

#[test]
fn a_day_that_is_still_open_is_not_counted() {
    let both = Both::new();
    let day = both.yesterday();
    both.phones(1);
    let drawer = Drawer::all().next().unwrap();
    let request =
        to_count::Request { leader: &both.leader.checker, day, drawer, set_aside: &BTreeSet::new() };
    assert!(is_not(both.leader.act(|at| to_count::run(at, &request)), NotCounted::WrongDay));
    assert!(is_not(both.release(day, 1), NotCounted::WrongDay));
}

#[test]
fn killed_between_the_steps_of_the_two_nothing_is_lost_and_nothing_counts_twice() {
    let both = Both::new();
    let day = both.yesterday();
    both.phones(130);
    both.pass(2);
    // The leader dies after the helper has answered: half of the drawers have an answer that nobody heard.
    for drawer in both.drawers(day).into_iter().step_by(2) {
        if let Some(job) = both.next(day, drawer) {
            both.answer(job.id, job.body).unwrap();
        }
    }
    // The helper dies too, and both come again.
    let Both { leader, helper, bodies } = both;
    let leader = Body { house: leader.house.reopen(11).unwrap(), ..leader };
    let helper = Body { house: helper.house.reopen(12).unwrap(), ..helper };
    let both = Both { leader, helper, bodies };
    assert_eq!(both.count(day), counted::Outcome { counted: 130, refused: 0 });
    // The leader dies before the figures are written: the helper gives the same sum again.
    let lost = both.release(day, 100).unwrap();
    let Both { leader, helper, bodies } = both;
    let helper = Body { house: helper.house.reopen(13).unwrap(), ..helper };
    let both = Both { leader, helper, bodies };
    let sum = both.release(day, 100).unwrap();
    assert_eq!(sum, lost);
    let figures = both.publish(day, Some(sum), 100).unwrap().unwrap();
    assert!(figures.phones().abs_diff(130) < 150);
}

#[test]
fn what_a_body_keeps_of_a_report_does_not_tell_what_was_told() {
    // proves rule SS-07
    let both = Both::new();
    let day = both.yesterday();
    let kept = |seed: u64, told: Told| {
        let report = both.report(day, told, seed);
        both.send(&report).unwrap();
        both.leader.act(|at| {
            let about = drawer(at, day, both.lies_in(&report)).unwrap();
            let found = found::<NotCounted>(at, about).unwrap();
            let mut texts = found.reports.iter().filter_map(|kept| match &kept.halves {
                Halves::Whole(text) => Some(text.clone()),
                Halves::Number { .. } => None,
            });
            texts.next_back().unwrap()
        })
    };
    let (one, same, other) = (kept(1, Told::Ran), kept(2, Told::Ran), kept(3, Told::WarnedAndWarnedOthers));
    assert_ne!(one, same, "the same answer never has the same bytes");
    assert_eq!((one.len(), same.len()), (other.len(), other.len()), "every answer has bytes of one shape");
    // Neither the record nor the line beside it bears a time finer than the day.
    let lines = both.leader.act(|at| {
        let about = drawer(at, day, both.lies_in(&both.report(day, Told::Ran, 1))).unwrap();
        at.read::<NotCounted>(COUNT, Target::Person(about), None).unwrap()
    });
    for record in lines {
        assert_eq!(record.collected_at.as_second() % 86_400, 0);
        assert!(record.events.iter().all(|(_, at)| at.as_second() % 86_400 == 0));
    }
}

/// A leader that has kept the sealed reports asks the helper about all of them in one drawer, and hears what counts.
fn resubmits(both: &Both, reports: &[Report], job: u8) -> Vec<Result<Vec<u8>, Rejected>> {
    let asked = |report: &Report| {
        let begun = both.leader.checker.begin(&report.for_leader()).unwrap();
        Asked { half: report.for_helper(), message: begun.message }
    };
    let asked: Vec<Asked> = reports.iter().map(asked).collect();
    let answer = both.answer([job; 16], encode_job(&asked)).unwrap();
    decode_answer(&answer).unwrap().into_iter().map(|one| one.outcome).collect()
}

#[test]
fn what_the_helper_has_counted_once_it_never_counts_again_however_late_it_is_shown_again() {
    // proves rule SS-26
    let both = Both::new();
    let day = both.yesterday();
    let report = [both.report(day, Told::Warned, 1)];
    // Counted as early as the helper counts: what it remembers of it is the first to be erased.
    assert!(resubmits(&both, &report, 0)[0].is_ok());
    let mut passed = 1;
    for later in [4, 5, 6, 7, 30, 400] {
        both.pass(later - passed);
        passed = later;
        let why = if later <= 5 { Rejected::Replayed } else { Rejected::DayCounted };
        for swept in [false, true] {
            if swept {
                both.helper.house.register.sweep().unwrap();
            }
            let job = u8::try_from(later % 100).unwrap() * 2 + u8::from(swept) + 1;
            assert_eq!(resubmits(&both, &report, job), [Err(why)], "{later} days on, swept: {swept}");
        }
    }
}

#[test]
fn a_day_that_was_given_away_has_no_second_noise_when_the_helper_has_forgotten_it() {
    // proves rule SS-26
    let both = Both::new();
    let day = both.yesterday();
    let reports: Vec<Report> = (0..110).map(|phone| both.report(day, Told::Warned, phone)).collect();
    reports.iter().for_each(|report| both.send(report).unwrap());
    both.pass(2);
    both.count(day);
    let given = both.release(day, 100).unwrap();
    let sum = both.leader.act(|at| sum_of_day::run(at, sum_of_day::Request { day })).unwrap();
    let terms = Terms { reports_min: 100, ..Terms::default() };
    let request = release::Request { day, reports: sum.reports, checksum: sum.checksum, terms };
    let asks = || both.helper.act(|at| release::run(at, request));
    both.pass(2);
    assert_eq!(asks().unwrap(), given, "on the fifth day it is the same noise");
    for (later, job) in [(1, 1), (1, 2), (1, 3), (23, 4), (400, 5)] {
        both.pass(later);
        both.helper.house.register.sweep().unwrap();
        // The whole of it, and all but one phone: a second sum, or a difference, would show that one.
        let one_drawer: Vec<Report> =
            reports.iter().filter(|one| both.lies_in(one) == both.lies_in(&reports[0])).cloned().collect();
        for (shown, job) in [(&one_drawer[..], job), (&one_drawer[1..], job + 100)] {
            let again = if shown.is_empty() { Vec::new() } else { resubmits(&both, shown, job) };
            assert!(again.iter().all(|one| *one == Err(Rejected::DayCounted)), "{again:?}");
        }
        assert!(is_not(asks(), NotCounted::WrongDay));
    }
}

#[test]
fn a_leader_that_was_down_as_long_as_it_may_still_counts_the_day() {
    // proves rule SS-25
    let both = Both::new();
    let day = both.yesterday();
    both.phones(130);
    both.pass(4);
    for body in [&both.leader, &both.helper] {
        body.house.clock.pass_until(begins(day.plus(6)).checked_sub(Span::new().seconds(1)).unwrap());
        body.house.register.sweep().unwrap();
    }
    assert_eq!(day_of(both.leader.house.clock.now()), day.counted_until());
    assert_eq!(both.count(day), counted::Outcome { counted: 130, refused: 0 });
    let sum = both.release(day, 100).unwrap();
    assert!(both.publish(day, Some(sum), 100).unwrap().is_some());
}

#[test]
fn reports_whose_numbers_begin_alike_fill_no_drawer_and_a_report_that_is_refused_stops_no_other() {
    // proves rule SS-26
    let both = Both::new();
    let day = both.yesterday();
    both.phones(110);
    // The leader can open its half; what lies there for the helper is rubbish of the right length.
    let elsewhere = PrivateKey::make(2, &mut dice(9)).config().unwrap();
    let bodies = Bodies { helper: elsewhere, ..both.bodies.clone() };
    let forged = |phone: u64| {
        let mut number = true;
        let mut random = dice(10_000 + phone);
        let mut fill = |bytes: &mut [u8]| {
            random(bytes);
            // All in what was the first drawer.
            if std::mem::take(&mut number) {
                bytes[0] = 0;
            }
        };
        split::report(&bodies, day, Told::Warned, &mut fill).unwrap()
    };
    let forged: Vec<Report> = (0..400).map(forged).collect();
    forged.iter().for_each(|report| both.send(&Report::decode(&report.encode()).unwrap()).unwrap());
    let mut fill = std::collections::BTreeMap::<_, u32>::new();
    forged.iter().for_each(|report| *fill.entry(both.lies_in(report)).or_default() += 1);
    assert!(fill.len() > 150 && fill.values().all(|many| *many < 15), "{:?}", fill.values().max());
    both.pass(2);
    assert_eq!(both.count(day), counted::Outcome { counted: 110, refused: 400 });
    let sum = both.release(day, 100).unwrap();
    assert!(both.publish(day, Some(sum), 100).unwrap().is_some());
}

#[test]
fn a_job_falls_into_halves_that_ask_about_the_same_reports_and_what_is_set_aside_is_left() {
    let both = Both::new();
    let day = both.yesterday();
    // Three that lie together, found by trying.
    let mut together = std::collections::BTreeMap::<_, Vec<Report>>::new();
    let three = (0..)
        .find_map(|phone| {
            let report = both.report(day, Told::Ran, phone);
            let lying = together.entry(both.lies_in(&report)).or_default();
            lying.push(report);
            (lying.len() == 3).then(|| lying.clone())
        })
        .unwrap();
    three.iter().for_each(|report| both.send(report).unwrap());
    both.pass(2);
    let job = both.next(day, both.lies_in(&three[0])).unwrap();
    let whole = decode_job(&job.body).unwrap();
    let [first, second] = job.halves().unwrap();
    let parts = [&first, &second].map(|half| decode_job(&half.body).unwrap());
    assert_eq!((parts[0].len(), parts[1].len()), (1, 2));
    assert_eq!(parts.concat(), whole);
    let alone = first.halves().unwrap_err();
    assert_eq!(alone, [whole[0].half.head.id]);
    // That one is set aside; the others count.
    let set_aside = alone.into_iter().collect();
    let answer = both.answer(second.id, second.body.clone()).unwrap();
    both.counted(second, answer);
    let drawer = both.lies_in(&three[0]);
    let request = to_count::Request { leader: &both.leader.checker, day, drawer, set_aside: &set_aside };
    assert!(both.leader.act(|at| to_count::run(at, &request)).unwrap().is_none());
    let sums = [&both.leader, &both.helper].map(|body| {
        let sum = body.act(|at| sum_of_day::run(at, sum_of_day::Request { day })).unwrap();
        (sum.reports, sum.checksum)
    });
    assert_eq!(sums[0], sums[1]);
    assert_eq!(sums[0].0, 2);
}

#[test]
fn when_the_app_is_closed_no_report_is_taken_counted_or_published() {
    // proves rule SS-45
    let both = Both::new();
    let day = both.yesterday();
    both.phones(3);
    let left = [both.report(day, Told::Ran, 90), both.report(day, Told::Ran, 91)];
    assert!(resubmits(&both, &left[..1], 1)[0].is_ok());
    for body in [&both.leader, &both.helper] {
        let call = body.house.call("app-evaluation", None, None);
        let at = Call { register: &body.house.register, call: &call, randomness: &body.randomness };
        let request = close::Request { first: "Anna".into(), second: "Bent".into(), reason: "forbi".into() };
        close::run(&at, request).unwrap();
    }
    assert!(is_not(both.send(&left[0]), NotCounted::Closed));
    let begun = both.leader.checker.begin(&left[1].for_leader()).unwrap();
    let asked = encode_job(&[Asked { half: left[1].for_helper(), message: begun.message }]);
    assert!(is_not(both.answer([2; 16], asked), NotCounted::Closed));
    both.pass(2);
    assert!(is_not(both.publish(day, None, 100), NotCounted::Closed));
    for body in [&both.leader, &both.helper] {
        let call = body.house.call("app-evaluation", None, None);
        let at = Call { register: &body.house.register, call: &call, randomness: &body.randomness };
        let records: u64 = what_goes::run(&at).unwrap().iter().map(|one| one.records).sum();
        assert_eq!(records, 0);
    }
    for lang in [notice::Lang::Da, notice::Lang::En] {
        assert!(NotCounted::Closed.words(lang).contains(if lang == notice::Lang::Da {
            "lukket"
        } else {
            "closed"
        }));
    }
}

#[test]
fn nobody_but_the_system_counts_or_publishes() {
    // proves rule SS-26
    let both = Both::new();
    let report = both.report(both.yesterday(), Told::Ran, 1);
    for role in ["citizen", "device", "caseworker", "app-evaluation", "doctor", "ssi"] {
        let call = both.leader.house.call(role, Some(Id::from_bits(5)), None);
        let at =
            Call { register: &both.leader.house.register, call: &call, randomness: &both.leader.randomness };
        let taken = take::run(&at, take::Request { leader: &both.leader.checker, report: report.clone() });
        assert!(matches!(taken, Err(Error::Refused(_))), "{role}: {taken:?}");
        let shown = figures::run(&at, figures::Request { days: 1 });
        assert!(matches!(shown, Err(Error::Refused(_))), "{role}: {shown:?}");
    }
}
