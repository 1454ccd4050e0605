//! Which keys of other countries we give to phones here.

use exposure::gateway::{FederatedKey, Onset};
use exposure::{DiagnosisKey, IntervalNumber, ReportType};
use jiff::{SignedDuration, Timestamp};

use super::AGE_DAYS_MAX;

/// The key as phones are given it; nothing if it is not for them. `origins` are the countries whose keys we take.
///
/// Asked for: a positive test, an owner with symptoms or of whom nothing is known, and a stay here or no word of any
/// stay. An onset that is not exact is left out.
#[must_use]
pub fn run(key: &FederatedKey, own: &str, origins: &[&str], now: Timestamp) -> Option<DiagnosisKey> {
    let known = key.origin != own && origins.contains(&key.origin.as_str());
    let here = key.visited_countries.is_empty() || key.visited_countries.iter().any(|one| one == own);
    let without_symptoms =
        matches!(Onset::decode(key.days_since_onset_of_symptoms), Ok(Onset::Asymptomatic { .. }));
    let start = IntervalNumber::new(key.rolling_start_interval_number).start();
    let oldest = now.checked_sub(SignedDuration::from_hours(AGE_DAYS_MAX * 24)).ok()?;
    let young = oldest <= start && start <= now;
    let diagnosis = key.diagnosis().ok()?;
    let confirmed = diagnosis.report_type == Some(ReportType::ConfirmedTest);
    (known && here && !without_symptoms && young && confirmed).then_some(diagnosis)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn now() -> Timestamp {
        "2026-11-21T09:00:00Z".parse().unwrap()
    }

    fn key() -> FederatedKey {
        FederatedKey {
            key_data: vec![7; 16],
            rolling_start_interval_number: IntervalNumber::at(now()).day_start().number() - 288,
            rolling_period: 144,
            transmission_risk_level: 0x7fff_ffff,
            visited_countries: vec![],
            origin: "SE".to_owned(),
            report_type: ReportType::ConfirmedTest.number(),
            days_since_onset_of_symptoms: 2,
        }
    }

    fn accepted(change: impl FnOnce(&mut FederatedKey)) -> Option<DiagnosisKey> {
        let mut key = key();
        change(&mut key);
        run(&key, "DK", &["SE", "DE"], now())
    }

    #[test]
    fn what_is_confirmed_young_and_concerns_us_is_taken_and_nothing_else() {
        assert_eq!(accepted(|_| {}).unwrap().days_since_onset, Some(2));
        for taken in [vec!["DK"], vec!["DE", "DK"]] {
            let taken: Vec<String> = taken.into_iter().map(str::to_owned).collect();
            assert!(accepted(|key| key.visited_countries = taken).is_some());
        }
        assert_eq!(accepted(|key| key.visited_countries = vec!["DE".to_owned()]), None);
        assert_eq!(accepted(|key| key.origin = "DK".to_owned()), None);
        assert_eq!(accepted(|key| key.origin = "FR".to_owned()), None);
        assert_eq!(accepted(|key| key.report_type = 2), None);
        assert_eq!(accepted(|key| key.rolling_period = 145), None);
        assert_eq!(accepted(|key| key.rolling_period = 0), None);
        assert_eq!(accepted(|key| key.key_data.push(1)), None);
        assert_eq!(accepted(|key| key.rolling_start_interval_number -= 144 * 13), None);
        assert_eq!(accepted(|key| key.rolling_start_interval_number += 144 * 3), None);
    }

    #[test]
    fn nobody_without_symptoms_and_an_onset_only_if_it_is_exact() {
        for refused in [2_986, 3_000, 3_014] {
            assert_eq!(accepted(|key| key.days_since_onset_of_symptoms = refused), None);
        }
        for unknown in [15, 21, 100, 2_000, 4_014, 70] {
            let key = accepted(|key| key.days_since_onset_of_symptoms = unknown).unwrap();
            assert_eq!(key.days_since_onset, None, "{unknown}");
        }
        for exact in [-14, 0, 14] {
            let key = accepted(|key| key.days_since_onset_of_symptoms = exact).unwrap();
            assert_eq!(key.days_since_onset, Some(exact));
        }
    }
}
