//! Statens Serum Institut sends the whole list of those infected; it takes the place of the one before, in one go or not at all.

use std::collections::BTreeMap;

use jiff::{Timestamp, ToSpan as _};
use notice::{Grant, Lang, Target, Writing};
pub use register::Replacing;
use register::{ChangeError, Whole};

use super::{GONE, Positive, REGISTER};
use crate::smittestop::closing::{self, is_closed};
use crate::smittestop::verification::as_system;
use crate::{Call, Explain, Problem};

/// Use of the notice.
pub const USE: &str = "sst.receive-infected";

/// A list is of today: an older one would bring back people who are well.
const HOURS_OLD_MAX: i64 = 24;
/// A sender's clock may be a little ahead.
const MINUTES_AHEAD_MAX: i64 = 5;
/// Problems of so many entries are told at once.
const PROBLEMS_MAX: usize = 50;
/// A list of fewer people may shrink as it will.
const SMALL: u64 = 10;

/// What is asked for.
#[derive(Clone, Debug)]
pub struct Request {
    /// When the institute made the list.
    pub made_at: Timestamp,
    /// How many people the institute put on it: a torn list has fewer.
    pub count: u64,
    /// How many people the sender knows will fall off. Needed where a list is empty or more than half of it goes.
    pub confirmed_gone: Option<u64>,
    /// Everybody on the list.
    pub people: Vec<Positive>,
}

/// Why this list is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Not {
    /// Fewer or more people than the sender counted.
    Torn {
        /// Counted by the sender.
        said: u64,
        /// Arrived.
        arrived: u64,
    },
    /// So many would fall off that somebody must say it is meant.
    Shrinks {
        /// On the list that stands.
        before: u64,
        /// Who would be gone.
        gone: u64,
    },
    /// What stands is as new or newer: another list, or what the institute has said of somebody since.
    NotNewer,
    /// Two have decided that the app is no longer needed: nothing is taken any more.
    Closed,
}

/// Why not.
pub type Error = crate::Error<Not>;

impl Explain for Not {
    fn code(&self) -> &'static str {
        match self {
            Self::Torn { .. } => "list-torn",
            Self::Shrinks { .. } => "list-shrinks",
            Self::NotNewer => "list-not-newer",
            Self::Closed => closing::CLOSED,
        }
    }

    fn words(&self, lang: Lang) -> String {
        match (self, lang) {
            (Self::Torn { said, arrived }, Lang::Da) => {
                format!(
                    "Listen er på {said}, og {arrived} kom frem. Den gamle liste står. Send hele listen igen."
                )
            }
            (Self::Torn { said, arrived }, Lang::En) => {
                format!(
                    "The list is of {said} people and {arrived} arrived. The list before stands. Send the whole list again."
                )
            }
            (Self::Shrinks { before, gone }, Lang::Da) => format!(
                "{gone} af {before} ville falde af listen. Den gamle liste står. Er det rigtigt, så send listen igen med `confirmed_gone` = {gone}."
            ),
            (Self::Shrinks { before, gone }, Lang::En) => format!(
                "{gone} of {before} would fall off the list. The list before stands. If that is right, send the list again with `confirmed_gone` = {gone}."
            ),
            (Self::NotNewer, Lang::Da) => "Det, der står, er lige så nyt eller nyere: en liste, eller det, I har sagt om en enkelt siden. Det står uændret. Lav listen igen, og send den."
                .to_owned(),
            (Self::NotNewer, Lang::En) => "What stands is as new or newer: a list, or what you have said of one person since. It stands unchanged. Make the list anew and send it."
                .to_owned(),
            (Self::Closed, lang) => closing::closed(lang),
        }
    }
}

/// Statens Serum Institut sends the whole list of those infected. The list that stands, sent again, changes nothing.
///
/// # Errors
/// Refused, what was sent cannot be taken, or [`Not`]; the list before stands.
pub fn run(at: &Call<'_>, request: Request) -> Result<Replacing, Error> {
    // Asked first: nobody else hears what a list must look like.
    let grant = at.ask::<Writing, Not>(USE, Target::Query, None)?;
    // Rule SS-45: what is no longer needed is not collected either.
    let system = as_system(at)?;
    let service = Call { call: &system, ..*at };
    if is_closed::run::<Not>(&service)? {
        return Err(Error::Not(Not::Closed));
    }
    let arrived = request.people.len() as u64;
    if arrived != request.count {
        return Err(Error::Not(Not::Torn { said: request.count, arrived }));
    }
    check_age(at, request.made_at)?;
    let entries = entries(at, &request.people)?;
    let whole = Whole { register: REGISTER, gone: GONE, as_of: request.made_at, entries };
    let agree = |replacing: &Replacing, stands: Option<Timestamp>| {
        is_newer(request.made_at, stands, replacing)?;
        agree(replacing, request.confirmed_gone)
    };
    put(at, &service, (grant, &whole), agree)
}

/// Puts the list in its place. If the app was closed while it was being written, it goes again at once.
fn put(
    at: &Call<'_>,
    service: &Call<'_>,
    (grant, whole): (Grant<Writing>, &Whole),
    agree: impl Fn(&Replacing, Option<Timestamp>) -> Result<(), Not>,
) -> Result<Replacing, Error> {
    let agree = |replacing: &Replacing, stands| agree(replacing, stands).map_err(Error::Not);
    let replacing = at.register.replace(at.call, grant, whole, agree).map_err(Error::from)?;
    if !is_closed::run::<Not>(service)? {
        return Ok(replacing);
    }
    let nobody = Whole { entries: BTreeMap::new(), ..whole.clone() };
    let grant = at.ask::<Writing, Not>(USE, Target::Query, None)?;
    at.register.replace(at.call, grant, &nobody, |_, _| Ok(())).map_err(|error: ChangeError<Error>| error)?;
    Err(Error::Not(Not::Closed))
}

/// A list that was made before what stands would bring back people who were taken off. The very list that stands is no
/// error: its sender did not hear that it was taken.
fn is_newer(made_at: Timestamp, stands: Option<Timestamp>, replacing: &Replacing) -> Result<(), Not> {
    let changes_nothing = replacing.unchanged == replacing.before && replacing.new == 0;
    match stands {
        Some(stands) if made_at < stands || (made_at == stands && !changes_nothing) => Err(Not::NotNewer),
        Some(_) | None => Ok(()),
    }
}

/// A list that would empty the one before is taken only if its sender says how many go (a torn feed must not wipe it).
fn agree(replacing: &Replacing, confirmed_gone: Option<u64>) -> Result<(), Not> {
    let emptied = replacing.gone == replacing.before && replacing.before > 0;
    let halved = replacing.before >= SMALL && replacing.gone > replacing.before / 2;
    if (emptied || halved) && confirmed_gone != Some(replacing.gone) {
        return Err(Not::Shrinks { before: replacing.before, gone: replacing.gone });
    }
    Ok(())
}

fn check_age(at: &Call<'_>, made_at: Timestamp) -> Result<(), Error> {
    let oldest = at.now().checked_sub(HOURS_OLD_MAX.hours()).unwrap_or(at.now());
    let newest = at.now().checked_add(MINUTES_AHEAD_MAX.minutes()).unwrap_or(at.now());
    if (oldest..=newest).contains(&made_at) {
        return Ok(());
    }
    Err(Error::Invalid(vec![Problem::new(
        "made-at",
        "not-of-today",
        "Listen er ikke fra det seneste døgn. Send den nyeste.",
        "The list is not of the last 24 hours. Send the newest.",
    )]))
}

fn entries(
    at: &Call<'_>,
    people: &[Positive],
) -> Result<BTreeMap<notice::Id<notice::id::Person>, register::Draft>, Error> {
    let mut entries = BTreeMap::new();
    let mut problems = Vec::new();
    for (place, positive) in people.iter().enumerate() {
        let field = format!("people.{place}.");
        problems.extend(positive.problems(at, &field));
        let person = positive.person(at);
        if entries.insert(person, positive.draft(person)).is_some() {
            problems.push(Problem::new(
                format!("{field}cpr"),
                "twice",
                "Personen står på listen to gange. Send hver person én gang.",
                "The person is on the list twice. Send each person once.",
            ));
        }
        if problems.len() >= PROBLEMS_MAX {
            break;
        }
    }
    if problems.is_empty() { Ok(entries) } else { Err(Error::Invalid(problems)) }
}

#[cfg(test)]
mod tests {
    use jiff::Span;

    use super::*;
    use crate::smittestop::closing::{close, what_goes};
    use crate::smittestop::positives::tests::{a_second_passes, list, on_the_list, positive, send};
    use crate::smittestop::positives::{correct, end};
    use crate::testing::{BO, Country, EINER, MAX, NANCY};

    #[test]
    fn a_list_takes_the_place_of_the_one_before_and_who_falls_off_is_gone_by_the_clock() {
        // proves rule SS-13, rule SS-38, rule SS-41
        let country = Country::new();
        let first = send(&country, list(&country, &[NANCY, EINER])).unwrap();
        assert_eq!((first.before, first.new, first.gone), (0, 2, 0));
        a_second_passes(&country);
        let second = send(&country, list(&country, &[EINER, MAX])).unwrap();
        assert_eq!((second.before, second.new, second.unchanged, second.gone), (2, 1, 1, 1));
        assert!(!on_the_list(&country, country.nancy), "who fell off is not seen, swept or not");
        assert!(on_the_list(&country, country.einer) && on_the_list(&country, country.max));
        let report = country.house.register.sweep().unwrap();
        let gone = country.house.policy.register_id(REGISTER).unwrap();
        let receipts = country.house.register.receipts(5).unwrap();
        assert!(
            report.stopped.is_none() && receipts.iter().any(|one| one.register == gone && one.records == 1)
        );
    }

    #[test]
    fn a_torn_list_an_old_one_and_one_with_somebody_twice_leave_the_one_before_standing() {
        let country = Country::new();
        send(&country, list(&country, &[NANCY, EINER])).unwrap();
        let torn = Request { count: 2, ..list(&country, &[MAX]) };
        assert!(matches!(send(&country, torn), Err(Error::Not(Not::Torn { said: 2, arrived: 1 }))));
        let old = Request { made_at: "2026-11-20T08:00:00Z".parse().unwrap(), ..list(&country, &[MAX, BO]) };
        assert!(matches!(send(&country, old), Err(Error::Invalid(_))));
        assert!(matches!(send(&country, list(&country, &[MAX, MAX])), Err(Error::Invalid(_))));
        let mut early = list(&country, &[MAX]);
        early.people[0].test_time = "2026-11-22T08:00:00Z".parse().unwrap();
        assert!(matches!(send(&country, early), Err(Error::Invalid(_))));
        assert!(on_the_list(&country, country.nancy) && !on_the_list(&country, country.max));
    }

    #[test]
    fn an_empty_list_wipes_nothing_until_its_sender_says_how_many_go() {
        let country = Country::new();
        send(&country, list(&country, &[NANCY, EINER])).unwrap();
        a_second_passes(&country);
        let empty = || list(&country, &[]);
        let expected = Err(Error::Not(Not::Shrinks { before: 2, gone: 2 }));
        assert_eq!(
            format!("{:?}", send(&country, empty())),
            format!("{expected:?}", expected = expected as Result<(), Error>)
        );
        let wrong = Request { confirmed_gone: Some(1), ..empty() };
        assert!(send(&country, wrong).is_err());
        assert!(on_the_list(&country, country.nancy));
        let meant = Request { confirmed_gone: Some(2), ..empty() };
        assert_eq!(send(&country, meant).unwrap().gone, 2);
        assert!(!on_the_list(&country, country.nancy));
    }

    #[test]
    fn who_comes_back_and_who_is_corrected_by_a_list_is_on_it_once() {
        let country = Country::new();
        send(&country, list(&country, &[NANCY, EINER])).unwrap();
        a_second_passes(&country);
        send(&country, list(&country, &[EINER])).unwrap();
        a_second_passes(&country);
        let mut again = list(&country, &[EINER, NANCY]);
        again.people[0] = positive(EINER, "2026-11-20T07:00:00Z");
        let replacing = send(&country, again).unwrap();
        assert_eq!((replacing.before, replacing.new, replacing.corrected), (1, 1, 1));
        assert!(on_the_list(&country, country.nancy));
    }

    #[test]
    fn a_list_that_was_made_before_the_one_that_stands_changes_nothing_also_after_a_restart() {
        // proves rule SS-41
        let country = Country::new();
        let early = list(&country, &[NANCY, EINER]);
        country.house.clock.pass(Span::new().hours(1));
        let late = list(&country, &[EINER, MAX]);
        send(&country, late.clone()).unwrap();
        assert!(is_not(&send(&country, early.clone()), Not::NotNewer), "it came on a slower way");
        // Sent again because nobody heard the answer: it stands, and that is no error.
        let again = send(&country, late.clone()).unwrap();
        assert_eq!((again.before, again.unchanged, again.new, again.gone), (2, 2, 0, 0));
        let other = Request { made_at: late.made_at, ..list(&country, &[EINER]) };
        assert!(is_not(&send(&country, other), Not::NotNewer), "two lists cannot be of one moment");
        assert!(!on_the_list(&country, country.nancy) && on_the_list(&country, country.max));
        let country = Country { house: country.house.reopen(5).unwrap(), ..country };
        assert!(is_not(&send(&country, early), Not::NotNewer));
        assert_eq!(send(&country, late).unwrap().unchanged, 2);
        country.house.clock.pass(Span::new().minutes(1));
        assert_eq!(send(&country, list(&country, &[NANCY, EINER])).unwrap().new, 1);
    }

    #[test]
    fn a_list_that_was_made_before_somebody_was_taken_off_or_corrected_does_not_undo_it() {
        // proves rule SS-41
        let country = Country::new();
        send(&country, list(&country, &[NANCY, EINER])).unwrap();
        let ssi = country.caller("ssi", None, None);
        country.house.clock.pass(Span::new().hours(1));
        let under_way = list(&country, &[NANCY, EINER, MAX]);
        country.house.clock.pass(Span::new().minutes(10));
        let cpr = register::Cpr::parse(NANCY).unwrap();
        country.act(&ssi, |at| end::run(at, end::Request { cpr })).unwrap();
        country.house.register.sweep().unwrap();
        assert!(is_not(&send(&country, under_way), Not::NotNewer));
        assert!(!on_the_list(&country, country.nancy));
        country.house.clock.pass(Span::new().minutes(1));
        let under_way = list(&country, &[EINER]);
        country.house.clock.pass(Span::new().minutes(1));
        let corrected = positive(EINER, "2026-11-19T07:00:00Z");
        country.act(&ssi, |at| correct::run(at, correct::Request { positive: corrected })).unwrap();
        assert!(is_not(&send(&country, under_way), Not::NotNewer));
        country.house.clock.pass(Span::new().minutes(1));
        assert_eq!(send(&country, list(&country, &[EINER])).unwrap().corrected, 1, "the next one is taken");
    }

    fn is_not(answer: &Result<Replacing, Error>, why: Not) -> bool {
        matches!(answer, Err(Error::Not(not)) if *not == why)
    }

    #[test]
    fn a_list_that_was_being_written_while_the_app_was_closed_goes_again_at_once() {
        // proves rule SS-45
        let country = Country::new();
        let evaluation = country.caller("app-evaluation", None, None);
        let decision = close::Request { first: "A".into(), second: "B".into(), reason: "forbi".into() };
        country.act(&evaluation, |at| close::run(at, decision)).unwrap();
        let answer = country.act(&country.caller("ssi", None, None), |at| {
            let people = list(&country, &[NANCY, EINER]).people;
            let entries = entries(at, &people).unwrap();
            let whole = Whole { register: REGISTER, gone: GONE, as_of: at.now(), entries };
            let system = as_system(at).unwrap();
            let grant = at.ask::<Writing, Not>(USE, Target::Query, None).unwrap();
            put(at, &Call { call: &system, ..*at }, (grant, &whole), |_, _| Ok(()))
        });
        assert!(is_not(&answer, Not::Closed));
        let left: u64 = country.act(&evaluation, what_goes::run).unwrap().iter().map(|one| one.records).sum();
        assert_eq!(left, 0);
    }

    #[test]
    fn nobody_but_the_institute_sends_a_list() {
        // proves rule SS-13
        let country = Country::new();
        for role in ["system", "caseworker", "citizen", "cpr"] {
            let caller = country.caller(role, None, None);
            let answer = country.act(&caller, |at| run(at, list(&country, &[NANCY])));
            assert!(matches!(answer, Err(Error::Refused(_))), "{role}");
        }
    }
}
