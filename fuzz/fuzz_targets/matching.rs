//! Any keys and sightings: the fast matcher says what the plain one says.

#![no_main]

use exposure::matching::{Matcher, plain};
use exposure::sighting::Sighting;
use exposure::{
    DiagnosisKey, EncryptedMetadata, IdentifierKey, IntervalNumber, RollingPeriod, TemporaryExposureKey,
};
use libfuzzer_sys::fuzz_target;

// Five bytes a key: which, when it begins, how long, and the interval that is heard, and by how much the clock was off.
fuzz_target!(|bytes: &[u8]| {
    let (mut keys, mut sightings) = (Vec::new(), Vec::new());
    for five in bytes.chunks_exact(5).take(64) {
        let start = IntervalNumber::new(2_993_184 + 3 * u32::from(five[1]));
        let Ok(period) = RollingPeriod::new(i64::from(five[2])) else { continue };
        let key = DiagnosisKey {
            key: TemporaryExposureKey::new([five[0] % 8; 16]),
            start,
            period,
            report_type: None,
            days_since_onset: None,
            transmission_risk: None,
        };
        let heard = start.plus(u32::from(five[3]) % 144);
        sightings.push(Sighting {
            identifier: IdentifierKey::derive(&key.key).identifier(heard),
            metadata: EncryptedMetadata::new([0; 4]),
            seen: heard.plus(u32::from(five[4]) % 32).minus(16).start(),
            rssi_dbm: -70,
            previous_scan: None,
        });
        keys.push(key);
    }
    assert!(Matcher::new(&sightings).matches(&keys) == plain::matches(&sightings, &keys));
});
