//! The numbers with which Denmark ran both models in production, from the backend's published settings.

use super::score::{BucketWeights, ExposureConfiguration, Interpolation};
use super::summary::{
    AttenuationWeights, DailySummariesConfig, DailySummary, Infectiousness, InfectiousnessTable,
    ReportTypeWeights,
};
use crate::diagnosis::ReportType;
use crate::interval::Day;

/// From so many weighted seconds in a day on there is a warning: 13 minutes at 64 to 73 dB, 6.5 at 58 to 63, 5.2
/// nearer. It is the engineered form of a quarter of an hour within a metre.
pub const SCORE_SUM_THRESHOLD: f64 = 780.0;

/// The model of daily summaries.
pub const DAILY_SUMMARIES: DailySummariesConfig = DailySummariesConfig {
    attenuation_thresholds_db: [57, 63, 73],
    attenuation_weights: AttenuationWeights { immediate: 2.5, near: 2.0, medium: 1.0, other: 0.0 },
    infectiousness: InfectiousnessTable { by_day: by_day(), when_missing: Infectiousness::High },
    infectiousness_weights: [1.0, 1.0],
    report_type_when_missing: ReportType::ConfirmedTest,
    report_type_weights: ReportTypeWeights {
        confirmed_test: 1.0,
        confirmed_clinical_diagnosis: 0.0,
        self_report: 0.0,
    },
    minimum_window_score: 0.0,
    days_since_exposure_at_most: Some(10),
};

/// High from two days before the first symptoms to eight days after; the table begins 14 days before.
const fn by_day() -> [Infectiousness; 29] {
    let (none, high) = (Infectiousness::None, Infectiousness::High);
    [
        none, none, none, none, none, none, none, none, none, none, none, none, high, high, high, high, high,
        high, high, high, high, high, high, none, none, none, none, none, none,
    ]
}

/// The days for which a phone is warned.
#[must_use]
pub fn days_of_warning(summaries: &[DailySummary]) -> Vec<Day> {
    let over = summaries.iter().filter(|summary| summary.total.score_sum >= SCORE_SUM_THRESHOLD);
    over.map(|summary| summary.day).collect()
}

/// The older model in its last form.
pub const EXPOSURE_CONFIGURATION: ExposureConfiguration = ExposureConfiguration {
    minimum_risk_score: 8,
    attenuation_scores: [1, 2, 3, 4, 5, 6, 7, 8],
    days_since_last_exposure_scores: [1; 8],
    duration_scores: [1; 8],
    transmission_risk_scores: [1, 1, 8, 8, 8, 8, 1, 1],
    duration_thresholds_db: [63, 68],
    interpolation: Interpolation::Steps,
};

/// What a minute counted in the last form of the older model.
pub const BUCKET_WEIGHTS: BucketWeights = BucketWeights { low: 2.5, middle: 0.5, high: 0.0, minutes: 10.0 };

/// The risk level that Denmark gave a key so many days after the first symptoms.
#[must_use]
pub const fn transmission_risk_level(days_since_onset: i32) -> i32 {
    match days_since_onset {
        -3 => 2,
        -2 => 3,
        -1..=2 => 4,
        3..=6 => 5,
        7..=8 => 6,
        9..=10 => 7,
        11..=12 => 8,
        _ => 1,
    }
}

#[cfg(test)]
mod tests {
    use super::DAILY_SUMMARIES;
    use crate::risk::Infectiousness;

    #[test]
    fn infectious_is_from_two_days_before_to_eight_days_after() {
        for (index, one) in DAILY_SUMMARIES.infectiousness.by_day.iter().enumerate() {
            let expected =
                if (12..=22).contains(&index) { Infectiousness::High } else { Infectiousness::None };
            assert_eq!(*one, expected, "day {}", index as i32 - 14);
        }
        let of = |days| DAILY_SUMMARIES.infectiousness.of(days);
        assert_eq!(of(Some(-3)), Infectiousness::None);
        assert_eq!(of(Some(8)), Infectiousness::High);
        for unknown in [None, Some(15), Some(-15), Some(i32::MAX), Some(i32::MIN)] {
            assert_eq!(of(unknown), Infectiousness::High);
        }
    }
}
