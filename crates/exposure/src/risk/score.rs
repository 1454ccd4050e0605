//! The older model: a score of four factors for each stretch of sightings, and the time spent at three distances.

use jiff::Timestamp;

use crate::interval::Day;
use crate::window::{Heard, KeyHeard};

/// The longest gap within a stretch of sightings.
const GAP_SECONDS: i64 = 10 * 60;
/// How often a phone listens: each sighting stands for so long.
const SCAN_SECONDS: i64 = 5 * 60;

/// Above these many decibels falls the first, the second and so on of eight scores.
const ATTENUATION_BOUNDS_DB: [i64; 7] = [73, 63, 51, 33, 27, 15, 10];
/// So many days ago or more.
const LATENCY_BOUNDS_DAYS: [i64; 7] = [14, 12, 10, 8, 6, 4, 2];
/// So many minutes or less.
const DURATION_BOUNDS_MINUTES: [i64; 7] = [0, 5, 10, 15, 20, 25, 30];

/// How attenuation runs between two sightings when time is split at a threshold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Interpolation {
    /// It stays as it was until the next sighting.
    Steps,
    /// It runs straight from one to the next.
    Linear,
}

/// The numbers with which a country runs the model. The weights of the wire format are not used by any phone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ExposureConfiguration {
    /// A score below counts as 0.
    pub minimum_risk_score: i32,
    /// By attenuation, the furthest first.
    pub attenuation_scores: [i32; 8],
    /// By days since, the longest first.
    pub days_since_last_exposure_scores: [i32; 8],
    /// By duration, the shortest first.
    pub duration_scores: [i32; 8],
    /// By level of the key, 1 to 8.
    pub transmission_risk_scores: [i32; 8],
    /// Where low ends and where high begins, in decibels.
    pub duration_thresholds_db: [i32; 2],
    /// How time is split.
    pub interpolation: Interpolation,
}

/// One stretch of sightings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ExposureRecord {
    /// Mean over time, rounded.
    pub attenuation_db: i32,
    /// Rounded to five minutes.
    pub duration_seconds: i64,
    /// Below the low threshold, between, at or above the high one.
    pub seconds_at: [i64; 3],
    /// The product of the four scores, or 0.
    pub risk_score: i32,
}

/// What a key comes to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExposureResult {
    /// Its day in UTC.
    pub day: Day,
    /// Its stretches, by time.
    pub records: Vec<ExposureRecord>,
    /// The highest score.
    pub maximum_risk_score: i32,
    /// All scores together.
    pub total_risk_score: i32,
    /// Below the low threshold, between, at or above the high one.
    pub seconds_at: [i64; 3],
}

/// What a minute counts at three distances, and how many make a warning.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct BucketWeights {
    /// Below the low threshold.
    pub low: f64,
    /// Between.
    pub middle: f64,
    /// At or above the high one.
    pub high: f64,
    /// From so many weighted minutes on there is a warning.
    pub minutes: f64,
}

impl BucketWeights {
    /// The weighted minutes of a result.
    #[must_use]
    pub fn weighted_minutes(&self, result: &ExposureResult) -> f64 {
        let [low, middle, high] =
            result.seconds_at.map(|seconds| f64::from(i32::try_from(seconds).unwrap_or(i32::MAX)) / 60.0);
        self.low * low + self.middle * middle + self.high * high
    }

    /// Whether a result is a warning: it scores at all, and for long enough.
    #[must_use]
    pub fn warns(&self, result: &ExposureResult) -> bool {
        result.maximum_risk_score > 0 && self.weighted_minutes(result) >= self.minutes
    }
}

/// What a key that was heard comes to; `None` if it was not heard.
#[must_use]
pub fn evaluate(
    heard: &KeyHeard<'_>,
    config: &ExposureConfiguration,
    now: Timestamp,
) -> Option<ExposureResult> {
    let stretches =
        heard.sightings.chunk_by(|one, next| next.seen.as_second() - one.seen.as_second() <= GAP_SECONDS);
    let records: Vec<ExposureRecord> =
        stretches.filter_map(|stretch| record(stretch, heard, config, now)).collect();
    let maximum_risk_score = records.iter().map(|record| record.risk_score).max()?;
    let seconds_at = records.iter().fold([0; 3], |[low, middle, high], record| {
        let [a, b, c] = record.seconds_at;
        [low + a, middle + b, high + c]
    });
    Some(ExposureResult {
        day: heard.key.day(),
        maximum_risk_score,
        total_risk_score: records.iter().map(|record| record.risk_score).sum(),
        seconds_at,
        records,
    })
}

fn record(
    stretch: &[Heard],
    heard: &KeyHeard<'_>,
    config: &ExposureConfiguration,
    now: Timestamp,
) -> Option<ExposureRecord> {
    let (first, last) = (stretch.first()?, stretch.last()?);
    let duration_seconds = bucketed(last.seen.as_second() - first.seen.as_second());
    let periods = periods(stretch);
    let attenuation_db = mean(&periods);
    let days_ago = (now.as_second() - heard.key.start.first_second()) / 86_400;
    let pick = |scores: &[i32; 8], bucket: usize| scores.get(bucket).copied().unwrap_or(0);
    let level = heard.key.transmission_risk.map_or(0, |risk| usize::from(risk.level()));
    let transmission = match level.checked_sub(1) {
        None => 1,
        Some(bucket) => pick(&config.transmission_risk_scores, bucket),
    };
    let score = pick(
        &config.attenuation_scores,
        bucket(ATTENUATION_BOUNDS_DB, |bound| i64::from(attenuation_db) > bound),
    ) * pick(
        &config.days_since_last_exposure_scores,
        bucket(LATENCY_BOUNDS_DAYS, |bound| days_ago >= bound),
    ) * pick(
        &config.duration_scores,
        bucket(DURATION_BOUNDS_MINUTES, |bound| duration_seconds / 60 <= bound),
    ) * transmission;
    let risk_score = if score >= config.minimum_risk_score { score } else { 0 };
    Some(ExposureRecord {
        attenuation_db,
        duration_seconds,
        seconds_at: seconds_at(&periods, config),
        risk_score,
    })
}

/// The first bound that holds, or the last score.
fn bucket(bounds: [i64; 7], holds: impl Fn(i64) -> bool) -> usize {
    bounds.iter().position(|bound| holds(*bound)).unwrap_or(bounds.len())
}

/// Every sighting stands for a scan of five minutes; rounded to the nearest five, halves down.
fn bucketed(between_seconds: i64) -> i64 {
    let estimated = between_seconds + SCAN_SECONDS;
    let over = estimated % SCAN_SECONDS;
    if over <= SCAN_SECONDS / 2 { estimated - over } else { estimated - over + SCAN_SECONDS }
}

/// Time from one sighting to the next.
struct Period {
    seconds: i64,
    from_db: i32,
    to_db: i32,
}

/// The times between sightings, and half a scan before the first and after the last.
fn periods(stretch: &[Heard]) -> Vec<Period> {
    let margin = |heard: &Heard| Period {
        seconds: SCAN_SECONDS / 2,
        from_db: heard.attenuation_db,
        to_db: heard.attenuation_db,
    };
    let mut seen: Vec<&Heard> = Vec::new();
    for heard in stretch {
        // Of sightings in one second the first counts.
        if seen.last().is_none_or(|last| last.seen.as_second() != heard.seen.as_second()) {
            seen.push(heard);
        }
    }
    let mut periods: Vec<Period> = seen.first().map(|first| margin(first)).into_iter().collect();
    periods.extend(seen.array_windows().map(|[one, next]| Period {
        seconds: next.seen.as_second() - one.seen.as_second(),
        from_db: one.attenuation_db,
        to_db: next.attenuation_db,
    }));
    periods.extend(stretch.last().map(margin));
    periods
}

/// Mean attenuation over time, rounded, halves up. Attenuation is never negative.
fn mean(periods: &[Period]) -> i32 {
    let sum: i64 = periods.iter().map(|period| i64::from(period.from_db) * period.seconds).sum();
    let seconds: i64 = periods.iter().map(|period| period.seconds).sum::<i64>().max(1);
    i32::try_from((2 * sum + seconds) / (2 * seconds)).unwrap_or(i32::MAX)
}

fn seconds_at(periods: &[Period], config: &ExposureConfiguration) -> [i64; 3] {
    let [low, high] = config.duration_thresholds_db;
    let below = |threshold| -> i64 {
        periods.iter().map(|period| seconds_below(period, threshold, config.interpolation)).sum()
    };
    let total: i64 = periods.iter().map(|period| period.seconds).sum();
    let (below_low, above_high) = (below(low), total - below(high));
    [below_low, total - below_low - above_high, above_high]
}

/// Seconds of a period below a threshold; at it is above.
fn seconds_below(period: &Period, threshold_db: i32, interpolation: Interpolation) -> i64 {
    let begins_below = period.from_db < threshold_db;
    match crossing(period, threshold_db, interpolation) {
        None if begins_below => period.seconds,
        None => 0,
        Some(after) if begins_below => after,
        Some(after) => period.seconds - after,
    }
}

/// After how many seconds the attenuation crosses a threshold within a period.
fn crossing(period: &Period, threshold_db: i32, interpolation: Interpolation) -> Option<i64> {
    let rise = i64::from(period.to_db) - i64::from(period.from_db);
    if interpolation == Interpolation::Steps || rise == 0 {
        return None;
    }
    let to_threshold = (i64::from(threshold_db) - i64::from(period.from_db)) * period.seconds;
    // Rounded, halves up, of a fraction of either sign.
    let after = (2 * to_threshold * rise.signum() + rise.abs()).div_euclid(2 * rise.abs());
    (0 < after && after < period.seconds).then_some(after)
}
