//! Days in the town: people meet, infect, fall ill, are tested, warn and are warned.

use std::collections::BTreeMap;

use super::chance::{Chance, For};
use super::course::{Course, infects};
use super::parameters::{
    FOLLOWS_ADVICE, MEETINGS_LEFT, ONSET_TO_TEST_DAYS, QUARANTINE_DAYS, TEST_TO_RESULT_DAYS,
    WARNING_TO_TEST_DAYS, WARNS_OTHERS,
};
use super::people::{Meeting, People, Place, Who, index, number};
use super::tally::{Held, Outcome};

/// Somebody whose test was found positive today.
#[derive(Clone, Copy, Debug)]
pub(super) struct Positive {
    pub(super) who: Who,
    /// Days of the town since symptoms began, if there are any.
    pub(super) onset: Option<f64>,
    /// When the test was taken, in days of the town.
    pub(super) tested: f64,
    /// Whether she warns others tonight, if she has the app.
    pub(super) warns: bool,
}

/// What the app does in the town; nothing, where there is none.
pub(super) trait App {
    /// Why it cannot go on.
    type Error;

    /// Phones are near each other.
    ///
    /// # Errors
    /// A phone or a server fails.
    fn meet(&mut self, day: u32, meetings: &[Meeting]) -> Result<(), Self::Error>;

    /// Those who were found positive are listed, and some warn; all phones look; these are warned.
    ///
    /// # Errors
    /// A phone or a server fails.
    fn evening(&mut self, day: u32, positives: &[Positive]) -> Result<Vec<Who>, Self::Error>;

    /// What the servers hold tonight.
    ///
    /// # Errors
    /// A server fails.
    fn held(&mut self) -> Result<Held, Self::Error>;
}

/// No app.
#[derive(Debug)]
pub(super) struct NoApp;

impl App for NoApp {
    type Error = std::convert::Infallible;

    fn meet(&mut self, _: u32, _: &[Meeting]) -> Result<(), Self::Error> {
        Ok(())
    }

    fn evening(&mut self, _: u32, _: &[Positive]) -> Result<Vec<Who>, Self::Error> {
        Ok(Vec::new())
    }

    fn held(&mut self) -> Result<Held, Self::Error> {
        Ok(Held::default())
    }
}

/// How somebody stands.
#[derive(Clone, Copy, Debug, Default)]
struct Standing {
    course: Option<Course>,
    /// When the result of a test comes, and whether it was made because of a warning.
    result: Option<f64>,
    positive: bool,
    isolates_from: f64,
    isolates_until: f64,
    warned: Option<f64>,
}

/// Imported on the first day, and every so many days after.
const IMPORTED_FIRST: usize = 4;
const IMPORT_EVERY_DAYS: u32 = 6;
/// A test finds nothing in the first days.
const FOUND_AFTER_DAYS: f64 = 2.0;
/// Who is found positive stays at home for so long.
const ILL_DAYS: f64 = 10.0;
/// Evening, in days.
const EVENING: f64 = 0.9;

/// Lives through some days.
///
/// # Errors
/// The app cannot go on.
pub(super) fn live<A: App>(
    people: &People,
    seed: u64,
    days: u32,
    app: &mut A,
    told: &mut dyn FnMut(u32),
) -> Result<Outcome, A::Error> {
    let mut life = Life { people, seed, standing: vec![Standing::default(); people.len()], chains: 0 };
    let mut outcome = Outcome::default();
    for day in 0..days {
        life.import(day);
        let meetings = life.took_place(day, people.meetings(day));
        life.infect(day, &meetings);
        let outside: Vec<Meeting> =
            meetings.into_iter().filter(|meeting| meeting.place != Place::Home).collect();
        app.meet(day, &outside)?;
        let positives = life.results(day);
        for who in app.evening(day, &positives)? {
            life.warn(who, f64::from(day) + EVENING);
        }
        outcome.infected.push(life.standing.iter().filter(|one| one.course.is_some()).count());
        outcome.held.push(app.held()?);
        told(day);
    }
    life.sum_up(f64::from(days), &mut outcome);
    Ok(outcome)
}

struct Life<'a> {
    people: &'a People,
    seed: u64,
    standing: Vec<Standing>,
    chains: u32,
}

impl Life<'_> {
    fn of(&self, who: Who) -> Standing {
        self.standing.get(index(who)).copied().unwrap_or_default()
    }

    fn change(&mut self, who: Who, change: impl FnOnce(&mut Standing)) {
        if let Some(standing) = self.standing.get_mut(index(who)) {
            change(standing);
        }
    }

    fn behaves(&self, who: Who, what: u64, probability: f64) -> bool {
        Chance::of(self.seed, For::Behaviour, u64::from(who) * 16 + what).yes(probability)
    }

    fn import(&mut self, day: u32) {
        let many = match day {
            0 => IMPORTED_FIRST,
            _ => usize::from(day.is_multiple_of(IMPORT_EVERY_DAYS)),
        };
        let mut chance = Chance::of(self.seed, For::Import, u64::from(day));
        for _ in 0..many {
            let who = number(chance.below(self.people.len()));
            if self.of(who).course.is_none() {
                let chain = self.chains;
                self.chains += 1;
                self.begin(who, f64::from(day), None, chain);
            }
        }
    }

    fn begin(&mut self, who: Who, now: f64, by: Option<Who>, chain: u32) {
        let course = Course::new(self.seed, who, now, by, chain);
        self.change(who, |standing| {
            standing.course = Some(course);
            if let Some(onset) = course.onset() {
                let result = onset + ONSET_TO_TEST_DAYS + TEST_TO_RESULT_DAYS;
                standing.result = Some(standing.result.map_or(result, |known| known.min(result)));
            }
        });
    }

    fn stays_at_home(&self, who: Who, now: f64) -> bool {
        let standing = self.of(who);
        let onset = standing.course.and_then(|course| course.onset());
        let ill = onset.is_some_and(|onset| (onset..onset + ILL_DAYS).contains(&now));
        (standing.isolates_from..standing.isolates_until).contains(&now)
            || (ill && self.behaves(who, 1, FOLLOWS_ADVICE))
    }

    fn took_place(&self, day: u32, meetings: Vec<Meeting>) -> Vec<Meeting> {
        let mut chance = Chance::of(self.seed, For::Behaviour, u64::MAX - u64::from(day));
        let took_place = |meeting: &Meeting| {
            // Drawn for each, so that one who stays at home moves nobody else's day.
            let all_the_same = chance.yes(MEETINGS_LEFT);
            let now = f64::from(day) + f64::from(meeting.from_minute) / 1_440.0;
            let at_home = [meeting.one, meeting.other].iter().any(|who| self.stays_at_home(*who, now));
            meeting.place == Place::Home || !at_home || all_the_same
        };
        meetings.into_iter().filter(took_place).collect()
    }

    fn infect(&mut self, day: u32, meetings: &[Meeting]) {
        for meeting in meetings {
            let now = f64::from(day) + f64::from(meeting.from_minute) / 1_440.0;
            for (from, to) in [(meeting.one, meeting.other), (meeting.other, meeting.one)] {
                let Some(course) = self.of(from).course else { continue };
                let probability = infects(meeting, course.infectivity(now));
                if probability == 0.0 || self.of(to).course.is_some() {
                    continue;
                }
                let draw = (u64::from(day) << 43)
                    | (u64::from(meeting.from_minute) << 32)
                    | (u64::from(from) << 16)
                    | u64::from(to);
                if Chance::of(self.seed, For::Infection, draw).yes(probability) {
                    self.begin(to, now, Some(from), course.chain);
                }
            }
        }
    }

    /// Results of the day. Who is positive stays at home, and so does the home; who has the app may warn.
    fn results(&mut self, day: u32) -> Vec<Positive> {
        let tonight = f64::from(day) + EVENING;
        let mut positives = Vec::new();
        for who in 0..number(self.standing.len()) {
            let standing = self.of(who);
            let Some(result) = standing.result.filter(|result| *result <= tonight && !standing.positive)
            else {
                continue;
            };
            let tested = result - TEST_TO_RESULT_DAYS;
            let found = standing.course.filter(|course| course.infected + FOUND_AFTER_DAYS <= tested);
            self.change(who, |standing| {
                standing.positive = found.is_some();
                // A negative one waits for symptoms.
                standing.result = standing
                    .course
                    .and_then(|course| course.onset())
                    .map(|onset| onset + ONSET_TO_TEST_DAYS + TEST_TO_RESULT_DAYS)
                    .filter(|next| found.is_none() && *next > result);
            });
            let Some(course) = found else { continue };
            self.stay(who, tonight, ILL_DAYS);
            let home: Vec<Who> = self.people.at_home_with(who).collect();
            home.into_iter().for_each(|other| self.stay(other, tonight, QUARANTINE_DAYS));
            positives.push(Positive {
                who,
                onset: course.onset().filter(|onset| *onset <= tonight),
                tested,
                warns: self.behaves(who, 2, WARNS_OTHERS),
            });
        }
        positives
    }

    fn stay(&mut self, who: Who, from: f64, days: f64) {
        if self.behaves(who, 1, FOLLOWS_ADVICE) {
            self.change(who, |standing| {
                if standing.isolates_until < from {
                    standing.isolates_from = from;
                }
                standing.isolates_until = standing.isolates_until.max(from + days);
            });
        }
    }

    fn warn(&mut self, who: Who, now: f64) {
        self.stay(who, now, QUARANTINE_DAYS);
        let tests = self.behaves(who, 1, FOLLOWS_ADVICE);
        self.change(who, |standing| {
            if standing.warned.is_none() {
                standing.warned = Some(now);
            }
            if tests && !standing.positive {
                let result = now + WARNING_TO_TEST_DAYS + TEST_TO_RESULT_DAYS;
                standing.result = Some(standing.result.map_or(result, |known| known.min(result)));
            }
        });
    }

    fn sum_up(&self, end: f64, outcome: &mut Outcome) {
        let mut chains: BTreeMap<u32, (usize, bool)> = BTreeMap::new();
        let mut passed_on: BTreeMap<Who, usize> = BTreeMap::new();
        for standing in &self.standing {
            let Some(course) = standing.course else {
                outcome.warned_in_vain += usize::from(standing.warned.is_some());
                continue;
            };
            let chain = chains.entry(course.chain).or_default();
            chain.0 += 1;
            chain.1 |= course.infects_until() > end;
            if let Some(by) = course.by {
                *passed_on.entry(by).or_default() += 1;
                match standing.warned {
                    Some(warned) if warned <= course.infects_from() => outcome.warned_in_time += 1,
                    Some(warned) if warned <= course.infects_until() => outcome.warned_late += 1,
                    Some(_) | None => outcome.not_warned += 1,
                }
            }
        }
        outcome.chains = chains.len();
        outcome.chains_ended = chains.values().filter(|(_, alive)| !alive).count();
        outcome.longest_chain = chains.values().map(|(many, _)| *many).max().unwrap_or(0);
        let over = |who: &usize| {
            let course = self.standing.get(*who).and_then(|standing| standing.course);
            course.is_some_and(|course| course.infects_until() <= end)
        };
        let over: Vec<usize> = (0..self.standing.len()).filter(over).collect();
        let passed: usize = over.iter().filter_map(|who| passed_on.get(&number(*who))).sum();
        #[expect(clippy::cast_precision_loss, reason = "a town of thousands")]
        let reproduction = passed as f64 / over.len().max(1) as f64;
        outcome.reproduction = reproduction;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lived(seed: u64, many: usize, days: u32) -> Outcome {
        let people = People::new(seed, many);
        let Ok(outcome) = live(&people, seed, days, &mut NoApp, &mut |_| {});
        outcome
    }

    #[test]
    fn a_town_is_the_same_each_time_and_the_disease_spreads() {
        let (one, other) = (lived(3, 400, 40), lived(3, 400, 40));
        assert_eq!(format!("{one:?}"), format!("{other:?}"));
        assert!(one.infected.last() > one.infected.first(), "{:?}", one.infected);
        assert_eq!(
            one.warned_in_time + one.warned_late + one.warned_in_vain,
            0,
            "without the app nobody is warned"
        );
    }

    /// Warns everybody on the first evening.
    struct Alarm;

    impl App for Alarm {
        type Error = std::convert::Infallible;

        fn meet(&mut self, _: u32, _: &[Meeting]) -> Result<(), Self::Error> {
            Ok(())
        }

        fn evening(&mut self, day: u32, _: &[Positive]) -> Result<Vec<Who>, Self::Error> {
            Ok(if day == 0 { (0..400).collect() } else { Vec::new() })
        }

        fn held(&mut self) -> Result<Held, Self::Error> {
            Ok(Held::default())
        }
    }

    #[test]
    fn a_warning_keeps_people_at_home_and_is_counted_as_in_time_or_in_vain() {
        let people = People::new(3, 400);
        let Ok(warned) = live(&people, 3, 40, &mut Alarm, &mut |_| {});
        let free = lived(3, 400, 40);
        assert!(warned.infected.last() < free.infected.last(), "{:?} {:?}", warned.infected, free.infected);
        assert!(warned.warned_in_vain > 0);
        assert_eq!(warned.not_warned, 0, "everybody was warned before being infected");
    }
}
