//! What every action is handed: the door to the data, who calls and when, and randomness.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use register::{Randomness, Register};

/// One call of one action; cheap to make for each request.
#[derive(Clone, Copy, Debug)]
pub struct Call<'a> {
    /// The only door to personal data.
    pub register: &'a Register,
    /// Who calls, and when the call began.
    pub call: &'a register::Call,
    /// Where new ids come from.
    pub randomness: &'a dyn Randomness,
}

impl Call<'_> {
    /// When the call began.
    #[must_use]
    pub const fn now(&self) -> Timestamp {
        self.call.now
    }

    /// The day on which the call began, where the authority sits.
    #[must_use]
    pub fn today(&self) -> Date {
        civil_day(self.now())
    }

    /// A new id of 128 unguessable bits.
    #[must_use]
    pub fn new_id<K: notice::Kind>(&self) -> notice::Id<K> {
        let mut bytes = [0; 16];
        self.randomness.fill(&mut bytes);
        notice::Id::from_bytes(bytes)
    }
}

/// The zone in which days begin and end: Danish civil time.
#[must_use]
pub fn zone() -> TimeZone {
    TimeZone::get("Europe/Copenhagen").unwrap_or(TimeZone::UTC)
}

/// The civil day of an instant.
#[must_use]
pub fn civil_day(at: Timestamp) -> Date {
    at.to_zoned(zone()).date()
}

/// The instant at which a civil day begins.
#[must_use]
pub fn day_begins(day: Date) -> Timestamp {
    day.to_zoned(zone()).map_or(Timestamp::UNIX_EPOCH, |zoned| zoned.timestamp())
}
