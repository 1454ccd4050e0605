//! The steps of a report: what is asked, what the answer means, and when it goes on.

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use exposure::publish::{Form, keys_mac};
use exposure::{Day, DiagnosisKey, IntervalNumber, Random};
use jiff::{SignedDuration, Timestamp};
use serde::Deserialize;

use super::{Decoy, Details, Ending, Outcome, Released, Report, Step, WAIT, after, wire};
use crate::dice;
use crate::network::{Answer, Network, NetworkError, Question, Server};
use crate::phone::{Phone, PhoneError};
use crate::sealed::WrittenKey;
use crate::state::State;

/// After a failure, doubled each time.
const RETRY: SignedDuration = SignedDuration::from_secs(30);
const RETRY_AT_MOST: SignedDuration = SignedDuration::from_hours(1);
/// For so long one program has a step to itself; a question takes less.
const LEASE: SignedDuration = SignedDuration::from_secs(60);
/// A token lives for a day; after so many failures the report is given up.
pub(super) const MOST_TRIES: u32 = 30;
/// How long a certificate is used if it does not say itself.
pub(super) const CERTIFICATE_LIVES: SignedDuration = SignedDuration::from_mins(15);
/// What the key server says of a certificate that is over, not for these keys, or was used for others.
const CERTIFICATE_INVALID: &str = "health_authority_verification_certificate_invalid";
/// What the key server says when it has one of the keys already. It has taken none of the others then.
const KEY_KNOWN: &str = "missing_revision_token";

enum Next {
    Step(Step),
    Again,
    /// The code, or the token that stands for it, does not hold.
    CodeRefused,
    /// The server has the keys, and this is its token for the next upload.
    Published(Option<String>),
    /// The server had keys of an earlier try, which end by then, and took none now.
    HadUntil(IntervalNumber),
    End(Ending),
}

impl Phone {
    /// Takes the next step of a report, if one is due. If it ends before its last question, what is left of the three
    /// is a decoy: else whoever watches the line would see that somebody was refused.
    ///
    /// # Errors
    /// When there is no consent, or the step cannot be kept; then it is not taken.
    pub fn reports_on(
        &mut self,
        network: &mut dyn Network,
        authority: &str,
        now: Timestamp,
        random: &mut Random<'_>,
    ) -> Result<Option<Decoy>, PhoneError> {
        let state = self.state()?;
        let revision_token = state.revision_token.clone();
        let maybe_sent_until = state.maybe_sent_until.first().copied();
        let Some(report) = state.report.as_mut().filter(|report| report.next <= now) else {
            return Ok(None);
        };
        let before = report.clone();
        report.was_asked = true;
        // Nobody else on this folder asks the same meanwhile; whoever is killed here goes on after it.
        report.next = after(now, LEASE);
        self.keep(random)?;
        let next = match &before.step {
            Step::Verify { code } => self.verify(network, code, now, random)?,
            Step::Certify { token, released } => certify(network, token, released, now, random),
            Step::Publish { certificate, until, released } => {
                let upload = Upload {
                    authority,
                    certificate,
                    until: *until,
                    released,
                    details: &before.details,
                    revision_token: revision_token.as_deref(),
                    was_asked: before.was_asked,
                    maybe_sent_until,
                };
                upload.publish(network, now, random)
            }
        };
        self.goes_on(&before, next, now, random)
    }

    fn verify(
        &mut self,
        network: &mut dyn Network,
        code: &str,
        now: Timestamp,
        random: &mut Random<'_>,
    ) -> Result<Next, PhoneError> {
        let question = wire::Verify { code, accept: ["confirmed"] };
        let body = wire::padded(&question, &wire::VERIFICATION_BYTES, random);
        let answer = network.ask(&Question::send(Server::Verification, "/api/verify", &body));
        let Some(answer) = usable(answer) else { return Ok(Next::Again) };
        if let Some(refusal) = refusal(&answer) {
            let no_test = answer.status == 412 || refusal.code() == "unsupported_test_type";
            return Ok(if no_test { Next::End(Ending::NotConfirmed) } else { Next::CodeRefused });
        }
        let Ok(wire::Verified { token }) = answer.json() else { return Ok(Next::Again) };
        // Only now, when the authority has confirmed the test, are keys let go of.
        let released = Released::new(self.releases_new(now)?, random);
        if released.keys.is_empty() {
            // All were sent before.
            return Ok(Next::End(Ending::Sent));
        }
        Ok(Next::Step(Step::Certify { token, released }))
    }

    fn goes_on(
        &mut self,
        before: &Report,
        next: Next,
        now: Timestamp,
        random: &mut Random<'_>,
    ) -> Result<Option<Decoy>, PhoneError> {
        let was_answered = !matches!(next, Next::Again);
        let state = self.state()?;
        match next {
            Next::Step(step) => {
                let next = after(now, dice::duration(random, WAIT.0, WAIT.1));
                let details = before.details.clone();
                state.report = Some(Report { details, step, next, tries: 0, was_asked: false });
            }
            Next::Again if before.tries + 1 >= MOST_TRIES => {
                let ending = match before.step {
                    Step::Publish { .. } => Ending::Unknown,
                    Step::Verify { .. } | Step::Certify { .. } => Ending::GivenUp,
                };
                state.ends(before, ending, now);
            }
            Next::Again => {
                let next = again(now, before.tries, random);
                let tries = before.tries + 1;
                state.report = Some(Report { next, tries, was_asked: true, ..before.clone() });
            }
            Next::Published(token) => {
                state.ends(before, Ending::Sent, now);
                // The token before covers fewer keys, and is better than none.
                state.revision_token = token.or(state.revision_token.take());
            }
            Next::HadUntil(until) => {
                let rest = before.released_until().filter(|last| *last > until);
                state.ends(before, if rest.is_some() { Ending::RestNotSent } else { Ending::Sent }, now);
                state.sent(until, now);
                // The first try of this one may have been taken, where the server had nothing before.
                state.maybe_sent(rest.filter(|_| before.was_asked));
            }
            // It may have been used by a try whose answer was lost.
            Next::CodeRefused if before.was_asked => state.ends(before, Ending::AnswerLost, now),
            Next::CodeRefused => state.ends(before, Ending::CodeRefused, now),
            Next::End(ending) => state.ends(before, ending, now),
        }
        let has_ended = was_answered && state.report.is_none();
        self.keep(random)?;
        Ok(if has_ended { Decoy::of_the_rest(before.step.number(), now, random) } else { None })
    }
}

impl State {
    fn ends(&mut self, report: &Report, ending: Ending, now: Timestamp) {
        // What the owner said about the illness goes with the report.
        self.report = None;
        self.outcome = Some(Outcome { ending, at: now });
        // Where all keys had been sent before, nothing was sent now.
        let Some(until) = report.released_until() else { return };
        match ending {
            Ending::Sent => self.sent(until, now),
            Ending::Unknown => self.maybe_sent(Some(until)),
            Ending::CodeRefused
            | Ending::AnswerLost
            | Ending::NotConfirmed
            | Ending::UploadRefused
            | Ending::RestNotSent
            | Ending::GivenUp => {}
        }
    }

    /// Own keys that ended by then are published.
    fn sent(&mut self, until: IntervalNumber, now: Timestamp) {
        self.sent_until = self.sent_until.max(Some(until));
        self.maybe_sent_until.retain(|maybe| *maybe > until);
        self.sent_at = Some(now);
    }

    /// Own keys that ended by then may be published.
    fn maybe_sent(&mut self, until: Option<IntervalNumber>) {
        self.maybe_sent_until.extend(until);
        self.maybe_sent_until.sort_unstable();
        self.maybe_sent_until.dedup();
    }
}

impl Report {
    /// The end of the last key that goes out, if any does.
    fn released_until(&self) -> Option<IntervalNumber> {
        let keys = match &self.step {
            Step::Verify { .. } => Vec::new(),
            Step::Certify { released, .. } | Step::Publish { released, .. } => released.keys(),
        };
        keys.iter().map(DiagnosisKey::end).max()
    }
}

/// When a question that was asked in vain so often before is asked again.
pub(super) fn again(now: Timestamp, tries: u32, random: &mut Random<'_>) -> Timestamp {
    let doubled = RETRY.checked_mul(1 << tries.min(8)).unwrap_or(RETRY_AT_MOST);
    let wait = doubled.min(RETRY_AT_MOST);
    after(now, dice::duration(random, wait, wait.saturating_add(RETRY)))
}

impl Released {
    fn new(keys: Vec<DiagnosisKey>, random: &mut Random<'_>) -> Self {
        let secret = STANDARD.encode(dice::bytes(random, 32));
        Self { keys: keys.iter().map(WrittenKey::from).collect(), secret }
    }

    fn keys(&self) -> Vec<DiagnosisKey> {
        self.keys.iter().filter_map(WrittenKey::to_diagnosis_key).collect()
    }

    /// What stands for the keys where nobody may see them.
    fn mac(&self) -> String {
        let secret = STANDARD.decode(&self.secret).unwrap_or_default();
        STANDARD.encode(keys_mac(&secret, &self.keys(), Form::WithRisk))
    }
}

fn certify(
    network: &mut dyn Network,
    token: &str,
    released: &Released,
    now: Timestamp,
    random: &mut Random<'_>,
) -> Next {
    let question = wire::Certify { token, ekeyhmac: released.mac() };
    let body = wire::padded(&question, &wire::VERIFICATION_BYTES, random);
    let answer = network.ask(&Question::send(Server::Verification, "/api/certificate", &body));
    let Some(answer) = usable(answer) else { return Next::Again };
    if refusal(&answer).is_some() {
        return Next::CodeRefused;
    }
    let Ok(wire::Certified { certificate }) = answer.json() else { return Next::Again };
    let lives = expires(&certificate).unwrap_or_else(|| after(now, CERTIFICATE_LIVES));
    let until = lives.min(after(now, CERTIFICATE_LIVES));
    Next::Step(Step::Publish { certificate, until, released: released.clone() })
}

/// An upload with its certificate.
struct Upload<'a> {
    authority: &'a str,
    certificate: &'a str,
    until: Timestamp,
    released: &'a Released,
    details: &'a Details,
    revision_token: Option<&'a str>,
    /// Whether it was sent before and its answer lost.
    was_asked: bool,
    /// What the earliest of which nothing is known may have brought.
    maybe_sent_until: Option<IntervalNumber>,
}

impl Upload<'_> {
    fn publish(&self, network: &mut dyn Network, now: Timestamp, random: &mut Random<'_>) -> Next {
        if now >= self.until {
            return Next::End(if self.was_asked { Ending::Unknown } else { Ending::GivenUp });
        }
        let body = wire::padded(&self.question(), &wire::PUBLISH_BYTES, random);
        let answer = network.ask(&Question::send(Server::Keys, "/v1/publish", &body));
        let Some(answer) = usable(answer) else { return Next::Again };
        match refusal(&answer) {
            None => match answer.json::<wire::Published>() {
                Ok(published) => {
                    let _inserted = published.inserted_exposures;
                    let token = published.revision_token;
                    Next::Published(token.filter(|token| token.len() <= wire::TOKEN_BYTES_MAX))
                }
                Err(_) => Next::Again,
            },
            Some(refusal) if refusal.code() == KEY_KNOWN => {
                self.had_until().map_or(Next::End(Ending::UploadRefused), Next::HadUntil)
            }
            // It may be over by the server's clock; whether the first try had been in time nobody says.
            Some(refusal) if self.was_asked && refusal.code() == CERTIFICATE_INVALID => {
                Next::End(Ending::Unknown)
            }
            Some(_) => Next::End(Ending::UploadRefused),
        }
    }

    /// What the server has for certain, where it knows a key. Each upload has all keys that are not known to be sent, so
    /// whichever arrived had those of the earliest in it, and with them in it none after that was taken. Where there was
    /// none before, it was the first try of this one.
    fn had_until(&self) -> Option<IntervalNumber> {
        let last = || self.released.keys().iter().map(DiagnosisKey::end).max();
        self.maybe_sent_until.or_else(|| self.was_asked.then(last).flatten())
    }

    fn question(&self) -> wire::Publish<'_> {
        wire::Publish {
            temporary_exposure_keys: self.released.keys().iter().map(wire::Key::from).collect(),
            health_authority: self.authority,
            verification_payload: self.certificate,
            hmac_key: &self.released.secret,
            symptom_onset_interval: self
                .details
                .symptoms
                .map(|day| IntervalNumber::at(Day::new(day).start()).number()),
            traveler: !self.details.visited.is_empty(),
            visited_countries: &self.details.visited,
            revision_token: self.revision_token,
        }
    }
}

/// An answer of the server itself; without one the same is asked again.
pub(super) fn usable(answer: Result<Answer, NetworkError>) -> Option<Answer> {
    let answer = answer.ok().filter(|answer| answer.status != 429 && answer.status < 500)?;
    // Neither a redirection nor a web page is the server's word, whatever its status.
    answer.json::<serde_json::Map<String, serde_json::Value>>().is_ok().then_some(answer)
}

/// What the server says when it says no.
fn refusal(answer: &Answer) -> Option<wire::Refusal> {
    if (200..300).contains(&answer.status) { None } else { answer.json().ok() }
}

/// When a certificate says that it ends. The phone does not check it; the server that takes it does.
fn expires(certificate: &str) -> Option<Timestamp> {
    #[derive(Deserialize)]
    struct Claims {
        exp: i64,
    }
    let claims = certificate.split('.').nth(1)?;
    let claims: Claims = serde_json::from_slice(&URL_SAFE_NO_PAD.decode(claims).ok()?).ok()?;
    Timestamp::from_second(claims.exp).ok()
}
