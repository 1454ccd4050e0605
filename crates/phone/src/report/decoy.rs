//! Decoys: the three questions of a report with nothing in them, now and then, from every phone. Whoever watches the
//! network learns from a report nothing but that there is a phone.
//!
//! A decoy takes the same steps with the same waits, also after a question in vain, and each of its questions is as long on
//! the wire as a real one: the header that says that it is a decoy is taken off its body. A report that is refused goes on
//! as a decoy, so that both ask three questions whatever is answered.

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use exposure::{DiagnosisKey, IntervalNumber, Random, RollingPeriod, TemporaryExposureKey};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

use super::steps::{CERTIFICATE_LIVES, MOST_TRIES, again, usable};
use super::{WAIT, after, wire};
use crate::dice;
use crate::network::{Network, Question, Server};
use crate::warnings::HOURS;

/// On average so long lies between two decoys of a phone.
const EVERY_HOURS: f64 = 24.0;
const EVERY_HOURS_AT_MOST: f64 = 24.0 * 7.0;
/// Of those that fall into the night so many stay there: a report begins at once, and some people report at night.
const STAY_AT_NIGHT: f64 = 0.25;
/// The upload.
const LAST_STEP: u32 = 3;

/// When the next decoy begins, or the next question of the one that has begun.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Decoy {
    /// When.
    pub next: Timestamp,
    /// Which of three, from 1.
    step: u32,
    tries: u32,
    /// Until when a certificate would be used, once there would be one.
    until: Timestamp,
}

impl Decoy {
    /// The first decoy of a phone: after a time that nobody can foretell, more often at an hour when people are awake.
    #[must_use]
    pub fn first(now: Timestamp, zone: &TimeZone, random: &mut Random<'_>) -> Self {
        let hours = (-dice::fraction(random).ln() * EVERY_HOURS).min(EVERY_HOURS_AT_MOST);
        let wait =
            SignedDuration::try_from_secs_f64(hours * 3_600.0).unwrap_or(SignedDuration::from_hours(24));
        let next = mostly_by_day(after(now, wait), zone, random);
        Self { next, step: 1, tries: 0, until: Timestamp::MAX }
    }

    /// The questions that are left when this step of three is answered, of a decoy or of a report that ended with it.
    pub(super) fn of_the_rest(step: u32, now: Timestamp, random: &mut Random<'_>) -> Option<Self> {
        (step < LAST_STEP).then(|| Self {
            next: after(now, dice::duration(random, WAIT.0, WAIT.1)),
            step: step + 1,
            tries: 0,
            until: after(now, CERTIFICATE_LIVES),
        })
    }

    /// Whether some of its three questions are asked.
    #[must_use]
    pub const fn has_begun(&self) -> bool {
        self.step > 1
    }

    /// Asks the next question. What is answered is thrown away; only whether it was an answer says when it goes on, as
    /// with a report.
    #[must_use]
    pub fn go_on(
        self,
        network: &mut dyn Network,
        authority: &str,
        zone: &TimeZone,
        now: Timestamp,
        random: &mut Random<'_>,
    ) -> Self {
        if self.step == LAST_STEP && now >= self.until {
            return Self::first(now, zone, random);
        }
        let (server, path, body) = match self.step {
            1 => {
                let code = format!("{:08}", dice::between(random, 0, 99_999_999));
                let question = wire::Verify { code: &code, accept: ["confirmed"] };
                let body = wire::padded_as_decoy(&question, &wire::VERIFICATION_BYTES, random);
                (Server::Verification, "/api/verify", body)
            }
            2 => {
                let token = URL_SAFE_NO_PAD.encode(dice::bytes(random, 48));
                let question =
                    wire::Certify { token: &token, ekeyhmac: STANDARD.encode(dice::bytes(random, 32)) };
                let body = wire::padded_as_decoy(&question, &wire::VERIFICATION_BYTES, random);
                (Server::Verification, "/api/certificate", body)
            }
            _ => {
                let question = upload(authority, now, random);
                let body = wire::padded_as_decoy(&question, &wire::PUBLISH_BYTES, random);
                (Server::Keys, "/v1/publish", body)
            }
        };
        let question = Question { is_decoy: true, ..Question::send(server, path, &body) };
        match usable(network.ask(&question)) {
            None if self.tries + 1 >= MOST_TRIES => Self::first(now, zone, random),
            None => Self { next: again(now, self.tries, random), tries: self.tries + 1, ..self },
            Some(_) => {
                Self::of_the_rest(self.step, now, random).unwrap_or_else(|| Self::first(now, zone, random))
            }
        }
    }
}

/// Fourteen keys that nobody ever called out, under a certificate that is none.
fn upload<'a>(authority: &'a str, now: Timestamp, random: &mut Random<'_>) -> wire::Publish<'a> {
    let today = IntervalNumber::at(now).day_start();
    let keys: Vec<wire::Key> = (0..14)
        .map(|days| DiagnosisKey {
            key: TemporaryExposureKey::random(random),
            start: today.minus(days * exposure::interval::INTERVALS_PER_DAY),
            period: RollingPeriod::FULL,
            report_type: None,
            days_since_onset: None,
            transmission_risk: None,
        })
        .map(|key| wire::Key::from(&key))
        .collect();
    wire::Publish {
        temporary_exposure_keys: keys,
        health_authority: authority,
        verification_payload: "e30.e30.e30",
        hmac_key: "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
        symptom_onset_interval: None,
        traveler: false,
        visited_countries: &[],
        revision_token: None,
    }
}

/// The same moment if it is by day on the owner's clock, and now and then at night; else another, spread over the next day.
fn mostly_by_day(moment: Timestamp, zone: &TimeZone, random: &mut Random<'_>) -> Timestamp {
    let local = moment.to_zoned(zone.clone());
    if HOURS.contains(&local.hour()) || dice::fraction(random) <= STAY_AT_NIGHT {
        return moment;
    }
    let minutes = i64::from(HOURS.end - HOURS.start) * 60;
    let drawn = dice::between(random, 0, u64::try_from(minutes - 1).unwrap_or(0));
    let morning = i64::from(HOURS.start) * 60 + i64::try_from(drawn).unwrap_or(0);
    let midnight = if local.hour() < HOURS.start {
        local.date()
    } else {
        local.date().tomorrow().unwrap_or(local.date())
    };
    let wanted = midnight.at(0, 0, 0, 0).checked_add(SignedDuration::from_mins(morning));
    let zoned = wanted.and_then(|wanted| wanted.to_zoned(zone.clone()));
    zoned.map_or(moment, |zoned| zoned.timestamp())
}
