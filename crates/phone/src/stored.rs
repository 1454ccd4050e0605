//! What lies on the phone, in numbers and with when it goes: for the owner's eyes.
//!
//! Invariant: nothing of it tells on which day the owner met somebody infectious (notice sst, rule SS-20). What goes
//! fourteen days after a meeting is told without its day, and not by being there today and gone tomorrow either.
//!
//! Notice sst, rules SS-30 to SS-33: own identifiers, those of phones nearby, warnings, and symptoms if they were given.

use jiff::{SignedDuration, Timestamp};

use crate::keys::KEPT_DAYS;
use crate::state::State;

/// How many of a kind lie there, and when the oldest of them goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Count {
    /// How many.
    pub count: usize,
    /// When the oldest goes; `None` if there is none.
    pub first_goes: Option<Timestamp>,
}

/// What lies on the phone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stored {
    /// Own keys, one for each day.
    pub own_keys: Count,
    /// Identifiers heard.
    pub sightings: Count,
    /// Whether published keys that were heard, with how near and how long, were found in the last fourteen days.
    /// Each of them goes at the latest fourteen days after it was heard, and with it the day would be told.
    pub found_exposures: bool,
    /// Messages.
    pub messages: Count,
    /// A report on its way to warn others: with a date of symptoms and countries, if they were given.
    pub report: Option<StoredReport>,
    /// The server's token for the next upload, after one.
    pub revision_token: Count,
    /// Files of keys that were looked through.
    pub files: usize,
}

/// What lies there of a report that is not sent yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StoredReport {
    /// Whether the owner gave a first day of symptoms.
    pub has_symptoms: bool,
    /// How many countries the owner named.
    pub countries: usize,
}

impl Stored {
    pub(crate) fn of(state: &State) -> Self {
        let kept = SignedDuration::from_hours(24 * i64::from(KEPT_DAYS));
        let goes = |from: Timestamp| from.checked_add(kept).unwrap_or(Timestamp::MAX);
        let count = |count, oldest: Option<Timestamp>| Count { count, first_goes: oldest.map(goes) };
        // A key goes at the end of the day on which it is fourteen days old.
        let day = SignedDuration::from_hours(24);
        let keys = state
            .keys
            .kept()
            .iter()
            .map(|own| own.start.start().saturating_add(day).unwrap_or(Timestamp::MAX));
        Self {
            own_keys: count(state.keys.kept().len(), keys.min()),
            sightings: count(state.sightings.len(), state.sightings.front().map(|one| one.seen)),
            found_exposures: state.found.is_some() || !state.exposures.is_empty(),
            messages: count(state.messages.len(), state.messages.iter().map(|one| one.arrived).min()),
            report: state.report.as_ref().map(|report| StoredReport {
                has_symptoms: report.details.symptoms.is_some(),
                countries: report.details.visited.len(),
            }),
            revision_token: count(usize::from(state.revision_token.is_some()), state.sent_at),
            files: state.looked_through.len(),
        }
    }
}
