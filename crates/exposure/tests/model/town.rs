//! Phones that call out and one that listens.

use exposure::sighting::Sighting;
use exposure::{
    DiagnosisKey, IdentifierKey, IntervalNumber, Metadata, MetadataKey, ReportType, RollingPeriod,
    RollingProximityIdentifier, TemporaryExposureKey,
};
use jiff::Timestamp;

/// Midnight of 2026-11-21.
pub(crate) const MIDNIGHT: u32 = 2_993_184;

pub(crate) fn at(interval: u32, second: i64) -> Timestamp {
    Timestamp::from_second(i64::from(interval) * 600 + second).unwrap()
}

pub(crate) fn key(byte: u8, start: u32, period: i64) -> DiagnosisKey {
    DiagnosisKey {
        key: TemporaryExposureKey::new([byte; 16]),
        start: IntervalNumber::new(start),
        period: RollingPeriod::new(period).unwrap(),
        report_type: Some(ReportType::ConfirmedTest),
        days_since_onset: Some(0),
        transmission_risk: None,
    }
}

/// The key calling out in one interval, heard at some time.
pub(crate) fn sighting(key: &DiagnosisKey, of: u32, seen: Timestamp, rssi_dbm: i8) -> Sighting {
    with_power(key, of, seen, -20, rssi_dbm)
}

pub(crate) fn with_power(key: &DiagnosisKey, of: u32, seen: Timestamp, power: i8, rssi_dbm: i8) -> Sighting {
    let identifier: RollingProximityIdentifier =
        IdentifierKey::derive(&key.key).identifier(IntervalNumber::new(of));
    Sighting {
        identifier,
        metadata: MetadataKey::derive(&key.key).encrypt(identifier, Metadata::v1_0(power)),
        seen,
        rssi_dbm,
        previous_scan: Timestamp::from_second(seen.as_second() - 300).ok(),
    }
}
