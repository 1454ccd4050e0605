//! The steps of a report: what is asked, what the answer means, and when it goes on.

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use exposure::publish::{Form, keys_mac};
use exposure::{Day, DiagnosisKey, IntervalNumber, Random};
use jiff::{SignedDuration, Timestamp};
use serde::Deserialize;

use super::{Details, Ending, Outcome, Released, Report, Step, WAIT, after, wire};
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
const MOST_TRIES: u32 = 30;
/// How long a certificate is used if it does not say itself.
const CERTIFICATE_LIVES: SignedDuration = SignedDuration::from_mins(15);
/// What the key server says of a certificate that it has taken before.
const CERTIFICATE_USED: &str = "health_authority_verification_certificate_invalid";

enum Next {
    Step(Step),
    Again,
    /// The server has the keys, and this is its token for the next upload.
    Published(Option<String>),
    End(Ending),
}

impl Phone {
    /// Takes the next step of a report, if one is due.
    ///
    /// # Errors
    /// When there is no consent, or the step cannot be kept; then it is not taken.
    pub fn reports_on(
        &mut self,
        network: &mut dyn Network,
        authority: &str,
        now: Timestamp,
        random: &mut Random<'_>,
    ) -> Result<(), PhoneError> {
        let state = self.state()?;
        let revision_token = state.revision_token.clone();
        let Some(report) = state.report.as_mut().filter(|report| report.next <= now) else { return Ok(()) };
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
                };
                upload.publish(network, before.was_asked, now, random)
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
        let answer = match usable(answer) {
            Ok(answer) => answer,
            Err(next) => return Ok(next),
        };
        if let Some(refusal) = refusal(&answer) {
            let no_test = answer.status == 412 || refusal.code() == "unsupported_test_type";
            return Ok(Next::End(if no_test { Ending::NotConfirmed } else { Ending::CodeRefused }));
        }
        let Ok(wire::Verified { token }) = answer.json() else { return Ok(Next::Again) };
        // Only now, when the authority has confirmed the test, are keys let go of.
        let released = Released::new(self.releases_new(now)?, random);
        Ok(Next::Step(Step::Certify { token, released }))
    }

    fn goes_on(
        &mut self,
        before: &Report,
        next: Next,
        now: Timestamp,
        random: &mut Random<'_>,
    ) -> Result<(), PhoneError> {
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
                let doubled = RETRY.checked_mul(1 << before.tries.min(8)).unwrap_or(RETRY_AT_MOST);
                let wait = doubled.min(RETRY_AT_MOST);
                let next = after(now, dice::duration(random, wait, wait.saturating_add(RETRY)));
                let tries = before.tries + 1;
                state.report = Some(Report { next, tries, was_asked: true, ..before.clone() });
            }
            Next::Published(token) => {
                state.ends(before, Ending::Sent, now);
                // The token before covers fewer keys, and is better than none.
                state.revision_token = token.or(state.revision_token.take());
            }
            Next::End(ending) => state.ends(before, ending, now),
        }
        self.keep(random)
    }
}

impl State {
    fn ends(&mut self, report: &Report, ending: Ending, now: Timestamp) {
        // What the owner said about the illness goes with the report.
        self.report = None;
        self.outcome = Some(Outcome { ending, at: now });
        // Where all keys had been sent before, nothing was sent now.
        let sent = report.released_until().filter(|_| ending == Ending::Sent);
        if sent.is_some() {
            self.sent_until = self.sent_until.max(sent);
            self.sent_at = Some(now);
        }
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
    if released.keys.is_empty() {
        // All were sent before.
        return Next::End(Ending::Sent);
    }
    let question = wire::Certify { token, ekeyhmac: released.mac() };
    let body = wire::padded(&question, &wire::VERIFICATION_BYTES, random);
    let answer = network.ask(&Question::send(Server::Verification, "/api/certificate", &body));
    let answer = match usable(answer) {
        Ok(answer) => answer,
        Err(next) => return next,
    };
    if refusal(&answer).is_some() {
        return Next::End(Ending::CodeRefused);
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
}

impl Upload<'_> {
    fn publish(
        &self,
        network: &mut dyn Network,
        was_asked: bool,
        now: Timestamp,
        random: &mut Random<'_>,
    ) -> Next {
        if now >= self.until {
            return Next::End(if was_asked { Ending::Unknown } else { Ending::GivenUp });
        }
        let body = wire::padded(&self.question(), &wire::PUBLISH_BYTES, random);
        let answer = network.ask(&Question::send(Server::Keys, "/v1/publish", &body));
        let answer = match usable(answer) {
            Ok(answer) => answer,
            Err(next) => return next,
        };
        match refusal(&answer) {
            None => match answer.json::<wire::Published>() {
                Ok(published) => {
                    let _inserted = published.inserted_exposures;
                    let token = published.revision_token;
                    Next::Published(token.filter(|token| token.len() <= wire::TOKEN_BYTES_MAX))
                }
                Err(_) => Next::Again,
            },
            // The server has these very keys already.
            Some(refusal) if refusal.code() == "missing_revision_token" => Next::End(Ending::Sent),
            // The certificate was good, it is ours alone and not too old: it was used by our first try.
            Some(refusal) if was_asked && refusal.code() == CERTIFICATE_USED => Next::End(Ending::Sent),
            Some(_) => Next::End(Ending::UploadRefused),
        }
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

/// An answer of the server itself, or what to do without one.
fn usable(answer: Result<Answer, NetworkError>) -> Result<Answer, Next> {
    match answer {
        Ok(answer) if answer.status == 429 || answer.status >= 500 => Err(Next::Again),
        // Neither a redirection nor a web page is the server's word, whatever its status.
        Ok(answer) if answer.json::<serde_json::Map<String, serde_json::Value>>().is_err() => {
            Err(Next::Again)
        }
        Ok(answer) => Ok(answer),
        Err(_) => Err(Next::Again),
    }
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
