//! From sightings to a warning, in both models.

use exposure::matching::plain;
use exposure::risk::denmark::{BUCKET_WEIGHTS, DAILY_SUMMARIES, EXPOSURE_CONFIGURATION, days_of_warning};
use exposure::risk::{
    DailySummariesConfig, DailySummary, ExposureConfiguration, ExposureResult, Interpolation,
    daily_summaries, evaluate,
};
use exposure::sighting::Sighting;
use exposure::window::{KeyHeard, heard, windows};
use exposure::{Day, DiagnosisKey, ReportType, TransmissionRisk};

use crate::town::{MIDNIGHT, at, key, sighting, with_power};

fn today() -> Day {
    Day::at(at(MIDNIGHT, 0))
}

/// A key heard every five minutes from 10 o'clock on at one attenuation; the sender's power is -20 dBm.
fn meeting(key: &DiagnosisKey, scans: u32, attenuation_db: i8) -> Vec<Sighting> {
    (0..scans)
        .map(|scan| {
            let second = 300 * i64::from(scan);
            sighting(key, MIDNIGHT + 60 + scan / 2, at(MIDNIGHT + 60, second), -20 - attenuation_db)
        })
        .collect()
}

fn all_heard<'a>(keys: &'a [DiagnosisKey], sightings: &[Sighting]) -> Vec<KeyHeard<'a>> {
    heard(&plain::matches(sightings, keys), keys, sightings)
}

fn summaries(
    keys: &[DiagnosisKey],
    sightings: &[Sighting],
    config: &DailySummariesConfig,
) -> Vec<DailySummary> {
    let windows: Vec<_> = all_heard(keys, sightings).iter().flat_map(windows).collect();
    daily_summaries(&windows, config, today())
}

fn score(keys: &[DiagnosisKey], sightings: &[Sighting]) -> f64 {
    summaries(keys, sightings, &DAILY_SUMMARIES).iter().map(|day| day.total.score_sum).sum()
}

#[test]
fn a_second_counts_by_how_near_it_was_and_bounds_belong_to_the_nearer() {
    let key = key(1, MIDNIGHT, 144);
    for (attenuation, weight) in
        [(30, 2.5), (57, 2.5), (58, 2.0), (63, 2.0), (64, 1.0), (73, 1.0), (74, 0.0), (90, 0.0)]
    {
        let sightings = meeting(&key, 2, attenuation);
        assert_eq!(score(std::slice::from_ref(&key), &sightings), 600.0 * weight, "{attenuation} dB");
    }
}

#[test]
fn thirteen_minutes_at_a_distance_are_a_warning_and_less_is_none() {
    let key = [key(1, MIDNIGHT, 144)];
    let warned = |scans, attenuation| {
        let found = summaries(&key, &meeting(&key[0], scans, attenuation), &DAILY_SUMMARIES);
        !days_of_warning(&found).is_empty()
    };
    assert!(warned(3, 70) && !warned(2, 70));
    assert!(warned(2, 60) && !warned(1, 60));
    assert!(warned(2, 50) && !warned(1, 50));
    assert!(!warned(100, 74));
}

#[test]
fn two_short_meetings_with_two_people_add_up_in_a_day() {
    let keys = [key(1, MIDNIGHT, 144), key(2, MIDNIGHT, 144)];
    let mut sightings = meeting(&keys[0], 2, 70);
    assert!(days_of_warning(&summaries(&keys, &sightings, &DAILY_SUMMARIES)).is_empty());
    sightings.extend(meeting(&keys[1], 1, 70));
    assert_eq!(days_of_warning(&summaries(&keys, &sightings, &DAILY_SUMMARIES)), [today()]);
}

#[test]
fn nobody_is_warned_of_a_day_on_which_nobody_was_infectious() {
    let with = |days_since_onset| DiagnosisKey { days_since_onset, ..key(1, MIDNIGHT, 144) };
    for (days, expected) in
        [(Some(-3), 0.0), (Some(-2), 600.0), (Some(8), 600.0), (Some(9), 0.0), (None, 600.0)]
    {
        let key = with(days);
        let sightings = meeting(&key, 2, 70);
        assert_eq!(score(&[key], &sightings), expected, "{days:?}");
    }
}

#[test]
fn only_a_confirmed_test_counts_and_what_was_taken_back_is_not_even_there() {
    let with = |report_type| DiagnosisKey { report_type, ..key(1, MIDNIGHT, 144) };
    let days = |report_type| {
        let key = with(report_type);
        let sightings = meeting(&key, 2, 70);
        summaries(&[key], &sightings, &DAILY_SUMMARIES)
    };
    assert_eq!(days(None)[0].total.score_sum, 600.0);
    assert_eq!(days(Some(ReportType::Unknown))[0].total.score_sum, 600.0);
    let by_word = &days(Some(ReportType::SelfReport))[0];
    assert_eq!((by_word.total.score_sum, by_word.total.weighted_duration_sum), (0.0, 600.0));
    assert_eq!(by_word.by_report_type.keys().collect::<Vec<_>>(), [&ReportType::SelfReport]);
    assert!(days(Some(ReportType::Revoked)).is_empty());
    assert!(days(Some(ReportType::Recursive)).is_empty());
}

#[test]
fn days_longer_ago_than_the_threshold_are_left_out() {
    for (ago, expected) in [(10, 1), (11, 0)] {
        let key = key(1, MIDNIGHT - 144 * ago, 144);
        let sightings = [sighting(&key, MIDNIGHT - 144 * ago, at(MIDNIGHT - 144 * ago, 0), -60)];
        assert_eq!(summaries(&[key], &sightings, &DAILY_SUMMARIES).len(), expected);
    }
}

#[test]
fn a_window_below_the_least_score_counts_for_nothing() {
    let keys = [key(1, MIDNIGHT, 144)];
    let config = DailySummariesConfig { minimum_window_score: 601.0, ..DAILY_SUMMARIES };
    let found = summaries(&keys, &meeting(&keys[0], 2, 70), &config);
    assert_eq!(found[0].total.score_sum, 0.0);
    assert!(found[0].by_report_type.is_empty());
}

#[test]
fn a_day_is_scored_by_its_windows_sum_and_highest() {
    let keys = [key(1, MIDNIGHT, 144)];
    // Nine scans: a window of six and one of three.
    let found = summaries(&keys, &meeting(&keys[0], 9, 70), &DAILY_SUMMARIES);
    let total = found[0].total;
    assert_eq!(
        (total.score_sum, total.maximum_score, total.weighted_duration_sum),
        (2_700.0, 1_800.0, 2_700.0)
    );
}

/// Threat T18: a forger can choose the power, which has no integrity; what no phone sends is left out.
#[test]
fn a_power_that_no_phone_sends_at_is_left_out() {
    let keys = [key(1, MIDNIGHT, 144)];
    for (power, expected) in [(-51, 0), (-50, 1), (20, 1), (21, 0), (127, 0), (-128, 0)] {
        let sightings = [with_power(&keys[0], MIDNIGHT + 60, at(MIDNIGHT + 60, 0), power, -70)];
        assert_eq!(all_heard(&keys, &sightings).len(), expected, "{power} dBm");
    }
}

fn result(sightings: &[(i64, i8)], level: i32, config: &ExposureConfiguration) -> Option<ExposureResult> {
    let level = Some(TransmissionRisk::new(level).unwrap());
    let keys = [DiagnosisKey { transmission_risk: level, ..key(1, MIDNIGHT, 144) }];
    let sightings: Vec<Sighting> = sightings
        .iter()
        .map(|(second, attenuation)| {
            let interval = MIDNIGHT + 60 + u32::try_from(second / 600).unwrap();
            sighting(&keys[0], interval, at(MIDNIGHT + 60, *second), -20 - attenuation)
        })
        .collect();
    let found = all_heard(&keys, &sightings);
    evaluate(found.first()?, config, at(MIDNIGHT + 200, 0))
}

#[test]
fn the_older_model_weighs_attenuation_by_time() {
    // Half a scan before, 10 seconds at the first, 40 at the second, half a scan after.
    let found = result(&[(0, 10), (10, 40), (50, 50)], 1, &EXPOSURE_CONFIGURATION).unwrap();
    let mean: f64 = (150.0 * 10.0 + 10.0 * 10.0 + 40.0 * 40.0 + 150.0 * 50.0) / 350.0;
    assert_eq!(found.records[0].attenuation_db, mean.round() as i32);
    assert_eq!(found.seconds_at, [350, 0, 0]);
}

#[test]
fn a_gap_of_more_than_ten_minutes_begins_a_new_stretch() {
    let stretches = |gap| result(&[(0, 50), (gap, 50)], 1, &EXPOSURE_CONFIGURATION).unwrap().records.len();
    assert_eq!((stretches(600), stretches(601)), (1, 2));
}

#[test]
fn durations_are_rounded_to_five_minutes() {
    let minutes = |last| {
        result(&[(0, 50), (last, 50)], 1, &EXPOSURE_CONFIGURATION).unwrap().records[0].duration_seconds / 60
    };
    assert_eq!([0, 150, 151, 300, 450, 451].map(minutes), [5, 5, 10, 10, 10, 15]);
}

#[test]
fn the_score_is_the_product_of_four_and_0_below_the_least() {
    // Attenuation 50: the fourth bucket; level 4: 8; the other two 1.
    let found = result(&[(0, 50)], 4, &EXPOSURE_CONFIGURATION).unwrap();
    assert_eq!((found.maximum_risk_score, found.total_risk_score), (4 * 8, 4 * 8));
    assert_eq!(result(&[(0, 50)], 1, &EXPOSURE_CONFIGURATION).unwrap().maximum_risk_score, 0);
    assert_eq!(result(&[(0, 50)], 0, &EXPOSURE_CONFIGURATION).unwrap().maximum_risk_score, 0);
    let config = ExposureConfiguration { minimum_risk_score: 4, ..EXPOSURE_CONFIGURATION };
    assert_eq!(result(&[(0, 50)], 0, &config).unwrap().maximum_risk_score, 4);
}

#[test]
fn time_is_split_at_both_thresholds_as_steps_or_straight_lines() {
    let steps = result(&[(0, 60), (100, 70), (200, 64)], 4, &EXPOSURE_CONFIGURATION).unwrap();
    assert_eq!(steps.seconds_at, [150 + 100, 150, 100]);
    let config = ExposureConfiguration { interpolation: Interpolation::Linear, ..EXPOSURE_CONFIGURATION };
    let lines = result(&[(0, 60), (100, 70), (200, 64)], 4, &config).unwrap();
    // Rising, 63 is crossed after 30 seconds and 68 after 80; falling, 68 is crossed after 33.
    assert_eq!(lines.seconds_at, [150 + 30, 50 + 67 + 150, 20 + 33]);
}

#[test]
fn ten_weighted_minutes_are_a_warning_in_the_older_model() {
    let warns = |sightings: &[(i64, i8)]| {
        let found = result(sightings, 4, &EXPOSURE_CONFIGURATION).unwrap();
        BUCKET_WEIGHTS.warns(&found)
    };
    // Five minutes near are 12.5; at a distance they are 2.5.
    assert!(warns(&[(0, 50)]));
    assert!(!warns(&[(0, 65)]));
    assert!(warns(&[(0, 65), (300, 65), (600, 65), (900, 65)]));
}
