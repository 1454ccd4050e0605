//! Warning others: a code from the authority becomes a token, the token a certificate over the keys, and the keys are
//! published with it. Notice sst, rule SS-33: the first day of symptoms and the countries only if the owner gives them.
//!
//! A report goes on where it stopped, also after a kill: what is about to be asked is kept before it is asked.
//!
//! What a lost answer costs depends on the step. A code and a token are good once: where the server has redeemed one and
//! its answer was lost, nothing was sent, and the owner needs a new code. The certificate holds for one upload of just
//! these keys, which the server takes together with it in one step: the same upload is asked again under the same
//! certificate, and is answered as the first was. Only when no answer comes before the certificate is over does the phone
//! not know; then it says so, and marks as sent nothing of which it was not told that it arrived.

mod decoy;
mod steps;
mod wire;
mod words;

use std::fmt;

use exposure::publish::COUNTRIES;
use exposure::{Day, Random};
use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

pub use decoy::Decoy;
pub use words::ending;

use crate::phone::{Phone, PhoneError};
use crate::sealed::WrittenKey;

/// Between one step and the next, at least and at most. Decoys wait alike.
const WAIT: (SignedDuration, SignedDuration) = (SignedDuration::from_secs(1), SignedDuration::from_secs(5));
/// No wait is longer, also after failures.
const WAIT_AT_MOST: SignedDuration = SignedDuration::from_mins(61);
/// Symptoms that began earlier say nothing of the keys of fourteen days.
const SYMPTOMS_DAYS: i64 = 28;

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
    /// One that takes no part.
    #[error(
        "a country of the European Economic Area or Switzerland is given by its two letters, such as `SE`"
    )]
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
    /// The code is refused after a try whose answer was lost, and which may have used it up; nothing was sent.
    AnswerLost,
    /// The authority knows of no positive test.
    NotConfirmed,
    /// The authority confirmed the test, but refused the upload.
    UploadRefused,
    /// It is not known whether the keys arrived, and the certificate is too old to ask again. A new code does no harm.
    Unknown,
    /// An earlier upload of which nothing was known has arrived; keys that are newer were not sent, and need a new code.
    RestNotSent,
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

impl Step {
    const fn number(&self) -> u32 {
        match self {
            Self::Verify { .. } => 1,
            Self::Certify { .. } => 2,
            Self::Publish { .. } => 3,
        }
    }
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
    /// How often it was tried in vain.
    pub tries: u32,
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
        let report = self.state()?.report.as_ref();
        let progress =
            |report: &Report| Progress { next: report.next, step: report.step.number(), tries: report.tries };
        Ok(report.map(progress))
    }

    /// A report does not wait for a moment of a clock that was set back since.
    ///
    /// # Errors
    /// When there is no consent.
    pub(crate) fn pulls_report_in(&mut self, now: Timestamp) -> Result<(), PhoneError> {
        if let Some(report) = &mut self.state()?.report
            && report.next > after(now, WAIT_AT_MOST)
        {
            report.next = now;
        }
        Ok(())
    }

    /// How the last report ended, for fourteen days.
    #[must_use]
    pub fn outcome(&self) -> Option<Outcome> {
        self.kept_outcome()
    }
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
    if !visited.iter().all(|one| COUNTRIES.contains(&one.as_str())) {
        return Err(BeginError::Country);
    }
    Ok(Details { visited, ..details })
}

fn after(now: Timestamp, wait: SignedDuration) -> Timestamp {
    now.checked_add(wait).unwrap_or(Timestamp::MAX)
}
