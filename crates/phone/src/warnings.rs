//! What the owner is told: that there is a warning. Not by whom, not where, not of which day.
//!
//! Notice sst, rules SS-20 and SS-32. One message for each day of exposure; an unread one is shown again after 48
//! hours, by day; each is kept for fourteen days.

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

use crate::keys::KEPT_DAYS;

/// An unread message is shown again after this long.
pub const AGAIN_AFTER: SignedDuration = SignedDuration::from_hours(48);
/// And only at these hours of the owner's clock.
pub const HOURS: std::ops::Range<i8> = 8..22;

/// What the owner is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Warning {
    /// On how many of the last fourteen days the owner was near somebody who was infectious.
    pub days: usize,
    /// How many of these are new.
    pub new_days: usize,
}

/// One message. It does not say for which day it stands; the phone knows that elsewhere, to warn once for each.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Message {
    /// When it came.
    pub arrived: Timestamp,
    /// When it was last shown outside the app.
    pub shown: Option<Timestamp>,
    /// Whether the owner has opened it.
    pub is_read: bool,
}

impl Message {
    pub(crate) const fn new(arrived: Timestamp) -> Self {
        Self { arrived, shown: None, is_read: false }
    }

    /// When it goes.
    #[must_use]
    pub fn goes(&self) -> Timestamp {
        let kept = SignedDuration::from_hours(24 * i64::from(KEPT_DAYS));
        self.arrived.checked_add(kept).unwrap_or(Timestamp::MAX)
    }

    /// Whether it is to be shown now: at once when it is new, and again after two days by day while it is unread.
    #[must_use]
    pub fn is_due(&self, now: Timestamp, zone: &TimeZone) -> bool {
        match self.shown {
            _ if self.is_read => false,
            None => true,
            Some(shown) => {
                now.duration_since(shown) >= AGAIN_AFTER && HOURS.contains(&now.to_zoned(zone.clone()).hour())
            }
        }
    }
}
