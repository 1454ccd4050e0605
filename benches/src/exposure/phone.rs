//! A phone that listened for two weeks, and what a country publishes in a day.

use exposure::sighting::Sighting;
use exposure::{
    DiagnosisKey, EncryptedMetadata, IdentifierKey, IntervalNumber, ReportType, RollingPeriod,
    RollingProximityIdentifier, TemporaryExposureKey,
};
use jiff::{SignedDuration, Timestamp};
use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;

/// Midnight of 2026-11-21.
const TODAY: u32 = 2_993_184;
const DAYS: u32 = 14;
/// Phones that a phone hears in ten minutes.
const HEARD_AT_ONCE: u32 = 10;
/// One key of so many was heard.
const HEARD_EVERY: usize = 500;

/// As many keys as are wanted, over two weeks.
#[must_use]
pub fn keys(count: usize, seed: u64) -> Vec<DiagnosisKey> {
    let mut random = ChaCha8Rng::seed_from_u64(seed);
    (0..count)
        .map(|_| DiagnosisKey {
            key: TemporaryExposureKey::new(random.random()),
            start: IntervalNumber::new(TODAY - 144 * random.random_range(1..=DAYS)),
            period: RollingPeriod::FULL,
            report_type: Some(ReportType::ConfirmedTest),
            days_since_onset: Some(random.random_range(-14..=14)),
            transmission_risk: None,
        })
        .collect()
}

/// What a phone heard in two weeks: strangers, and one of every five hundred of these keys.
#[must_use]
pub fn sightings(keys: &[DiagnosisKey], seed: u64) -> Vec<Sighting> {
    let mut random = ChaCha8Rng::seed_from_u64(seed);
    let sighting = |identifier, interval: IntervalNumber| Sighting {
        identifier,
        metadata: EncryptedMetadata::new([0; 4]),
        seen: interval.start() + SignedDuration::from_secs(300),
        rssi_dbm: -70,
        previous_scan: None::<Timestamp>,
    };
    let mut heard = Vec::new();
    for interval in TODAY - 144 * DAYS..TODAY {
        for _ in 0..HEARD_AT_ONCE {
            heard.push(sighting(
                RollingProximityIdentifier::new(random.random()),
                IntervalNumber::new(interval),
            ));
        }
    }
    for key in keys.iter().step_by(HEARD_EVERY) {
        let interval = key.start.plus(random.random_range(0..144));
        heard.push(sighting(IdentifierKey::derive(&key.key).identifier(interval), interval));
    }
    heard
}
