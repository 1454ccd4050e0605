//! The list of those who are infected at the moment, as Statens Serum Institut sends it. It is for one thing only: to see whether the one who wants to warn others may (rule SS-13).

use jiff::civil::Date;
use jiff::{Timestamp, ToSpan as _};
use notice::Id;
use notice::id::Person;
use register::{Content, Cpr, Draft, Personal};
use serde::{Deserialize, Serialize};

use crate::call::civil_day;
use crate::content;
use crate::{Call, Problem};

pub mod correct;
pub mod end;
pub mod replace;

/// Full name of the register.
pub(crate) const REGISTER: &str = "sst.ssi-infected";
/// The event that ends an entry.
pub(crate) const GONE: &str = "ssi.not-relevant";
/// What the people on the list are to it.
const ROLE: &str = "confirmed-infected";
/// A test older than this is no test of somebody infected at the moment.
const TEST_DAYS_MAX: i32 = 90;
/// Symptoms begin at most so many days before the test that found them.
const ONSET_DAYS_MAX: i32 = 60;

/// Somebody on the list.
#[derive(Clone, Debug)]
pub struct Positive {
    /// Who.
    pub cpr: Cpr,
    /// When the test was taken.
    pub test_time: Timestamp,
    /// When the symptoms began, if the institute knows.
    pub onset: Option<Date>,
}

/// The fields of the register.
#[derive(Serialize, Deserialize)]
pub(crate) struct InfectedContent {
    cpr: String,
    positive: bool,
    #[serde(rename = "test-time")]
    pub(crate) test_time: Timestamp,
    #[serde(default)]
    pub(crate) onset: Option<Date>,
}
crate::redacted::redacted!(InfectedContent);

impl Positive {
    fn person(&self, at: &Call<'_>) -> Id<Person> {
        at.register.person(&register::Identifier::Cpr(self.cpr.clone()))
    }

    fn content(&self) -> Personal<Content> {
        content::write(&InfectedContent {
            cpr: self.cpr.reveal().to_owned(),
            positive: true,
            test_time: self.test_time,
            onset: self.onset,
        })
    }

    fn draft(&self, person: Id<Person>) -> Draft {
        Draft {
            register: REGISTER,
            id: None,
            subjects: vec![(ROLE.to_owned(), person)],
            content: self.content(),
            events: Vec::new(),
            quantities: Vec::new(),
            private: false,
            link: None,
        }
    }

    /// What cannot be, with the place of the entry and nothing that was sent.
    fn problems(&self, at: &Call<'_>, place: &str) -> Vec<Problem> {
        let mut problems = Vec::new();
        let tested = civil_day(self.test_time);
        let oldest = at.today().saturating_sub(TEST_DAYS_MAX.days());
        if self.test_time > at.now() || tested < oldest {
            problems.push(Problem::new(
                format!("{place}test-time"),
                "test-time",
                format!(
                    "Testen er taget i fremtiden eller for mere end {TEST_DAYS_MAX} dage siden. Ret tiden."
                ),
                format!(
                    "The test lies in the future or more than {TEST_DAYS_MAX} days back. Correct the time."
                ),
            ));
        }
        let first = tested.saturating_sub(ONSET_DAYS_MAX.days());
        if self.onset.is_some_and(|onset| onset > at.today() || onset < first) {
            problems.push(Problem::new(
                format!("{place}onset"),
                "onset",
                format!("Symptomerne begyndte i fremtiden eller mere end {ONSET_DAYS_MAX} dage før testen. Ret dagen."),
                format!("The symptoms begin in the future or more than {ONSET_DAYS_MAX} days before the test. Correct the day."),
            ));
        }
        problems
    }
}

/// A person of whom the list says nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NotOnTheList;

impl crate::Explain for NotOnTheList {
    fn code(&self) -> &'static str {
        "not-on-the-list"
    }

    fn words(&self, lang: notice::Lang) -> String {
        match lang {
            notice::Lang::Da => "Personen står ikke på listen. Send personen med næste liste.".to_owned(),
            notice::Lang::En => {
                "The person is not on the list. Send the person with the next list.".to_owned()
            }
        }
    }
}

#[cfg(test)]
pub(crate) mod tests {
    use register::Cpr;

    use super::{Positive, replace};
    use crate::smittestop::verification::see_own;
    use crate::testing::Country;

    pub(crate) fn positive(number: &str, tested: &str) -> Positive {
        Positive { cpr: Cpr::parse(number).unwrap(), test_time: tested.parse().unwrap(), onset: None }
    }

    /// A list that the institute makes now.
    pub(crate) fn list(country: &Country, numbers: &[&str]) -> replace::Request {
        let now = country.house.register.call(country.caller("ssi", None, None)).now;
        replace::Request {
            made_at: now,
            count: numbers.len() as u64,
            confirmed_gone: None,
            people: numbers.iter().map(|number| positive(number, "2026-11-20T08:00:00Z")).collect(),
        }
    }

    pub(crate) fn send(
        country: &Country,
        request: replace::Request,
    ) -> Result<replace::Replacing, replace::Error> {
        country.act(&country.caller("ssi", None, None), |at| replace::run(at, request))
    }

    /// The next list is made later: no two are of one moment.
    pub(crate) fn a_second_passes(country: &Country) {
        country.house.clock.pass(jiff::Span::new().seconds(1));
    }

    /// Whether the person sees herself on the list.
    pub(crate) fn on_the_list(country: &Country, person: notice::Id<notice::id::Person>) -> bool {
        let own = country.act(&country.citizen(person), |at| see_own::run(at, see_own::Request {})).unwrap();
        own.listed.is_some()
    }
}
