//! A reviewer decides that looks under inquiry stay in the log for five years instead of two.

use std::convert::Infallible;

use notice::id::{self, Person};
use notice::{Id, Lang, Policy, Target, Writing};
use register::{Change, ChangeError, Personal};

use super::{REGISTER, looks_under};
use crate::check::{Check, REASON_LETTERS_MIN};
use crate::{Call, Explain, Problem};

/// Use of the notice.
pub const USE: &str = "nsp.keep-log-longer";
/// What a look under inquiry is in the notice.
const FLAG: &str = "special-case";
/// Most lines of one decision.
const DECIDED_MAX: usize = 500;

/// What is asked for.
#[derive(Clone, Debug)]
pub struct Request {
    /// Whose data was looked at.
    pub patient: Id<Person>,
    /// Which looks.
    pub looks: Looks,
    /// Why, in at least 20 letters; the person reads it.
    pub reason: Personal<String>,
}

/// The looks under inquiry.
#[derive(Clone, Debug)]
pub enum Looks {
    /// Lines by their numbers, up to 500.
    Lines(Vec<u64>),
    /// Every look under an emergency access, its taking, and the record of it.
    Emergency(Id<id::Record>),
}

/// What was decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Output {
    /// How many lines are kept longer.
    pub lines: usize,
}

/// What is not there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Missing {
    /// The emergency access.
    Access,
    /// One of the lines: of somebody else, or its two years are over.
    Line,
}

impl Explain for Missing {
    fn code(&self) -> &'static str {
        match self {
            Self::Access => "no-such-record",
            Self::Line => "no-such-line",
        }
    }

    fn words(&self, lang: Lang) -> String {
        let words = match (self, lang) {
            (Self::Access, Lang::Da) => "Der er ingen sådan nødadgang til denne borger. Åbn listen igen.",
            (Self::Access, Lang::En) => {
                "There is no such emergency access to this person. Open the list again."
            }
            (Self::Line, Lang::Da) => {
                "En af linjerne findes ikke i denne borgers log, eller de to år er gået. Åbn loggen igen."
            }
            (Self::Line, Lang::En) => {
                "One of the lines is not in the log of this person, or its two years are over. Open the log again."
            }
        };
        words.to_owned()
    }
}

/// Why not.
pub type Error = crate::Error<Missing>;

/// A reviewer decides that looks under inquiry stay in the log for five years instead of two (rule N-18).
///
/// # Errors
/// Refused, or what was sent cannot be taken. All lines are kept or none.
pub fn run(at: &Call<'_>, request: Request) -> Result<Output, Error> {
    check(&request)?;
    let person = Target::Person(request.patient);
    // Asked first: who may not decide does not go through the log for it either.
    let grant = at.ask::<Writing, Missing>(USE, person, Some(&request.reason))?;
    let (lines, access) = match &request.looks {
        Looks::Lines(lines) => (lines.clone(), None),
        Looks::Emergency(access) => (lines_under(at, &request, *access)?, Some(*access)),
    };
    let mut changes: Vec<Change> = lines.iter().map(|line| decision(*line, &request.reason)).collect();
    if let Some(record) = access.filter(|_| reads_flag(at.register.policy())) {
        changes.push(Change::Flag { record, flag: FLAG.to_owned(), set: true });
    }
    let decide = |_: &[register::Record]| Ok::<_, Infallible>((changes.clone(), ()));
    match at.register.change(at.call, grant, decide) {
        Ok(()) => Ok(Output { lines: lines.len() }),
        Err(ChangeError::Service(never)) => match never {},
        Err(ChangeError::Denied(denied)) => Err(denied.into()),
        Err(ChangeError::Unfit { .. }) => Err(Error::Not(Missing::Line)),
        Err(ChangeError::Conflict) => Err(Error::Conflict(Personal::new(Vec::new()))),
    }
}

fn check(request: &Request) -> Result<(), Error> {
    let mut check = Check::default();
    check.letters("reason", request.reason.reveal(), REASON_LETTERS_MIN);
    if let Looks::Lines(lines) = &request.looks {
        check.that((1..=DECIDED_MAX).contains(&lines.len()), || {
            Problem::new(
                "lines",
                "how-many",
                format!("Vælg mindst én linje og højst {DECIDED_MAX}."),
                format!("Choose at least one line and at most {DECIDED_MAX}."),
            )
        });
    }
    check.done()
}

fn decision(line: u64, reason: &Personal<String>) -> Change {
    Change::FlagLine { line, flag: FLAG.to_owned(), reason: reason.clone() }
}

/// Whether the clock of emergency accesses asks for the flag.
fn reads_flag(policy: &Policy) -> bool {
    policy.clock(REGISTER).is_some_and(|clock| clock.rule.names().flags.contains(FLAG))
}

fn lines_under(at: &Call<'_>, request: &Request, access: Id<id::Record>) -> Result<Vec<u64>, Error> {
    let found = looks_under::find(at, request.patient, access, Some(&request.reason))?;
    let (_, lines) = found.ok_or(Error::Not(Missing::Access))?;
    Ok(lines.iter().map(|line| line.number).collect())
}

#[cfg(test)]
mod tests {
    use jiff::ToSpan;
    use notice::Lang;
    use register::{Caller, Clock};

    use super::*;
    use crate::emergency_access::take;
    use crate::my_log::{LogLine, see_own_log};
    use crate::shared_medication_record::open_card_in_emergency;
    use crate::testing::Country;

    const REASON: &str = "Opslaget kan ikke forklares af patientens forløb";
    const HURRY: &str = "Bevidstløs efter trafikulykke på motorvejen";

    fn reviewer(country: &Country) -> Caller {
        country.caller("reviewer", Some(country.einer), None)
    }

    fn request(country: &Country, looks: Looks) -> Request {
        Request { patient: country.nancy, looks, reason: Personal::new(REASON.to_owned()) }
    }

    fn keep(country: &Country, looks: Looks) -> Result<Output, Error> {
        country.act(&reviewer(country), |at| run(at, request(country, looks)))
    }

    fn log(country: &Country) -> Vec<LogLine> {
        let page = see_own_log::Request { before: None, limit: 500 };
        let log = country.act(&country.citizen(country.nancy), |at| see_own_log::run(at, page)).unwrap();
        log.days.into_iter().flat_map(|day| day.lines).collect()
    }

    fn find(country: &Country, use_name: &str) -> Option<LogLine> {
        log(country).into_iter().find(|line| line.use_name == use_name)
    }

    fn live_until(country: &Country, until: &str) {
        let until: jiff::Timestamp = until.parse().unwrap();
        while country.house.clock.now() < until {
            country.house.clock.pass_until((country.house.clock.now() + (24 * 20).hours()).min(until));
            assert_eq!(country.house.register.sweep().unwrap().stopped, None);
        }
    }

    #[test]
    fn rule_n_18_a_look_under_inquiry_is_told_to_the_person_and_goes_after_five_years() {
        let country = Country::new();
        country.opens(&country.doctor(), country.nancy).unwrap();
        let line = find(&country, "fmk.read-card").unwrap();
        assert_eq!(line.due_at, Some("2028-11-21T09:00:00Z".parse().unwrap()));
        assert_eq!(keep(&country, Looks::Lines(vec![line.number])).unwrap(), Output { lines: 1 });
        let kept = find(&country, "fmk.read-card").unwrap();
        assert_eq!(kept.due_at, Some("2031-11-21T09:00:00Z".parse().unwrap()));
        let said = kept.words(Lang::Da);
        assert!(
            said.ends_with(&format!("Gemmes i fem år, fordi det er et særligt tilfælde: {REASON}")),
            "{said}"
        );
        let said = kept.kept.unwrap().words(Lang::En);
        assert_eq!(said, format!("Kept for five years because it is a special case: {REASON}"));
        assert_eq!(find(&country, USE).unwrap().reason.as_deref(), Some(REASON), "the act is in the log");
        live_until(&country, "2031-11-21T08:59:59Z");
        assert_eq!(find(&country, "fmk.read-card").unwrap().number, line.number);
        live_until(&country, "2031-11-21T09:00:00Z");
        assert!(find(&country, "fmk.read-card").is_none());
    }

    #[test]
    fn rule_n_18_a_decision_after_two_years_or_about_another_s_line_keeps_nothing() {
        let country = Country::new();
        country.opens(&country.doctor(), country.nancy).unwrap();
        country.opens(&country.doctor(), country.bo).unwrap();
        let own = find(&country, "fmk.read-card").unwrap().number;
        let none = |looks| matches!(keep(&country, looks), Err(Error::Not(Missing::Line)));
        assert!(none(Looks::Lines(vec![own, own + 1_000])));
        assert!(find(&country, "fmk.read-card").unwrap().kept.is_none(), "all or none");
        live_until(&country, "2028-11-21T08:59:59Z");
        assert!(find(&country, "fmk.read-card").is_some());
        country.house.clock.pass(1.second());
        assert!(none(Looks::Lines(vec![own])));
    }

    #[test]
    fn rule_n_18_every_look_of_an_emergency_is_kept_with_its_record() {
        let country = Country::new();
        let doctor = country.other_doctor();
        let take = |reason: &str| {
            let request = take::Request { patient: country.nancy, reason: Personal::new(reason.to_owned()) };
            country.act(&doctor, |at| take::run(at, request)).unwrap().access
        };
        let access = take(HURRY);
        country.house.clock.pass(5.minutes());
        let open = open_card_in_emergency::Request { patient: country.nancy };
        country.act(&country.other_doctor(), |at| open_card_in_emergency::run(at, open)).unwrap();
        country.opens(&country.doctor(), country.nancy).unwrap();
        country.house.clock.pass(2.hours());
        let other = take("En anden nødsituation på samme dag");
        assert_ne!(access, other);
        assert_eq!(keep(&country, Looks::Emergency(access)).unwrap(), Output { lines: 2 });
        let kept: Vec<_> =
            log(&country).into_iter().filter(|line| line.kept.is_some()).map(|line| line.use_name).collect();
        assert_eq!(kept, ["fmk.emergency-read-card", take::USE]);
        let none = keep(&country, Looks::Emergency(Id::from_bits(4)));
        assert!(matches!(none, Err(Error::Not(Missing::Access))), "{none:?}");
        live_until(&country, "2029-01-01T09:00:00Z");
        let target = Target::Person(country.nancy);
        let records = country
            .act(&reviewer(&country), |at| at.read::<Missing>(looks_under::USE, target, None))
            .unwrap();
        assert!(records.iter().any(|record| record.id == access), "its clock reads the flag too");
        assert!(records.iter().all(|record| record.id != other));
    }

    #[test]
    fn only_a_reviewer_decides_after_a_fresh_login_and_with_a_reason() {
        let country = Country::new();
        country.opens(&country.doctor(), country.nancy).unwrap();
        let line = find(&country, "fmk.read-card").unwrap().number;
        let mut stale = reviewer(&country);
        stale.authenticated_at = Some(country.house.clock.now() - 1.hour());
        for caller in [stale, country.doctor(), country.citizen(country.nancy)] {
            let answer = country.act(&caller, |at| run(at, request(&country, Looks::Lines(vec![line]))));
            assert!(matches!(answer, Err(Error::Refused(_))), "{answer:?}");
        }
        let mut short = request(&country, Looks::Lines(vec![line]));
        short.reason = Personal::new("under inquiry".to_owned());
        let answer = country.act(&reviewer(&country), |at| run(at, short));
        assert!(matches!(answer, Err(Error::Invalid(_))), "{answer:?}");
        let empty = keep(&country, Looks::Lines(Vec::new()));
        assert!(matches!(empty, Err(Error::Invalid(_))), "{empty:?}");
        assert!(find(&country, "fmk.read-card").unwrap().kept.is_none());
    }
}
