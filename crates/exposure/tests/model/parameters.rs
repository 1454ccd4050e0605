//! Denmark's numbers are those of its published settings.

use exposure::risk::Infectiousness;
use exposure::risk::denmark::{
    BUCKET_WEIGHTS, DAILY_SUMMARIES, EXPOSURE_CONFIGURATION, SCORE_SUM_THRESHOLD, transmission_risk_level,
};
use serde_json::{Value, json};

fn published() -> Value {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/vectors/dk_risk_parameters.json");
    serde_json::from_slice(&std::fs::read(path).unwrap()).unwrap()
}

#[test]
fn daily_summaries_run_with_the_published_numbers() {
    let (all, ours) = (published(), DAILY_SUMMARIES);
    let theirs = &all["DailySummaryConfiguration"];
    assert_eq!(theirs["AttenuationThresholds"], json!(ours.attenuation_thresholds_db));
    let weights = ours.attenuation_weights;
    for (name, weight) in [
        ("Immediate", weights.immediate),
        ("Near", weights.near),
        ("Medium", weights.medium),
        ("Other", weights.other),
    ] {
        assert_eq!(theirs["AttenuationWeights"][name].as_f64(), Some(weight), "{name}");
    }
    for (day, one) in (-14..).zip(ours.infectiousness.by_day) {
        let expected = theirs["DaysSinceOnsetInfectiousness"][day.to_string()].as_i64();
        assert_eq!(expected, Some(one as i64), "day {day}");
    }
    assert_eq!(theirs["DefaultInfectiousness"], json!(Infectiousness::High as i64));
    assert_eq!(ours.infectiousness.when_missing, Infectiousness::High);
    assert_eq!(theirs["DefaultReportType"], json!(ours.report_type_when_missing.number()));
    let of = |part: &str, name: &str| theirs[part][name].as_f64().unwrap();
    assert_eq!(
        ours.infectiousness_weights,
        [of("InfectiousnessWeights", "Standard"), of("InfectiousnessWeights", "High")]
    );
    let sure = ours.report_type_weights;
    assert_eq!(sure.confirmed_test, of("ReportTypeWeights", "ConfirmedTest"));
    assert_eq!(sure.confirmed_clinical_diagnosis, of("ReportTypeWeights", "ConfirmedClinicalDiagnosis"));
    assert_eq!(sure.self_report, of("ReportTypeWeights", "SelfReported"));
    assert_eq!(theirs["DaysSinceLastExposureThreshold"].as_i64(), ours.days_since_exposure_at_most);
    assert_eq!(all["ScoreSumThreshold"].as_f64(), Some(SCORE_SUM_THRESHOLD));
}

#[test]
fn the_older_model_runs_with_the_published_numbers() {
    let (all, ours) = (published(), EXPOSURE_CONFIGURATION);
    let theirs = &all["ExposureConfigV1_2"];
    assert_eq!(theirs["MinimumRiskScore"], json!(ours.minimum_risk_score));
    assert_eq!(theirs["AttenuationScores"], json!(ours.attenuation_scores));
    assert_eq!(theirs["DaysSinceLastExposureScores"], json!(ours.days_since_last_exposure_scores));
    assert_eq!(theirs["DurationScores"], json!(ours.duration_scores));
    assert_eq!(theirs["TransmissionRiskScores"], json!(ours.transmission_risk_scores));
    assert_eq!(theirs["DurationAtAttenuationThresholds"], json!(ours.duration_thresholds_db));
    let theirs = &all["AttenuationBucketsParams"];
    let ours = BUCKET_WEIGHTS;
    assert_eq!(theirs["ExposureTimeThreshold"].as_f64(), Some(ours.minutes));
    assert_eq!(theirs["LowAttenuationBucketMultiplier"].as_f64(), Some(ours.low));
    assert_eq!(theirs["MiddleAttenuationBucketMultiplier"].as_f64(), Some(ours.middle));
    assert_eq!(theirs["HighAttenuationBucketMultiplier"].as_f64(), Some(ours.high));
}

#[test]
fn the_risk_level_of_a_day_is_denmarks() {
    let levels: Vec<i32> = (-4..=13).map(transmission_risk_level).collect();
    assert_eq!(levels, [1, 2, 3, 4, 4, 4, 4, 5, 5, 5, 5, 6, 6, 7, 7, 8, 8, 1]);
}
