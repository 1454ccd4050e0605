//! Emergency access: life first, and every one of them is told and looked at.

use jiff::Timestamp;
use notice::Id;
use notice::id::{self, Person};

pub mod review;
pub mod review_queue;
pub mod take;

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
    /// When somebody looked at it.
    pub reviewed_at: Option<Timestamp>,
}
crate::redacted::redacted!(EmergencyAccess);

impl EmergencyAccess {
    /// Whether the supervisor was told at once.
    #[must_use]
    pub const fn supervisor_told(&self) -> bool {
        self.number_that_day >= SUPERVISOR_FROM
    }
}
