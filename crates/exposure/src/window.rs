//! What a match amounts to: sightings of one key, in windows of at most half an hour, with how near and how long.

use jiff::Timestamp;

use crate::diagnosis::{DiagnosisKey, ReportType};
use crate::interval::Day;
use crate::matching::Match;
use crate::schedule::{CalibrationConfidence, MetadataKey};
use crate::sighting::Sighting;

/// A power at which no phone sends is a forgery, or noise.
const TRANSMIT_POWER_DBM: std::ops::RangeInclusive<i8> = -50..=20;
/// The longest window.
const WINDOW_SECONDS: i64 = 30 * 60;
/// No more than this is counted for one scan.
const SCAN_MINUTES_AT_MOST: i64 = 5;
/// What is counted where the phone does not know when it listened before.
const SCAN_SECONDS_UNKNOWN: i64 = 120;
/// Half as long again as the longest scan, of 4 and 13 seconds: sightings no further apart are one scan.
const SAME_SCAN_TWICE_SECONDS: i64 = 3 * (4 + 13);

/// A sighting of a key, as far away as it sounded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Heard {
    /// When.
    pub seen: Timestamp,
    /// What was lost on the way, in decibels; the more, the further.
    pub attenuation_db: i32,
    /// When the phone had listened before.
    pub previous_scan: Option<Timestamp>,
    /// How well the other phone's signal is known.
    pub confidence: CalibrationConfidence,
}

/// All sightings of one key, by time.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KeyHeard<'a> {
    /// The key.
    pub key: &'a DiagnosisKey,
    /// When and how loud it was heard.
    pub sightings: Vec<Heard>,
}

/// What was heard of each key, by key. A sighting whose power cannot be is left out.
#[must_use]
pub fn heard<'a>(matches: &[Match], keys: &'a [DiagnosisKey], sightings: &[Sighting]) -> Vec<KeyHeard<'a>> {
    matches
        .chunk_by(|one, other| one.key == other.key)
        .filter_map(|of_key| {
            let key = keys.get(of_key.first()?.key)?;
            let covering = MetadataKey::derive(&key.key);
            let of_key = of_key.iter().filter_map(|found| sightings.get(found.sighting));
            let mut heard: Vec<Heard> = of_key.filter_map(|one| as_heard(one, &covering)).collect();
            heard.sort_by_key(|one| one.seen);
            (!heard.is_empty()).then_some(KeyHeard { key, sightings: heard })
        })
        .collect()
}

fn as_heard(sighting: &Sighting, covering: &MetadataKey) -> Option<Heard> {
    let metadata = covering.decrypt(sighting.identifier, sighting.metadata);
    let power = metadata.transmit_power_dbm();
    TRANSMIT_POWER_DBM.contains(&power).then(|| Heard {
        seen: sighting.seen,
        attenuation_db: (i32::from(power) - i32::from(sighting.rssi_dbm)).max(0),
        previous_scan: sighting.previous_scan,
        confidence: metadata.calibration_confidence(),
    })
}

/// What one scan heard of a key.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScanInstance {
    /// Every attenuation, in decibels, by time.
    pub attenuations_db: Vec<i32>,
    /// How long the scan stands for.
    pub seconds_since_last_scan: i64,
}

impl ScanInstance {
    /// The mean attenuation, rounded.
    #[must_use]
    pub fn typical_attenuation_db(&self) -> i32 {
        let (sum, count) = (self.attenuations_db.iter().sum::<i32>(), self.attenuations_db.len());
        // Attenuations are never negative, so half is added before the division.
        let count = i32::try_from(count).unwrap_or(i32::MAX).max(1);
        (2 * sum + count) / (2 * count)
    }
}

/// At most half an hour near one key. Two windows of one person cannot be told from those of two.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExposureWindow {
    /// When it began.
    pub start: Timestamp,
    /// How sure the authority of the key was.
    pub report_type: Option<ReportType>,
    /// Days from the first symptoms to the day of the key.
    pub days_since_onset: Option<i32>,
    /// How well the other phone's signal is known.
    pub confidence: CalibrationConfidence,
    /// The scans in it, by time.
    pub scans: Vec<ScanInstance>,
}

impl ExposureWindow {
    /// Its day in UTC.
    #[must_use]
    pub fn day(&self) -> Day {
        Day::at(self.start)
    }
}

/// The windows of a key, by time.
#[must_use]
pub fn windows(heard: &KeyHeard<'_>) -> Vec<ExposureWindow> {
    let mut windows: Vec<ExposureWindow> = Vec::new();
    let mut previous: Option<Timestamp> = None;
    for one in &heard.sightings {
        let seconds_after = |earlier: Timestamp| one.seen.as_second() - earlier.as_second();
        let is_same_scan = previous.is_some_and(|seen| 2 * seconds_after(seen) <= SAME_SCAN_TWICE_SECONDS);
        previous = Some(one.seen);
        let current = windows.last_mut().filter(|window| seconds_after(window.start) < WINDOW_SECONDS);
        match current {
            Some(window) => match window.scans.last_mut().filter(|_| is_same_scan) {
                Some(scan) => scan.attenuations_db.push(one.attenuation_db),
                None => window.scans.push(scan(one)),
            },
            None => windows.push(ExposureWindow {
                start: one.seen,
                report_type: heard.key.report_type,
                days_since_onset: heard.key.days_since_onset,
                confidence: one.confidence,
                scans: vec![scan(one)],
            }),
        }
    }
    windows
}

fn scan(heard: &Heard) -> ScanInstance {
    let minute = |moment: Timestamp| moment.as_second().div_euclid(60);
    let seconds_since_last_scan = heard.previous_scan.map_or(SCAN_SECONDS_UNKNOWN, |before| {
        60 * (minute(heard.seen) - minute(before)).clamp(0, SCAN_MINUTES_AT_MOST)
    });
    ScanInstance { attenuations_db: vec![heard.attenuation_db], seconds_since_last_scan }
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;

    use super::{Heard, KeyHeard, ScanInstance, windows};
    use crate::diagnosis::{DiagnosisKey, ReportType};
    use crate::interval::{IntervalNumber, RollingPeriod};
    use crate::key::TemporaryExposureKey;
    use crate::schedule::CalibrationConfidence;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(1_795_219_200 + second).unwrap()
    }

    fn heard(seen: i64, attenuation_db: i32, previous: Option<i64>) -> Heard {
        let confidence = CalibrationConfidence::Medium;
        Heard { seen: at(seen), attenuation_db, previous_scan: previous.map(at), confidence }
    }

    fn of(sightings: Vec<Heard>) -> Vec<super::ExposureWindow> {
        let key = DiagnosisKey {
            key: TemporaryExposureKey::new([1; 16]),
            start: IntervalNumber::at(at(0)),
            period: RollingPeriod::FULL,
            report_type: Some(ReportType::ConfirmedTest),
            days_since_onset: Some(0),
            transmission_risk: None,
        };
        windows(&KeyHeard { key: &key, sightings })
    }

    #[test]
    fn a_window_ends_after_half_an_hour() {
        let sightings = [0, 300, 1_799, 1_800, 3_599, 3_600].map(|seen| heard(seen, 50, Some(seen - 300)));
        let starts: Vec<i64> = of(sightings.to_vec()).iter().map(|one| one.start.as_second()).collect();
        assert_eq!(starts, [0, 1_800, 3_600].map(|second| at(second).as_second()));
    }

    #[test]
    fn sightings_of_one_scan_are_one_instance() {
        let window = &of([0, 3, 25, 50, 76].map(|seen| heard(seen, 50, None)).to_vec())[0];
        let counts: Vec<usize> = window.scans.iter().map(|scan| scan.attenuations_db.len()).collect();
        // 25 seconds apart is one scan, 26 is two.
        assert_eq!(counts, [4, 1]);
    }

    #[test]
    fn time_since_the_last_scan_is_whole_minutes_at_most_five() {
        let seconds =
            |seen, previous| of(vec![heard(seen, 50, previous)])[0].scans[0].seconds_since_last_scan;
        assert_eq!(seconds(300, Some(0)), 300);
        assert_eq!(seconds(299, Some(0)), 240);
        assert_eq!(seconds(60, Some(59)), 60);
        assert_eq!(seconds(3_600, Some(0)), 300);
        assert_eq!(seconds(0, None), 120);
        // A clock that was set back stands for no time, never for less than none.
        assert_eq!(seconds(0, Some(600)), 0);
    }

    #[test]
    fn the_typical_attenuation_is_the_rounded_mean() {
        let typical = |attenuations: &[i32]| {
            ScanInstance { attenuations_db: attenuations.to_vec(), seconds_since_last_scan: 60 }
                .typical_attenuation_db()
        };
        assert_eq!(typical(&[50, 51]), 51);
        assert_eq!(typical(&[50, 50, 51]), 50);
        assert_eq!(typical(&[63]), 63);
    }
}
