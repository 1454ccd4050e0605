//! Daily summaries: how near and how long, weighed by how infectious and how sure, summed up for each day in UTC.

use std::collections::BTreeMap;

use crate::diagnosis::ReportType;
use crate::interval::Day;
use crate::window::{ExposureWindow, ScanInstance};

/// How infectious a person was on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Infectiousness {
    /// Not at all: what was heard counts for nothing.
    None,
    /// As most.
    Standard,
    /// More than most.
    High,
}

/// How infectious a person is on each day from 14 before the first symptoms to 14 after.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct InfectiousnessTable {
    /// By day, from -14 to 14.
    pub by_day: [Infectiousness; 29],
    /// If the day is not known, or lies further away.
    pub when_missing: Infectiousness,
}

impl InfectiousnessTable {
    /// How infectious a person was so many days after the first symptoms.
    #[must_use]
    pub fn of(&self, days_since_onset: Option<i32>) -> Infectiousness {
        let index = days_since_onset.and_then(|days| usize::try_from(days.checked_add(14)?).ok());
        index.and_then(|index| self.by_day.get(index)).copied().unwrap_or(self.when_missing)
    }
}

/// What a second counts, by how far away it was.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct AttenuationWeights {
    /// Up to the first threshold.
    pub immediate: f64,
    /// Up to the second.
    pub near: f64,
    /// Up to the third.
    pub medium: f64,
    /// Beyond.
    pub other: f64,
}

/// What a second counts, by how sure the authority was.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ReportTypeWeights {
    /// A positive test.
    pub confirmed_test: f64,
    /// A doctor's diagnosis.
    pub confirmed_clinical_diagnosis: f64,
    /// The owner's own word.
    pub self_report: f64,
}

/// The numbers with which a country runs the model.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct DailySummariesConfig {
    /// The ends of immediate, near and medium, in decibels, each belonging to the nearer one.
    pub attenuation_thresholds_db: [i32; 3],
    /// What a second counts, by distance.
    pub attenuation_weights: AttenuationWeights,
    /// How infectious, by day.
    pub infectiousness: InfectiousnessTable,
    /// What a second counts for the standard and the high.
    pub infectiousness_weights: [f64; 2],
    /// Taken where a key does not say how sure its authority was.
    pub report_type_when_missing: ReportType,
    /// What a second counts, by report type.
    pub report_type_weights: ReportTypeWeights,
    /// A window that scores less counts for nothing.
    pub minimum_window_score: f64,
    /// Older days are left out; all days count if there is none.
    pub days_since_exposure_at_most: Option<i64>,
}

/// What a day comes to.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Scores {
    /// Sum of the windows' scores, in weighted seconds.
    pub score_sum: f64,
    /// The highest score of a window.
    pub maximum_score: f64,
    /// Sum of the durations, weighted by distance alone.
    pub weighted_duration_sum: f64,
}

impl Scores {
    fn add(&mut self, other: Self) {
        self.score_sum += other.score_sum;
        self.maximum_score = self.maximum_score.max(other.maximum_score);
        self.weighted_duration_sum += other.weighted_duration_sum;
    }
}

/// A day with something heard on it.
#[derive(Clone, Debug, PartialEq)]
pub struct DailySummary {
    /// Which day, in UTC.
    pub day: Day,
    /// All report types together.
    pub total: Scores,
    /// Each alone.
    pub by_report_type: BTreeMap<ReportType, Scores>,
}

/// The summaries of these windows as seen on a day, by day. A day whose windows all count for nothing is there too.
#[must_use]
pub fn daily_summaries(
    windows: &[ExposureWindow],
    config: &DailySummariesConfig,
    today: Day,
) -> Vec<DailySummary> {
    let mut days: BTreeMap<Day, DailySummary> = BTreeMap::new();
    for window in windows {
        let day = window.day();
        let report_type = config.report_type(window);
        let is_old = config.days_since_exposure_at_most.is_some_and(|most| today.since(day) > most);
        // What was taken back is never shown, and nothing that the field has no meaning for.
        if is_old || matches!(report_type, ReportType::Revoked | ReportType::Recursive) {
            continue;
        }
        let summary = days.entry(day).or_insert_with(|| DailySummary {
            day,
            total: Scores::default(),
            by_report_type: BTreeMap::new(),
        });
        let scores = config.scores(window, report_type);
        if scores.score_sum >= config.minimum_window_score {
            summary.total.add(scores);
            summary.by_report_type.entry(report_type).or_default().add(scores);
        }
    }
    days.into_values().collect()
}

impl DailySummariesConfig {
    fn report_type(&self, window: &ExposureWindow) -> ReportType {
        match window.report_type {
            None | Some(ReportType::Unknown) => self.report_type_when_missing,
            Some(known) => known,
        }
    }

    fn scores(&self, window: &ExposureWindow, report_type: ReportType) -> Scores {
        let duration: f64 = window.scans.iter().map(|scan| self.weighted_seconds(scan)).sum();
        let weights = &self.report_type_weights;
        let sure = match report_type {
            ReportType::ConfirmedTest => weights.confirmed_test,
            ReportType::ConfirmedClinicalDiagnosis => weights.confirmed_clinical_diagnosis,
            ReportType::SelfReport => weights.self_report,
            ReportType::Unknown | ReportType::Recursive | ReportType::Revoked => 0.0,
        };
        let [standard, high] = self.infectiousness_weights;
        let infectious = match self.infectiousness.of(window.days_since_onset) {
            Infectiousness::None => 0.0,
            Infectiousness::Standard => standard,
            Infectiousness::High => high,
        };
        let score = duration * sure * infectious;
        Scores { score_sum: score, maximum_score: score, weighted_duration_sum: duration }
    }

    fn weighted_seconds(&self, scan: &ScanInstance) -> f64 {
        let (typical, weights) = (scan.typical_attenuation_db(), &self.attenuation_weights);
        let [immediate, near, medium] = self.attenuation_thresholds_db;
        let weight = if typical <= immediate {
            weights.immediate
        } else if typical <= near {
            weights.near
        } else if typical <= medium {
            weights.medium
        } else {
            weights.other
        };
        // At most 300 seconds: exact as a floating-point number.
        weight * f64::from(i32::try_from(scan.seconds_since_last_scan).unwrap_or(i32::MAX))
    }
}
