//! Warning others: a code from the authority becomes a token, the token a certificate over the keys, and the keys are
//! published with it. Notice sst, rule SS-33: the first day of symptoms and the countries only if the owner gives them.
//!
//! A report goes on where it stopped, also after a kill: what is about to be asked is kept before it is asked. The
//! certificate holds for one upload of just these keys, and the server takes the keys and the certificate in one step; so
//! an upload whose answer was lost is either complete, and then asking again is refused, or it never was.

mod decoy;
mod wire;

use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use exposure::publish::{Form, keys_mac};
use exposure::{Day, DiagnosisKey, IntervalNumber, Random};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

pub use decoy::Decoy;

use crate::dice;
use crate::language::Text;
use crate::network::{Answer, Network, NetworkError, Question, Server};
use crate::phone::{Phone, PhoneError};
use crate::sealed::WrittenKey;

/// Between one step and the next, at least and at most. Decoys wait alike.
const WAIT: (SignedDuration, SignedDuration) = (SignedDuration::from_secs(1), SignedDuration::from_secs(5));
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
/// Symptoms that began earlier say nothing of the keys of fourteen days.
const SYMPTOMS_DAYS: i64 = 28;
/// No key server takes more.
const MOST_COUNTRIES: usize = 32;

/// What the owner says about the illness. Both are voluntary.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Details {
    /// The first day of symptoms, counted since 1970; without it the authority takes the day of the test.
    pub symptoms: Option<u32>,
    /// Countries of the last fourteen days, by their codes.
    pub visited: Vec<String>,
}

/// Why a report cannot begin.
#[derive(Debug, thiserror::Error)]
pub enum BeginError {
    /// Not the form of a code.
    #[error("a code has 8 digits, or 16 letters and digits")]
    Code,
    /// In the future, or too long ago.
    #[error("the first day of symptoms is today or at most 28 days ago")]
    Symptoms,
    /// Not two letters, or too many.
    #[error("a country is given by its two letters, such as `SE`")]
    Country,
    /// One is on its way already.
    #[error("a report is on its way already")]
    OnItsWay,
    /// The phone may not, or cannot keep it.
    #[error(transparent)]
    Phone(#[from] PhoneError),
}

/// How a report ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Ending {
    /// The keys are published, or will be when nobody can misuse them any more.
    Sent,
    /// The code is wrong, used or too old.
    CodeRefused,
    /// The authority knows of no positive test.
    NotConfirmed,
    /// The authority confirmed the test, but refused the upload.
    UploadRefused,
    /// It is not known whether the keys arrived, and the certificate is too old to ask again. A new code does no harm.
    Unknown,
    /// The servers could not be reached for too long; nothing was sent.
    GivenUp,
}

/// How the last report ended, and when.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Outcome {
    /// How.
    pub ending: Ending,
    /// When.
    pub at: Timestamp,
}

/// A report on its way.
#[derive(Clone, Serialize, Deserialize)]
pub(crate) struct Report {
    pub(crate) details: Details,
    step: Step,
    next: Timestamp,
    tries: u32,
    /// Whether the question of this step was asked before and its answer lost.
    was_asked: bool,
}

#[derive(Clone, Serialize, Deserialize)]
enum Step {
    Verify { code: String },
    Certify { token: String, released: Released },
    Publish { certificate: String, until: Timestamp, released: Released },
}

/// The keys that go out, and the secret that ties them to their certificate.
#[derive(Clone, Serialize, Deserialize)]
struct Released {
    keys: Vec<WrittenKey>,
    secret: String,
}

impl fmt::Debug for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("(report on its way)")
    }
}

/// What is known of a report on its way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Progress {
    /// When it goes on.
    pub next: Timestamp,
    /// Which of three steps is next, from 1.
    pub step: u32,
}

enum Next {
    Step(Step),
    Again,
    End(Ending),
}

impl Phone {
    /// Begins a report with the code from the authority. It goes on by [`Self::reports_on`].
    ///
    /// # Errors
    /// When something that was given has not its form, a report is on its way, or there is no consent.
    pub fn reports(
        &mut self,
        code: &str,
        details: Details,
        now: Timestamp,
        random: &mut Random<'_>,
    ) -> Result<(), BeginError> {
        let code: String = code.chars().filter(|sign| !sign.is_whitespace() && *sign != '-').collect();
        let is_short = code.len() == 8 && code.bytes().all(|one| one.is_ascii_digit());
        let is_long = code.len() == 16 && code.bytes().all(|one| one.is_ascii_alphanumeric());
        if !is_short && !is_long {
            return Err(BeginError::Code);
        }
        let details = checked(details, now)?;
        let state = self.state()?;
        if state.report.is_some() {
            return Err(BeginError::OnItsWay);
        }
        state.outcome = None;
        let step = Step::Verify { code };
        state.report = Some(Report { details, step, next: now, tries: 0, was_asked: false });
        Ok(self.keep(random)?)
    }

    /// The report that is on its way, if one is.
    ///
    /// # Errors
    /// When there is no consent.
    pub fn report(&mut self) -> Result<Option<Progress>, PhoneError> {
        let step = |step: &Step| match step {
            Step::Verify { .. } => 1,
            Step::Certify { .. } => 2,
            Step::Publish { .. } => 3,
        };
        let report = self.state()?.report.as_ref();
        Ok(report.map(|report| Progress { next: report.next, step: step(&report.step) }))
    }

    /// How the last report ended, for fourteen days.
    #[must_use]
    pub fn outcome(&self) -> Option<Outcome> {
        self.kept_outcome()
    }

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
                let upload =
                    Upload { authority, certificate, until: *until, released, details: &before.details };
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
        let next = match next {
            Next::Again if before.tries + 1 >= MOST_TRIES => Next::End(match before.step {
                Step::Publish { .. } => Ending::Unknown,
                Step::Verify { .. } | Step::Certify { .. } => Ending::GivenUp,
            }),
            next => next,
        };
        match next {
            Next::Step(step) => {
                let next = after(now, dice::duration(random, WAIT.0, WAIT.1));
                let details = before.details.clone();
                state.report = Some(Report { details, step, next, tries: 0, was_asked: false });
            }
            Next::Again => {
                let doubled = RETRY.checked_mul(1 << before.tries.min(8)).unwrap_or(RETRY_AT_MOST);
                let wait = doubled.min(RETRY_AT_MOST);
                let next = after(now, dice::duration(random, wait, wait.saturating_add(RETRY)));
                let tries = before.tries + 1;
                state.report = Some(Report { next, tries, was_asked: true, ..before.clone() });
            }
            Next::End(ending) => {
                // What the owner said about the illness goes with the report.
                state.report = None;
                state.outcome = Some(Outcome { ending, at: now });
                if ending == Ending::Sent {
                    state.sent_until = Some(before.released_until());
                }
            }
        }
        self.keep(random)
    }
}

impl Report {
    /// The end of the last key that went out.
    fn released_until(&self) -> IntervalNumber {
        let keys = match &self.step {
            Step::Verify { .. } => Vec::new(),
            Step::Certify { released, .. } | Step::Publish { released, .. } => released.keys(),
        };
        keys.iter().map(DiagnosisKey::end).max().unwrap_or(IntervalNumber::new(0))
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
                    Next::End(Ending::Sent)
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

fn checked(details: Details, now: Timestamp) -> Result<Details, BeginError> {
    let today = Day::at(now);
    let ago = details.symptoms.map(|day| today.since(Day::new(day)));
    // A day may begin up to fourteen hours before it does in UTC.
    if ago.is_some_and(|days| !(-1..=SYMPTOMS_DAYS).contains(&days)) {
        return Err(BeginError::Symptoms);
    }
    let mut visited: Vec<String> =
        details.visited.iter().map(|one| one.trim().to_ascii_uppercase()).collect();
    visited.retain(|one| one != "DK");
    visited.sort();
    visited.dedup();
    let is_country = |one: &String| one.len() == 2 && one.bytes().all(|sign| sign.is_ascii_uppercase());
    if visited.len() > MOST_COUNTRIES || !visited.iter().all(is_country) {
        return Err(BeginError::Country);
    }
    Ok(Details { visited, ..details })
}

fn after(now: Timestamp, wait: SignedDuration) -> Timestamp {
    now.checked_add(wait).unwrap_or(Timestamp::MAX)
}

/// How a report ended, in words for its owner.
#[must_use]
pub const fn ending(ending: Ending) -> Text {
    const fn text(da: &'static str, en: &'static str) -> Text {
        Text { da, en }
    }

    match ending {
        Ending::Sent => text("Din advarsel er sendt. Tak.", "Your warning is sent. Thank you."),
        Ending::CodeRefused => text(
            "Koden er forkert, brugt eller for gammel. Log ind igen, og få en ny.",
            "The code is wrong, used or too old. Log in again and get a new one.",
        ),
        Ending::NotConfirmed => text(
            "Der er ingen bekræftet positiv test bag koden. Intet er sendt.",
            "There is no confirmed positive test behind the code. Nothing was sent.",
        ),
        Ending::UploadRefused => text(
            "Serveren tog ikke imod. Intet er sendt. Få en ny kode, og prøv igen.",
            "The server did not take it. Nothing was sent. Get a new code and try again.",
        ),
        Ending::Unknown => text(
            "Vi ved ikke, om advarslen nåede frem. Få en ny kode, og prøv igen; det skader ikke.",
            "We do not know whether the warning arrived. Get a new code and try again; it does no harm.",
        ),
        Ending::GivenUp => text(
            "Serverne kunne ikke nås. Intet er sendt. Få en ny kode, og prøv igen.",
            "The servers could not be reached. Nothing was sent. Get a new code and try again.",
        ),
    }
}
