//! Emergency access: life first, and every one of them is told and looked at.

use std::collections::HashMap;

use jiff::Timestamp;
use jiff::civil::Date;
use notice::Id;
use notice::clock::is_working_day;
use notice::id::{self, Person};
use register::{Record, Unavailable};

use crate::call::{civil_day, day_begins};
use crate::{Call, content};

pub mod keep_longer;
mod looks_under;
pub mod review;
pub mod review_queue;
pub mod see_looks;
pub mod see_own;
pub mod take;

pub use review::Verdict;

/// How long one emergency access lasts, in minutes.
pub const LASTS_MINUTES: i64 = 60;
/// How many letters a reason must have.
pub use crate::check::REASON_LETTERS_MIN;
/// From which access of a day on the supervisor is told at once.
pub const SUPERVISOR_FROM: usize = 4;

/// An emergency access as its reviewer sees it.
#[derive(Clone)]
pub struct EmergencyAccess {
    /// The record.
    pub id: Id<id::Record>,
    /// Whose data.
    pub patient: Id<Person>,
    /// The professional.
    pub professional: Option<Id<Person>>,
    /// The professional's name.
    pub professional_name: String,
    /// Her organisation.
    pub organisation_name: Option<String>,
    /// Why.
    pub reason: String,
    /// From when.
    pub from: Timestamp,
    /// Until when.
    pub until: Timestamp,
    /// How many she has taken on that day, this one included.
    pub number_that_day: usize,
    /// When it must have been looked at: the second working day.
    pub review_by: Timestamp,
    /// What somebody who looked at it found.
    pub review: Option<Review>,
}

/// What the review of an emergency access found.
#[derive(Clone, PartialEq, Eq)]
pub struct Review {
    /// Whether it was needed.
    pub verdict: Verdict,
    /// In the reviewer's words.
    pub note: String,
    /// When.
    pub at: Timestamp,
}
crate::redacted::redacted!(EmergencyAccess, Review);

impl Review {
    /// As it stands in the record: the verdict in Danish, then the note.
    fn read(text: &str, at: Timestamp) -> Option<Self> {
        let of = |verdict: Verdict| {
            let note = text.strip_prefix(verdict.words().0)?.strip_prefix(": ")?;
            Some(Self { verdict, note: note.to_owned(), at })
        };
        Verdict::ALL.into_iter().find_map(of)
    }
}

impl EmergencyAccess {
    /// Whether the supervisor was told at once.
    #[must_use]
    pub const fn supervisor_told(&self) -> bool {
        self.number_that_day >= SUPERVISOR_FROM
    }
}

/// Full name of the register.
pub(crate) const REGISTER: &str = "nsp.emergency-access";
/// Working days within which somebody has looked at it.
const REVIEW_WORKING_DAYS: usize = 2;

/// The content of an emergency access: the fields of its register.
#[derive(Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(crate) struct AccessContent {
    pub(crate) reason: String,
    pub(crate) from: Timestamp,
    pub(crate) until: Timestamp,
    pub(crate) professional_name: String,
    pub(crate) organisation_name: Option<String>,
    pub(crate) review: Option<String>,
    pub(crate) reviewed_at: Option<Timestamp>,
}

impl EmergencyAccess {
    /// The accesses of these records, the oldest first, each with its number on its day.
    pub(crate) fn all(at: &Call<'_>, records: &[Record]) -> Result<Vec<Self>, Unavailable> {
        let accesses = records.iter().filter(|record| at.is_in(record, REGISTER)).map(Self::of);
        let mut accesses = accesses.collect::<Result<Vec<_>, _>>()?;
        accesses.sort_by_key(|access| access.from);
        let mut numbers: HashMap<(Option<Id<Person>>, Date), usize> = HashMap::new();
        for access in &mut accesses {
            let number = numbers.entry((access.professional, civil_day(access.from))).or_default();
            *number += 1;
            access.number_that_day = *number;
        }
        Ok(accesses)
    }

    fn of(record: &Record) -> Result<Self, Unavailable> {
        let fields: AccessContent = content::read_whole(record)?;
        Ok(Self {
            id: record.id,
            patient: content::in_role(record, "patient").ok_or(Unavailable::Tampered)?,
            professional: content::in_role(record, "professional"),
            professional_name: fields.professional_name,
            organisation_name: fields.organisation_name,
            reason: fields.reason,
            from: fields.from,
            until: fields.until,
            number_that_day: 1,
            review_by: review_by(fields.from),
            review: fields.review.zip(fields.reviewed_at).and_then(|(text, at)| Review::read(&text, at)),
        })
    }
}

/// The end of the second working day after the access was taken.
fn review_by(from: Timestamp) -> Timestamp {
    let days = std::iter::successors(civil_day(from).tomorrow().ok(), |day| day.tomorrow().ok());
    let last = days.filter(|day| is_working_day(*day)).nth(REVIEW_WORKING_DAYS - 1);
    let end = last.and_then(|day| day.tomorrow().ok());
    end.map_or(from, day_begins)
}
