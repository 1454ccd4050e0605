//! Which keys of ours may go to the gateway, and how they look there.

use exposure::gateway::{FederatedKey, Onset, UNKNOWN_RISK, validate};
use exposure::{IntervalNumber, ReportType};
use jiff::{SignedDuration, Timestamp};

use super::AGE_DAYS_MAX;

/// While a phone with a wrong clock may still believe it, a key could be called out by somebody else.
const EMBARGO_HOURS: i64 = 2;

/// The key as it goes up: without the level of risk, which countries read differently, and without our own country
/// among those visited. Nothing if it may not go up, or not yet.
///
/// Keys of one person begin at the same midnights and arrive together; whoever uploads sorts them by the key itself,
/// which is random.
#[must_use]
pub fn run(key: &FederatedKey, own: &str, now: Timestamp) -> Option<FederatedKey> {
    let end = IntervalNumber::new(key.rolling_start_interval_number).plus(key.rolling_period).start();
    let start = IntervalNumber::new(key.rolling_start_interval_number).start();
    let harmless = end.checked_add(SignedDuration::from_hours(EMBARGO_HOURS)).ok()?;
    let oldest = now.checked_sub(SignedDuration::from_hours(AGE_DAYS_MAX * 24)).ok()?;
    // Zero days is also what a country reads that asks for nothing: only a known onset goes up.
    let exact = matches!(Onset::decode(key.days_since_onset_of_symptoms), Ok(Onset::Exact { days }) if days.abs() <= 14);
    let fits = key.origin == own
        && exact
        && ReportType::from_number(key.report_type) == Some(ReportType::ConfirmedTest)
        && start >= oldest
        && harmless <= now;
    if !fits {
        return None;
    }
    let mut sent = key.clone();
    sent.transmission_risk_level = UNKNOWN_RISK;
    sent.visited_countries.retain(|country| country != own);
    sent.visited_countries.sort_unstable();
    sent.visited_countries.dedup();
    validate(&sent, now).is_ok().then_some(sent)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn now() -> Timestamp {
        "2026-11-21T09:00:00Z".parse().unwrap()
    }

    fn key(days_ago: u32) -> FederatedKey {
        FederatedKey {
            key_data: vec![7; 16],
            rolling_start_interval_number: IntervalNumber::at(now()).day_start().number() - 144 * days_ago,
            rolling_period: 144,
            transmission_risk_level: 3,
            visited_countries: vec!["SE".to_owned(), "DK".to_owned(), "DE".to_owned(), "SE".to_owned()],
            origin: "DK".to_owned(),
            report_type: ReportType::ConfirmedTest.number(),
            days_since_onset_of_symptoms: 2,
        }
    }

    #[test]
    fn a_key_goes_up_without_its_level_and_without_our_own_country() {
        let sent = run(&key(2), "DK", now()).unwrap();
        assert_eq!(sent.transmission_risk_level, UNKNOWN_RISK);
        assert_eq!(sent.visited_countries, ["DE", "SE"]);
    }

    #[test]
    fn only_keys_of_ours_that_are_confirmed_dated_young_and_past_their_embargo_go_up() {
        let with = |change: fn(&mut FederatedKey)| {
            let mut key = key(2);
            change(&mut key);
            run(&key, "DK", now())
        };
        assert!(with(|_| {}).is_some());
        assert_eq!(with(|key| key.origin = "SE".to_owned()), None);
        assert_eq!(with(|key| key.report_type = ReportType::SelfReport.number()), None);
        assert_eq!(with(|key| key.days_since_onset_of_symptoms = 2_003), None);
        assert_eq!(with(|key| key.days_since_onset_of_symptoms = 15), None);
        assert_eq!(with(|key| key.visited_countries = vec!["Sverige".to_owned()]), None);
        assert_eq!(with(|key| key.key_data = vec![7; 15]), None);
        assert!(run(&key(13), "DK", now()).is_some());
        assert_eq!(run(&key(15), "DK", now()), None);
        // Yesterday's key ended at midnight and is free at two; today's is still in use.
        assert!(run(&key(1), "DK", now()).is_some());
        assert_eq!(run(&key(1), "DK", "2026-11-21T01:59:59Z".parse().unwrap()), None);
        assert_eq!(run(&key(0), "DK", now()), None);
    }
}
