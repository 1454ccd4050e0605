//! Private statistics: two bodies add up what phones tell, and neither can read a single answer.
//!
//! Invariant: the reports of a day are counted one drawer at a time. A drawer holds one part in 256 of what came, whoever
//! sent it, and a report has one length: what is held in memory is a small part of what the disk can hold.
//! Invariant: no time finer than a day is kept with a report, neither in it nor beside it.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use jiff::Timestamp;
use notice::id::{self, Person};
use notice::{Id, Target};
use register::{Change, Draft, Identifier, OwnId, Unavailable};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use statistics::report::Drawer;
use statistics::{Day, ReportId};

use crate::smittestop::closing;
use crate::{Call, Error, Explain, content};

pub mod answer;
pub mod counted;
pub mod figures;
pub mod publish;
pub mod release;
pub mod sum_of_day;
pub mod take;
#[cfg(test)]
mod tests;
pub mod to_count;

const REPORTS: &str = "sst.statistics-report";
const SUMS: &str = "sst.statistics-sum";
const FIGURES: &str = "sst.statistics-figure";
/// Use of the notice under which both bodies count.
pub const COUNT: &str = "sst.count";
/// Use of the notice under which figures are published and shown.
pub const PUBLISH: &str = "sst.publish-figures";
const RECEIVED: &str = "statistics.received";
const PUBLISHED: &str = "statistics.published";

/// The day of an instant, in UTC.
#[must_use]
pub fn day_of(at: Timestamp) -> Day {
    Day::of_unix_seconds(at.as_second())
}

/// A day as it is written.
#[must_use]
pub fn written(day: Day) -> jiff::civil::Date {
    begins(day).to_zoned(jiff::tz::TimeZone::UTC).date()
}

fn begins(day: Day) -> Timestamp {
    let seconds = i64::try_from(day.begins_unix_seconds()).unwrap_or(i64::MAX);
    Timestamp::from_second(seconds).unwrap_or(Timestamp::MAX)
}

fn read_day(text: &str) -> Option<Day> {
    let date: jiff::civil::Date = text.parse().ok()?;
    let begins = date.to_zoned(jiff::tz::TimeZone::UTC).ok()?.timestamp();
    u64::try_from(begins.as_second()).ok().and_then(Day::beginning)
}

/// What lies in a drawer of a day lies together, under a name that leads to nobody.
fn drawer(at: &Call<'_>, day: Day, drawer: Drawer) -> Result<Id<Person>, Unavailable> {
    named(at, &format!("statistics {} drawer {}", written(day), drawer.number()))
}

/// What there is once for a day.
fn whole_day(at: &Call<'_>, day: Day) -> Result<Id<Person>, Unavailable> {
    named(at, &format!("statistics {}", written(day)))
}

fn named(at: &Call<'_>, name: &str) -> Result<Id<Person>, Unavailable> {
    let own = OwnId::parse("sst", name).map_err(|_| Unavailable::Engine)?;
    Ok(at.register.person(&Identifier::Own(own)))
}

/// The id of a record that there can be only once: who writes it again is told so by the register.
fn once(what: &str, parts: &[&[u8]]) -> Id<id::Record> {
    let mut hash = Sha256::new();
    hash.update(what.as_bytes());
    parts.iter().for_each(|part| hash.update(part));
    let mut bytes = [0; 16];
    bytes.iter_mut().zip(hash.finalize()).for_each(|(byte, hashed)| *byte = hashed);
    Id::from_bytes(bytes)
}

/// The same call at the beginning of its day: what is written under it bears no finer time.
fn at_daybreak(call: &register::Call) -> register::Call {
    register::Call { caller: call.caller.clone(), now: begins(day_of(call.now)) }
}

fn draft<T: Serialize>(
    register: &'static str,
    id: Id<id::Record>,
    about: Id<Person>,
    event: (&str, Timestamp),
    value: &T,
) -> Change {
    Change::Create(Box::new(Draft {
        register,
        id: Some(id),
        subjects: vec![("app-user".to_owned(), about)],
        content: content::write(value),
        events: vec![(event.0.to_owned(), event.1)],
        quantities: Vec::new(),
        private: false,
        link: None,
    }))
}

/// A report at rest. The helper keeps its number only.
#[derive(Serialize, Deserialize)]
struct KeptReport {
    day: String,
    halves: Halves,
}

#[derive(Serialize, Deserialize)]
#[serde(untagged)]
enum Halves {
    Whole(String),
    Number { number: String },
}

/// A sum at rest, over some reports.
#[derive(Serialize, Deserialize)]
struct KeptSum {
    day: String,
    answers: Answers,
    sum: String,
}

/// Over which reports, and what was said about them.
#[derive(Clone, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
enum Answers {
    /// The leader: these were counted or refused.
    Counted(Vec<String>),
    /// The helper: this job, by the print of what was asked, was answered so.
    Job { job: String, asked: String, answer: String },
    /// Given away: with noise already, never anew.
    Released { reports: u64, checksum: String },
}

/// Figures at rest; none if there were too few reports.
#[derive(Serialize, Deserialize)]
struct KeptFigures {
    day: String,
    figures: Option<Vec<i64>>,
}

fn to_text(bytes: &[u8]) -> String {
    STANDARD.encode(bytes)
}

fn to_bytes(text: &str) -> Result<Vec<u8>, Unavailable> {
    STANDARD.decode(text).map_err(|_| Unavailable::Tampered)
}

fn number(id: ReportId) -> String {
    to_text(id.bytes())
}

/// What lies in one drawer, or once for a day.
#[derive(Default)]
struct Found {
    reports: Vec<KeptReport>,
    sums: Vec<KeptSum>,
}

fn found<Own: Explain>(at: &Call<'_>, about: Id<Person>) -> Result<Found, Error<Own>> {
    let mut found = Found::default();
    for record in at.read::<Own>(COUNT, Target::Person(about), None)? {
        if at.is_in(&record, REPORTS) {
            found.reports.push(content::read_whole(&record)?);
        } else if at.is_in(&record, SUMS) {
            found.sums.push(content::read_whole(&record)?);
        }
    }
    Ok(found)
}

/// Why a day, a job or a report is not counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotCounted {
    /// The report is known already.
    Replayed,
    /// Nobody may report about this day now.
    NotNow,
    /// The day cannot be counted yet, or has been.
    WrongDay,
    /// Too few reports: nothing is revealed.
    TooFew,
    /// The two bodies do not count the same.
    Mismatch,
    /// The message is none of ours.
    Malformed,
    /// Two have decided that the app is no longer needed: nothing is taken any more.
    Closed,
}

impl Explain for NotCounted {
    fn code(&self) -> &'static str {
        match self {
            Self::Replayed => "reportReplayed",
            Self::NotNow => "reportRejected",
            Self::WrongDay => "batchInvalid",
            Self::TooFew => "invalidBatchSize",
            Self::Mismatch => "batchMismatch",
            Self::Malformed => "invalidMessage",
            Self::Closed => closing::CLOSED,
        }
    }

    fn words(&self, lang: notice::Lang) -> String {
        let (da, en) = match self {
            Self::Replayed => (
                "Svaret er modtaget før og tæller én gang.",
                "The answer was received before and counts once.",
            ),
            Self::NotNow => {
                ("Der tages ikke imod svar om den dag nu.", "No answers about that day are taken now.")
            }
            Self::WrongDay => (
                "Dagen kan ikke tælles endnu, eller den er talt.",
                "The day cannot be counted yet, or has been.",
            ),
            Self::TooFew => {
                ("Der er for få svar til at vise noget.", "There are too few answers to reveal anything.")
            }
            Self::Mismatch => {
                ("De to organer tæller ikke de samme svar.", "The two bodies do not count the same answers.")
            }
            Self::Malformed => ("Det kan ikke læses.", "It cannot be read."),
            Self::Closed => return closing::closed(lang),
        };
        match lang {
            notice::Lang::Da => da,
            notice::Lang::En => en,
        }
        .to_owned()
    }
}
