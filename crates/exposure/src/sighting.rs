//! What a phone has heard: an identifier, how loud, when. It says nothing of anybody until a key is published.

use jiff::Timestamp;

use crate::interval::IntervalNumber;
use crate::key::RollingProximityIdentifier;
use crate::schedule::EncryptedMetadata;

/// One identifier heard once.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Sighting {
    /// What was called out.
    pub identifier: RollingProximityIdentifier,
    /// And beside it.
    pub metadata: EncryptedMetadata,
    /// When.
    pub seen: Timestamp,
    /// How loud, in decibels over a milliwatt.
    pub rssi_dbm: i8,
    /// When the phone had listened before; `None` if it does not know.
    pub previous_scan: Option<Timestamp>,
}

impl Sighting {
    /// The interval in which it was heard.
    #[must_use]
    pub fn interval(&self) -> IntervalNumber {
        IntervalNumber::at(self.seen)
    }
}
