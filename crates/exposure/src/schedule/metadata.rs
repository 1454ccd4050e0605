//! What a phone says about its own signal, so that others can tell how near it was.

use std::fmt;

/// How well the signal of this kind of phone is known.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum CalibrationConfidence {
    /// Nothing is known of it.
    Lowest,
    /// The average of the phones of its maker.
    Low,
    /// Measured on one phone of its kind.
    Medium,
    /// Measured on many.
    High,
}

/// Four bytes: a version, the power at which is sent, and two that are not used yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Metadata([u8; 4]);

impl Metadata {
    /// Metadata of version 1.0.
    #[must_use]
    pub const fn v1_0(transmit_power_dbm: i8) -> Self {
        Self([0x40, transmit_power_dbm.cast_unsigned(), 0, 0])
    }

    /// What four bytes say; every four bytes say something.
    #[must_use]
    pub const fn from_bytes(bytes: [u8; 4]) -> Self {
        Self(bytes)
    }

    /// The bytes.
    #[must_use]
    pub const fn to_bytes(self) -> [u8; 4] {
        self.0
    }

    /// The version: before and after the point.
    #[must_use]
    pub const fn version(self) -> (u8, u8) {
        let [first, ..] = self.0;
        (first >> 6, (first >> 4) & 3)
    }

    /// The power at which was sent, in decibels over a milliwatt.
    #[must_use]
    pub const fn transmit_power_dbm(self) -> i8 {
        let [_, power, ..] = self.0;
        power.cast_signed()
    }

    /// How well the signal is known; the least before version 1.1.
    #[must_use]
    pub const fn calibration_confidence(self) -> CalibrationConfidence {
        let [first, ..] = self.0;
        match (self.version(), (first >> 2) & 3) {
            ((0, _) | (1, 0), _) | (_, 0) => CalibrationConfidence::Lowest,
            (_, 1) => CalibrationConfidence::Low,
            (_, 2) => CalibrationConfidence::Medium,
            (_, _) => CalibrationConfidence::High,
        }
    }
}

/// Metadata as it is heard: without the key of its day it says nothing (AEM).
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
pub struct EncryptedMetadata(pub(super) [u8; 4]);

impl EncryptedMetadata {
    /// Metadata of these bytes.
    #[must_use]
    pub const fn new(bytes: [u8; 4]) -> Self {
        Self(bytes)
    }

    /// Shows the bytes, as they are called out.
    #[must_use]
    pub const fn reveal(&self) -> &[u8; 4] {
        &self.0
    }
}

impl fmt::Debug for EncryptedMetadata {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("(encrypted metadata)")
    }
}

#[cfg(test)]
mod tests {
    use super::{CalibrationConfidence, Metadata};

    #[test]
    fn the_bytes_of_both_versions_are_those_of_the_field() {
        assert_eq!(Metadata::v1_0(8).to_bytes(), [0x40, 8, 0, 0]);
        assert_eq!(Metadata::v1_0(-26).to_bytes(), [0x40, 0xe6, 0, 0]);
        let known = Metadata::from_bytes([0x5c, 0xf1, 0, 0]);
        assert_eq!((known.version(), known.transmit_power_dbm()), ((1, 1), -15));
        assert_eq!(known.calibration_confidence(), CalibrationConfidence::High);
    }

    #[test]
    fn before_version_1_1_nothing_is_known_of_the_signal() {
        let old = Metadata::from_bytes([0x4c, 0, 0, 0]);
        assert_eq!(old.calibration_confidence(), CalibrationConfidence::Lowest);
    }
}
