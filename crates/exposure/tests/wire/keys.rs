//! Synthetic keys and a randomness that can be repeated.

use exposure::{DiagnosisKey, IntervalNumber, ReportType, RollingPeriod, TemporaryExposureKey};

/// A weak generator that is enough for tests.
pub(crate) fn seeded(seed: u64) -> impl FnMut(&mut [u8]) {
    let mut state = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
    move |bytes: &mut [u8]| {
        for byte in bytes {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            *byte = state.to_be_bytes()[0];
        }
    }
}

/// Keys of as many people as wanted, on the fourteen days before this interval.
pub(crate) fn keys(count: usize, seed: u64) -> Vec<DiagnosisKey> {
    let mut random = seeded(seed);
    (0..count)
        .map(|index| DiagnosisKey {
            key: TemporaryExposureKey::random(&mut random),
            start: IntervalNumber::new(2_990_016 - 144 * u32::try_from(index % 14).unwrap()),
            period: RollingPeriod::FULL,
            report_type: Some(ReportType::ConfirmedTest),
            days_since_onset: Some(i32::try_from(index % 14).unwrap() - 4),
            transmission_risk: None,
        })
        .collect()
}
