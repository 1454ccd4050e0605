//! Ten thousand synthetic phones and their two bodies; and those who would count twice, a thousandfold, or alone.

use sha2::{Digest as _, Sha256};

use crate::check::Checker;
use crate::job::{Answered, Asked, Rejected, decode_answer, decode_job, encode_answer, encode_job};
use crate::report::Head;
use crate::split::{self, Bodies};
use crate::sum::{Terms, Withheld};
use crate::told::Happened;
use crate::{Config, Day, Figures, PrivateKey, Report, ReportId, Secret, Sum, TaskId, Told, Whose};

fn dice(seed: u64) -> impl FnMut(&mut [u8]) {
    let mut state = (seed, 0_u64);
    move |bytes: &mut [u8]| {
        for chunk in bytes.chunks_mut(32) {
            state.1 += 1;
            let block = Sha256::digest([state.0.to_be_bytes(), state.1.to_be_bytes()].concat());
            chunk.iter_mut().zip(block).for_each(|(byte, random)| *byte = random);
        }
    }
}

struct Both {
    bodies: Bodies,
    leader: Checker,
    helper: Checker,
}

impl Both {
    fn new() -> Self {
        let mut random = dice(1);
        let (one, other) = (PrivateKey::make(1, &mut random), PrivateKey::make(2, &mut random));
        let (task, secret) = (TaskId::named("smittestop"), Secret::new([7; 32]));
        let bodies = Bodies { task, leader: one.config().unwrap(), helper: other.config().unwrap() };
        let leader = Checker::new(task, Whose::Leader, one, &secret).unwrap();
        let helper = Checker::new(task, Whose::Helper, other, &secret).unwrap();
        Self { bodies, leader, helper }
    }

    fn reports(&self, told: impl Iterator<Item = Told>) -> Vec<Report> {
        let mut random = dice(2);
        told.map(|told| split::report(&self.bodies, day(), told, &mut random).unwrap()).collect()
    }

    /// Both count, through the bytes that travel between them.
    fn count(&self, reports: &[Report]) -> (Sum, Sum, Vec<Rejected>) {
        let (mut ours, mut theirs) = (Sum::new().unwrap(), Sum::new().unwrap());
        let mut rejected = Vec::new();
        for some in reports.chunks(crate::job::JOB_REPORTS_MAX) {
            let mut begun = Vec::new();
            let mut asked = Vec::new();
            for report in some {
                match self.leader.begin(&report.for_leader()) {
                    Ok(one) => {
                        asked.push(Asked { half: report.for_helper(), message: one.message.clone() });
                        begun.push(one);
                    }
                    Err(why) => rejected.push(why),
                }
            }
            let asked = decode_job(&encode_job(&asked)).unwrap();
            let mut answered = Vec::new();
            for one in &asked {
                let outcome = self.helper.answer(&one.half, &one.message).map(|(counted, message)| {
                    theirs.add(&counted).unwrap();
                    message
                });
                answered.push(Answered { id: one.half.head.id, outcome });
            }
            let answered = decode_answer(&encode_answer(&answered)).unwrap();
            for (begun, answered) in begun.into_iter().zip(answered) {
                match answered.outcome.and_then(|message| self.leader.end(begun, &message)) {
                    Ok(counted) => ours.add(&counted).unwrap(),
                    Err(why) => rejected.push(why),
                }
            }
        }
        (ours, theirs, rejected)
    }
}

fn day() -> Day {
    Day::of_unix_seconds(1_604_275_200)
}

fn told(phone: usize) -> Told {
    Told::of(Happened {
        installed: phone.is_multiple_of(10),
        warned: phone.is_multiple_of(25),
        warned_others: phone.is_multiple_of(100),
    })
}

// Both noises together are further from zero than this once in about e^20 days.
const FAR: u64 = 200;

#[test]
fn the_totals_of_ten_thousand_phones_are_right_within_the_noise() {
    // proves rule SS-25
    let both = Both::new();
    let reports = both.reports((0..10_000).map(told));
    let (ours, theirs, rejected) = both.count(&reports);
    assert!(rejected.is_empty());
    let exact = Figures::of(&ours, &theirs).unwrap();
    let counted = Told::ALL.map(|answer| (0..10_000).filter(|phone| told(*phone) == answer).count());
    assert_eq!(exact.to_array().map(|figure| usize::try_from(figure).unwrap()), counted);
    let released = (ours.released(Terms::default()).unwrap(), theirs.released(Terms::default()).unwrap());
    let figures = Figures::of(&released.0, &released.1).unwrap();
    assert_ne!(figures, exact, "there is noise");
    assert!(figures.phones().abs_diff(10_000) < FAR, "{figures:?}");
    assert!(figures.warned().abs_diff(400) < FAR, "{figures:?}");
    assert!(figures.warned_others().abs_diff(100) < FAR, "{figures:?}");
}

#[test]
fn fewer_reports_than_the_least_are_never_given_away() {
    // proves rule SS-26
    let both = Both::new();
    let (ours, theirs, _) = both.count(&both.reports((0..99).map(told)));
    let terms = Terms { reports_min: 100, ..Terms::default() };
    assert_eq!(ours.clone().released(terms), Err(Withheld::TooFew));
    assert_eq!(theirs.released(terms), Err(Withheld::TooFew));
    assert!(ours.released(Terms { reports_min: 99, ..terms }).is_ok());
}

#[test]
fn one_body_alone_holds_noise() {
    let both = Both::new();
    // The same answer twice gives different bytes, and every answer has bytes of the same shape.
    let reports = both.reports([Told::Ran, Told::Ran, Told::WarnedAndWarnedOthers].into_iter());
    let encoded: Vec<_> = reports.iter().map(Report::encode).collect();
    assert_ne!(encoded[0], encoded[1]);
    assert!(encoded.iter().all(|bytes| bytes.len() == encoded[0].len()));
    // A half that is opened is spread over the whole field whatever was told: each bit is set about half the time.
    let task = both.bodies.task;
    let mut random = dice(3);
    for (answer, body) in [(Told::Ran, 0), (Told::WarnedOthers, 0), (Told::Ran, 1), (Told::WarnedOthers, 1)] {
        let mut set = 0_u32;
        let mut bits = 0_u32;
        for _ in 0..200 {
            let head = Head { id: ReportId::random(&mut random), day: day() };
            let (_, halves) = split::shares(&task, &head, answer).unwrap();
            set += halves[body].iter().map(|byte| byte.count_ones()).sum::<u32>();
            bits += u32::try_from(halves[body].len() * 8).unwrap();
        }
        let share = f64::from(set) / f64::from(bits);
        // The field is a little smaller than its bytes, so its highest bits lean a very little.
        assert!((share - 0.5).abs() < 0.01, "{answer:?} {body}: {share}");
    }
    // The sum of one body, read as figures, is nowhere near them.
    let (ours, _, _) = both.count(&both.reports((0..200).map(told)));
    let nothing = Sum::new().unwrap();
    assert!(Figures::of(&ours, &nothing).is_err(), "the other body's sum is over other reports");
}

#[test]
fn a_vote_of_a_thousand_is_refused_by_its_proof() {
    let both = Both::new();
    let mut random = dice(4);
    let head = Head { id: ReportId::random(&mut random), day: day() };
    let (public, mut halves) = split::shares(&both.bodies.task, &head, Told::Warned).unwrap();
    // The first number of the leader's half is its share of "ran": 999 is added to it.
    let number = u128::from_le_bytes(halves[0][..16].try_into().unwrap());
    halves[0][..16].copy_from_slice(&(number.wrapping_add(999)).to_le_bytes());
    let forged = split::sealed(&both.bodies, head, public, &halves, &mut random).unwrap();
    let mut reports = both.reports((0..50).map(told));
    reports.push(forged);
    let (ours, theirs, rejected) = both.count(&reports);
    assert_eq!(rejected, [Rejected::NoAnswer]);
    assert_eq!((ours.reports, theirs.reports), (50, 50));
    assert_eq!(Figures::of(&ours, &theirs).unwrap().to_array().iter().sum::<i64>(), 50);
}

#[test]
fn two_answers_in_one_report_are_refused() {
    let both = Both::new();
    let mut random = dice(5);
    let head = Head { id: ReportId::random(&mut random), day: day() };
    let (public, mut halves) = split::shares(&both.bodies.task, &head, Told::Ran).unwrap();
    let number = u128::from_le_bytes(halves[0][16..32].try_into().unwrap());
    halves[0][16..32].copy_from_slice(&(number.wrapping_add(1)).to_le_bytes());
    let forged = split::sealed(&both.bodies, head, public, &halves, &mut random).unwrap();
    assert_eq!(both.count(&[forged]).2, [Rejected::NoAnswer]);
}

#[test]
fn a_half_is_opened_only_with_the_report_day_and_count_it_was_made_for() {
    let both = Both::new();
    let report = both.reports([Told::Warned].into_iter()).remove(0);
    let other_day = Report { head: Head { day: day().plus(1), ..report.head }, ..report.clone() };
    let other_number =
        Report { head: Head { id: ReportId::from_bytes([9; 16]), ..report.head }, ..report.clone() };
    let swapped = Report { leader: report.helper.clone(), helper: report.leader.clone(), ..report.clone() };
    for moved in [other_day, other_number, swapped] {
        assert_eq!(both.count(&[moved]).2, [Rejected::NotOpened]);
    }
    let elsewhere =
        Both { bodies: Bodies { task: TaskId::named("another"), ..both.bodies.clone() }, ..Both::new() };
    let foreign = elsewhere.reports([Told::Warned].into_iter());
    assert_eq!(both.count(&foreign).2, [Rejected::NotOpened]);
}

#[test]
fn a_report_of_rubbish_is_malformed_or_refused_and_never_more() {
    let both = Both::new();
    let bytes = both.reports([Told::Ran].into_iter()).remove(0).encode();
    assert_eq!(Report::decode(&bytes).unwrap().encode(), bytes);
    for cut in 0..bytes.len() {
        assert!(Report::decode(&bytes[..cut]).is_err(), "{cut}");
    }
    assert!(Report::decode(&[&*bytes, &[0]].concat()).is_err(), "something after the end");
    for at in 0..bytes.len() {
        let mut changed = bytes.clone();
        changed[at] ^= 0x40;
        if let Ok(report) = Report::decode(&changed) {
            assert_eq!(both.count(&[report]).0.reports, 0, "a changed byte at {at} was counted");
        }
    }
    assert!(decode_job(&[0, 0, 0, 9, 1]).is_err());
    assert!(decode_answer(&[0, 0, 0, 1, 1]).is_err());
}

#[test]
fn a_part_of_another_length_is_no_report_and_a_full_job_has_the_bytes_that_a_job_may_have() {
    let both = Both::new();
    let mut random = dice(7);
    let head = Head { id: ReportId::random(&mut random), day: day() };
    let (public, halves) = split::shares(&both.bodies.task, &head, Told::Ran).unwrap();
    let of = |public: &[u8], halves: &[Vec<u8>; 2]| {
        split::sealed(&both.bodies, head, public.to_vec(), halves, &mut dice(8)).unwrap().encode()
    };
    let honest = of(&public, &halves);
    assert_eq!(honest.len(), crate::report::REPORT_BYTES);
    assert!(Report::decode(&honest).is_ok());
    // The half of the leader is as it should be; what the leader cannot open is long, or short.
    let [leader, helper] = halves.clone();
    for other in [vec![7; 3_400], vec![7; helper.len() + 1], helper[1..].to_vec(), Vec::new()] {
        assert!(Report::decode(&of(&public, &[leader.clone(), other])).is_err());
    }
    assert!(Report::decode(&of(&public, &[[&leader[..], &[0]].concat(), helper.clone()])).is_err());
    assert!(Report::decode(&of(&[&public[..], &[0]].concat(), &halves)).is_err());
    // One byte from one part to another: the whole is as long as it should be.
    let shifted = of(&public[1..], &[leader, [&helper[..], &[0]].concat()]);
    assert!(shifted.len() == honest.len() && Report::decode(&shifted).is_err());

    let reports = both.reports(std::iter::repeat_n(Told::Ran, crate::job::JOB_REPORTS_MAX));
    let asked = |report: &Report| {
        let begun = both.leader.begin(&report.for_leader()).unwrap();
        Asked { half: report.for_helper(), message: begun.message }
    };
    let asked: Vec<Asked> = reports.iter().map(asked).collect();
    assert_eq!(encode_job(&asked).len(), crate::job::JOB_BYTES_MAX);
}

#[test]
fn a_drawer_follows_from_the_secret_and_who_chooses_numbers_fills_none() {
    let both = Both::new();
    let chosen = |number: u64| {
        let mut bytes = [0; 16];
        bytes[8..].copy_from_slice(&number.to_be_bytes());
        ReportId::from_bytes(bytes)
    };
    let mut fill = std::collections::BTreeMap::<_, u32>::new();
    for number in 0..20_000 {
        let drawer = both.leader.drawer(chosen(number));
        assert_eq!(drawer, both.helper.drawer(chosen(number)), "both bodies find it in one place");
        *fill.entry(drawer).or_default() += 1;
    }
    assert_eq!(fill.len(), usize::from(crate::report::DRAWERS), "numbers that begin alike lie everywhere");
    assert!(fill.values().all(|many| *many < 160), "about 80 in each: {:?}", fill.values().max());
    // Who does not know the secret cannot tell: under another, they fall otherwise.
    let mut random = dice(1);
    let key = PrivateKey::make(1, &mut random);
    let other = Checker::new(both.bodies.task, Whose::Leader, key, &Secret::new([8; 32])).unwrap();
    let same = (0..1_000).filter(|n| other.drawer(chosen(*n)) == both.leader.drawer(chosen(*n))).count();
    assert!(same < 30, "{same}");
}

#[test]
fn the_key_that_is_published_is_read_again_and_another_kind_is_passed_over() {
    let both = Both::new();
    let list = both.bodies.leader.encoded_list();
    assert_eq!(Config::from_list(&list).unwrap(), both.bodies.leader);
    assert!(Config::from_list(&list[1..]).is_err());
    // A key of P-256 stands first: its number of the mechanism is another.
    let unknown = [&[3, 0, 0x10, 0, 1, 0, 1, 0, 2, 8, 8][..], &list[2..]].concat();
    let two = [&u16::try_from(unknown.len()).unwrap().to_be_bytes()[..], &unknown].concat();
    assert_eq!(Config::from_list(&two).unwrap(), both.bodies.leader);
}

#[test]
fn a_sum_is_kept_and_read_again_and_drawers_come_together() {
    let both = Both::new();
    let reports = both.reports((0..60).map(told));
    let whole = both.count(&reports);
    let (first, second) = (both.count(&reports[..25]), both.count(&reports[25..]));
    let mut together = Sum::decode(&first.0.encode().unwrap()).unwrap();
    together.merge(&second.0).unwrap();
    assert_eq!((together.reports, together.checksum), (whole.0.reports, whole.0.checksum));
    let mut theirs = first.1;
    theirs.merge(&second.1).unwrap();
    assert_eq!(Figures::of(&together, &theirs).unwrap(), Figures::of(&whole.0, &whole.1).unwrap());
    assert!(Sum::decode(&[0; 10]).is_err());
}

#[test]
fn secrets_print_nothing_of_themselves() {
    let mut random = dice(6);
    let key = PrivateKey::make(1, &mut random);
    let printed = format!("{key:?} {:?} {:?}", Secret::new([0xab; 32]), ReportId::from_bytes([0xab; 16]));
    assert!(!printed.contains("171") && !printed.contains("ab, ab"), "{printed}");
}
