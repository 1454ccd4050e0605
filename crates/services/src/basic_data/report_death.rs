//! The civil register reports a death, or takes one back.

use jiff::civil::Date;
use notice::id::Person;
use notice::{Id, Target};
use register::{Change, Personal, Record};

use crate::call::day_begins;
use crate::{Call, Problem};

/// Use of the notice.
pub const USE: &str = "nsp.report-death";

/// What is asked for.
#[derive(Clone, Debug)]
pub struct Request {
    /// Who.
    pub person: Id<Person>,
    /// What is reported.
    pub report: Report,
}

/// What is reported.
#[derive(Clone, Debug)]
pub enum Report {
    /// The person died on this day.
    Died(Date),
    /// The death was reported in error.
    TakenBack {
        /// Why.
        reason: Personal<String>,
    },
}

/// Why not.
pub type Error = crate::Error;

/// The civil register reports a death, or takes one back.
///
/// # Errors
/// Refused, or what was sent cannot be taken.
pub fn run(at: &Call<'_>, request: Request) -> Result<(), Error> {
    let status = match &request.report {
        Report::Died(day) => {
            check_day(at, *day)?;
            DEAD
        }
        Report::TakenBack { .. } => ALIVE,
    };
    at.change(USE, Target::Person(request.person), None, |records| {
        let event = EVENT.to_owned();
        let mut changes = vec![match &request.report {
            Report::Died(day) => Change::RaisePerson { person: request.person, event, at: day_begins(*day) },
            Report::TakenBack { reason } => {
                Change::RevokePerson { person: request.person, event, reason: reason.clone() }
            }
        }];
        changes.extend(records.iter().map(|record| with_status(record, status)));
        Ok((changes, ()))
    })?;
    // The event reaches every register; the medicine record's own copy of the status is corrected under its own use.
    at.change(MEDICINE_USE, Target::Person(request.person), None, |records| {
        Ok((records.iter().map(|record| with_status(record, status)).collect(), ()))
    })
}

/// The use of the medicine record.
const MEDICINE_USE: &str = "fmk.report-death";
/// The event that clocks wait for.
const EVENT: &str = "subject.died";
/// Status of the dead in the civil register.
const DEAD: &str = "90";
/// Status of one who lives in the country.
const ALIVE: &str = "01";

fn check_day(at: &Call<'_>, day: Date) -> Result<(), Error> {
    if day <= at.today() {
        return Ok(());
    }
    Err(Error::Invalid(vec![Problem::new(
        "report.day",
        "in-the-future",
        "Dødsdagen ligger i fremtiden. Ret dagen.",
        "The day of death lies in the future. Correct the day.",
    )]))
}

/// Only the status; the use covers no other field and the rest stays as it is.
fn with_status(record: &Record, status: &str) -> Change {
    let mut fields = register::Content::new();
    fields.insert("status".to_owned(), serde_json::Value::String(status.to_owned()));
    Change::Correct { record: record.id, version: record.version, content: Personal::new(fields), note: None }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::basic_data::see_own;
    use crate::testing::Country;

    #[test]
    fn basic_data_goes_one_year_after_death_and_comes_back_if_the_death_was_an_error() {
        // proves rule N-14, rule F-18, rule F-03
        let country = Country::new();
        let cpr = country.caller("cpr", None, None);
        let person = country.nancy;
        let due = |country: &Country| {
            let plan = crate::what_goes_when::see_own::Request {};
            let nancy = country.citizen(person);
            let plan = country.act(&nancy, |at| crate::what_goes_when::see_own::run(at, plan)).unwrap();
            let of =
                |name: &str| plan.groups.iter().find(|group| group.register == name).unwrap().items[0].due_at;
            (of("nsp.basic"), of("fmk.basic"))
        };
        assert_eq!(due(&country), (None, None));
        let died = Request { person, report: Report::Died(jiff::civil::date(2026, 11, 20)) };
        country.act(&cpr, |at| run(at, died)).unwrap();
        let one = "2027-11-19T23:00:00Z".parse().unwrap();
        let two = "2028-11-19T23:00:00Z".parse().unwrap();
        assert_eq!(due(&country), (Some(one), Some(two)));
        let back =
            Request { person, report: Report::TakenBack { reason: Personal::new("forveksling".into()) } };
        country.act(&cpr, |at| run(at, back)).unwrap();
        assert_eq!(due(&country), (None, None));
        let own = country.act(&country.citizen(person), |at| see_own::run(at, see_own::Request {})).unwrap();
        assert_eq!(own.status.as_deref(), Some("01"));
    }

    #[test]
    fn only_the_civil_register_reports_and_not_ahead_of_time() {
        let country = Country::new();
        let died = |day| Request { person: country.nancy, report: Report::Died(day) };
        let today = jiff::civil::date(2026, 11, 21);
        let doctor = country.act(&country.doctor(), |at| run(at, died(today)));
        assert!(matches!(doctor, Err(Error::Refused(_))));
        let cpr = country.caller("cpr", None, None);
        let ahead = country.act(&cpr, |at| run(at, died(jiff::civil::date(2026, 11, 22))));
        assert!(matches!(ahead, Err(Error::Invalid(_))));
    }
}
