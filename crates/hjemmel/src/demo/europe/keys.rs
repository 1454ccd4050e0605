//! Rolling IDs of people who warn others, in three countries: which there are on a day follows from the seed.

use exposure::export::publishable_from;
use exposure::gateway::{FederatedKey, UNKNOWN_RISK};
use exposure::publish::{Form, keys_mac};
use exposure::{DiagnosisKey, IntervalNumber, ReportType, RollingPeriod, TemporaryExposureKey};
use jiff::Timestamp;
use services::Call;
use services::smittestop::keys::publish::{self, Request, SentKey};
use services::smittestop::keys::{Certificate, ReportKind};
use zeroize::Zeroizing;

use super::super::dice::Dice;

/// Days of which keys may lie in the gateway.
const DAYS: u32 = 13;
/// Keys that each person has: of the days before the one on which she warns.
const KEYS_EACH: u32 = 5;
/// So many days before she warns, she fell ill.
const ONSET_BEFORE: u32 = 3;
/// Intervals of a day.
const DAY: u32 = 144;
/// Purposes of the dice.
const WHO: u32 = 90;
const KEY: u32 = 91;
const WRONG: u32 = 92;

/// A country abroad: two letters, and from how many to how many people warn in it on a day.
#[derive(Clone, Copy, Debug)]
pub(super) struct Abroad {
    pub(super) country: &'static str,
    pub(super) least: i64,
    pub(super) most: i64,
}

/// The neighbours.
pub(super) const ABROAD: [Abroad; 2] =
    [Abroad { country: "SE", least: 4, most: 9 }, Abroad { country: "DE", least: 9, most: 22 }];

/// People who warn in Denmark on a day.
const AT_HOME: Abroad = Abroad { country: "DK", least: 2, most: 5 };

fn number_of(country: &str, day: u32) -> u64 {
    let [first, second, ..] = *country.as_bytes() else { return 0 };
    (u64::from(first) << 40) | (u64::from(second) << 32) | u64::from(day)
}

fn people(seed: u64, of: Abroad, day: u32) -> u64 {
    let many = Dice::of(seed, WHO, number_of(of.country, day)).between(of.least, of.most);
    u64::try_from(many).unwrap_or(0)
}

/// Sixteen bytes that follow from the seed, the country, the day, the person and which of her keys it is.
fn bytes(seed: u64, purpose: u32, number: u64, person: u64, key: u32) -> [u8; 16] {
    let mut dice = Dice::of(seed ^ person.wrapping_mul(0x9e37_79b9_7f4a_7c15), purpose + key * 100, number);
    let mut bytes = [0; 16];
    dice.fill(&mut bytes);
    bytes
}

/// The keys that a country may have to give at a time: of everybody who has warned in the last two weeks.
pub(super) fn abroad(seed: u64, of: Abroad, now: Timestamp) -> Vec<FederatedKey> {
    let today = IntervalNumber::at(now).day_start().number() / DAY;
    let mut keys = Vec::new();
    for day in today.saturating_sub(DAYS)..=today {
        for person in 0..people(seed, of, day) {
            let number = number_of(of.country, day);
            let visited = if person % 3 == 0 { vec!["DK".to_owned()] } else { Vec::new() };
            for ago in 1..=KEYS_EACH {
                let data = bytes(seed, KEY, number, person, ago);
                keys.push(key(data, of.country, (day, ago), visited.clone()));
            }
        }
    }
    keys
}

fn key(data: [u8; 16], country: &str, (day, ago): (u32, u32), visited: Vec<String>) -> FederatedKey {
    FederatedKey {
        key_data: data.to_vec(),
        rolling_start_interval_number: day.saturating_sub(ago) * DAY,
        rolling_period: DAY,
        transmission_risk_level: UNKNOWN_RISK,
        visited_countries: visited,
        origin: country.to_owned(),
        report_type: ReportType::ConfirmedTest.number(),
        days_since_onset_of_symptoms: i32::try_from(ONSET_BEFORE).unwrap_or(0)
            - i32::try_from(ago).unwrap_or(0),
    }
}

/// Keys that a country has never sent, each time others.
pub(super) fn never_sent(
    seed: u64,
    country: &str,
    many: usize,
    time: u64,
    now: Timestamp,
) -> Vec<FederatedKey> {
    let today = IntervalNumber::at(now).day_start().number() / DAY;
    let one = |person: u64| {
        let data = bytes(seed, WRONG, time, person, 0);
        key(data, country, (today, 2), Vec::new())
    };
    (0..many as u64).map(one).collect()
}

/// Somebody in Denmark who warns on a day, as her phone sends it.
struct Phone {
    keys: Vec<DiagnosisKey>,
    secret: [u8; 16],
    certificate: String,
}

fn phone(seed: u64, day: u32, person: u64) -> Phone {
    let number = number_of(AT_HOME.country, day);
    let key = |ago: u32| DiagnosisKey {
        key: TemporaryExposureKey::new(bytes(seed, KEY, number, person, ago)),
        start: IntervalNumber::new(day.saturating_sub(ago) * DAY),
        period: RollingPeriod::FULL,
        report_type: None,
        days_since_onset: None,
        transmission_risk: None,
    };
    Phone {
        keys: (1..=KEYS_EACH).map(key).collect(),
        secret: bytes(seed, KEY, number, person, 20),
        certificate: exposure::key::to_hex(&bytes(seed, KEY, number, person, 21)),
    }
}

/// Those who warn in Denmark on a day send what their phones have. Who has done so already does it once.
pub(super) fn at_home(
    at: &Call<'_>,
    settings: &publish::Settings,
    seed: u64,
    day: Timestamp,
) -> Result<(), register::Unavailable> {
    let number = IntervalNumber::at(day).day_start().number() / DAY;
    for person in 0..people(seed, AT_HOME, number) {
        let phone = phone(seed, number, person);
        let too_early = |key: &DiagnosisKey| publishable_from(key, at.now()) > at.now();
        if phone.keys.iter().any(too_early) {
            continue;
        }
        match publish::run(at, request(at, &phone, number), settings) {
            // What cannot be taken was taken before, or comes too late.
            Ok(_) | Err(services::Error::Not(_) | services::Error::Conflict(_)) => {}
            Err(services::Error::Unavailable(problem)) => return Err(problem),
            Err(other) => return Err(register::Unavailable::Undeclared(other.to_string())),
        }
    }
    Ok(())
}

fn request(at: &Call<'_>, phone: &Phone, day: u32) -> Request {
    let now = at.now().as_second();
    let sent = |key: &DiagnosisKey| SentKey {
        key: key.key.reveal_base64(),
        start: key.start.number().into(),
        period: i64::from(DAY),
        risk: 0,
    };
    Request {
        keys: phone.keys.iter().map(sent).collect(),
        certificate: Certificate {
            id: phone.certificate.clone(),
            issued_at: now,
            not_before: now,
            expires_at: now + 600,
            report: ReportKind::Confirmed,
            onset: Some(day.saturating_sub(ONSET_BEFORE) * DAY),
            keys_mac: keys_mac(&phone.secret, &phone.keys, Form::WithRisk).to_vec(),
        },
        hmac_key: Zeroizing::new(phone.secret.to_vec()),
        onset: None,
        countries: Vec::new(),
        revision_token: Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn now() -> Timestamp {
        "2026-11-21T09:00:00Z".parse().unwrap()
    }

    #[test]
    fn the_keys_of_a_country_follow_from_the_seed_and_no_two_are_equal() {
        let keys = |seed| ABROAD.map(|of| abroad(seed, of, now())).concat();
        assert_eq!(keys(1), keys(1));
        assert_ne!(keys(1), keys(2));
        let mut all: Vec<_> = keys(1).into_iter().map(|key| key.key_data).collect();
        let before = all.len();
        all.sort();
        all.dedup();
        assert!(before > 500 && all.len() == before, "{before}");
    }

    #[test]
    fn a_day_later_most_of_the_keys_are_the_same() {
        let se = ABROAD[0];
        let today = abroad(1, se, now());
        let tomorrow = abroad(1, se, now().checked_add(jiff::SignedDuration::from_hours(24)).unwrap());
        let same = tomorrow.iter().filter(|key| today.contains(key)).count();
        assert!(same > today.len() * 8 / 10 && same < tomorrow.len());
    }
}
