//! Warning others, and the decoys among which a warning is not noticed.

use std::sync::{Mutex, MutexGuard, PoisonError};

use jiff::tz::TimeZone;
use phone::page::day_number;
use phone::report::{self, BeginError, Decoy, Details};

use crate::{SmittestopError, SmittestopPhone, SmittestopServers, form, moment, random, spoken};

/// What is known of a report on its way.
#[derive(Clone, Copy, Debug, PartialEq, Eq, uniffi::Record)]
pub struct Progress {
    /// When it goes on, in seconds since 1970.
    pub next: i64,
    /// Which of three steps is next, from 1.
    pub step: u32,
    /// How often it was tried in vain.
    pub tries: u32,
}

/// How a report ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, uniffi::Enum)]
pub enum Ending {
    /// A server has said that it has the keys.
    Sent,
    /// The code is wrong, used or too old.
    CodeRefused,
    /// The code no longer holds; a try whose answer was lost may have used it. Nothing was sent.
    AnswerLost,
    /// The authority knows of no positive test.
    NotConfirmed,
    /// The upload was refused.
    UploadRefused,
    /// It is not known whether the keys arrived.
    Unknown,
    /// Keys of an earlier report have arrived; newer ones were not sent.
    RestNotSent,
    /// The servers could not be reached for too long.
    GivenUp,
}

/// How the last report ended, and when.
#[derive(Clone, Copy, Debug, PartialEq, Eq, uniffi::Record)]
pub struct Outcome {
    /// How.
    pub ending: Ending,
    /// In seconds since 1970.
    pub at: i64,
}

/// How a report ended, in words for its owner, in `da` or `en`.
///
/// # Errors
/// When it is another language.
#[uniffi::export]
pub fn ending_words(ending: Ending, language: String) -> Result<String, SmittestopError> {
    let words = report::ending(ending.into()).words(spoken(&language)?);
    Ok(words.to_owned())
}

#[uniffi::export]
impl SmittestopPhone {
    /// Begins to warn others with the code from the authority. The first day of symptoms, such as `2026-11-20`, and the
    /// countries, such as `SE`, are voluntary. It goes on by [`Self::reports_on`].
    ///
    /// # Errors
    /// When something has not its form, a report is on its way, or there is no consent.
    pub fn reports(
        &self,
        code: String,
        symptoms: Option<String>,
        visited: Vec<String>,
        now: i64,
    ) -> Result<(), SmittestopError> {
        let day = |day: String| day_number(&day).ok_or_else(|| form("symptoms"));
        let details = Details { symptoms: symptoms.map(day).transpose()?, visited };
        Ok(self.lock().reports(&code, details, moment(now)?, &mut random)?)
    }

    /// The report that is on its way, if one is.
    ///
    /// # Errors
    /// When there is no consent.
    pub fn progress(&self) -> Result<Option<Progress>, SmittestopError> {
        let progress = self.lock().report()?;
        Ok(progress.map(|one| Progress { next: one.next.as_second(), step: one.step, tries: one.tries }))
    }

    /// Takes the next step of a report, if one is due. What a report that is refused leaves unasked is handed to the
    /// decoys, which ask it within seconds.
    ///
    /// # Errors
    /// When there is no consent, or the step cannot be kept.
    pub fn reports_on(
        &self,
        servers: &SmittestopServers,
        decoys: &SmittestopDecoys,
        authority: String,
        now: i64,
    ) -> Result<(), SmittestopError> {
        let mut network = servers.network();
        let rest = self.lock().reports_on(&mut network, &authority, moment(now)?, &mut random)?;
        if let Some(rest) = rest {
            *decoys.lock() = rest;
        }
        Ok(())
    }

    /// How the last report ended, for fourteen days.
    #[must_use]
    pub fn outcome(&self) -> Option<Outcome> {
        let outcome = self.lock().outcome();
        outcome.map(|one| Outcome { ending: one.ending.into(), at: one.at.as_second() })
    }
}

/// The decoys of a phone. An app sends them as long as there is a consent, else its reports stand out.
#[derive(Debug, uniffi::Object)]
pub struct SmittestopDecoys {
    zone: TimeZone,
    decoy: Mutex<Decoy>,
}

#[uniffi::export]
impl SmittestopDecoys {
    /// Decoys for an owner whose clock is that of this zone, such as `Europe/Copenhagen`.
    ///
    /// # Errors
    /// When there is no such zone.
    #[uniffi::constructor]
    pub fn new(zone: String, now: i64) -> Result<Self, SmittestopError> {
        let zone = TimeZone::get(&zone).map_err(|_| form("zone"))?;
        let decoy = Decoy::first(moment(now)?, &zone, &mut random);
        Ok(Self { zone, decoy: Mutex::new(decoy) })
    }

    /// When the next question is due, in seconds since 1970.
    #[must_use]
    pub fn due(&self) -> i64 {
        self.lock().next.as_second()
    }

    /// Asks the next question, if it is due.
    ///
    /// # Errors
    /// When `now` is no moment. A failure of the network is none.
    pub fn go_on(
        &self,
        servers: &SmittestopServers,
        authority: String,
        now: i64,
    ) -> Result<(), SmittestopError> {
        let (now, mut network) = (moment(now)?, servers.network());
        let mut decoy = self.lock();
        if decoy.next.as_second() <= now.as_second() {
            *decoy = decoy.go_on(&mut network, &authority, &self.zone, now, &mut random);
        }
        Ok(())
    }
}

impl SmittestopDecoys {
    fn lock(&self) -> MutexGuard<'_, Decoy> {
        self.decoy.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl From<BeginError> for SmittestopError {
    fn from(error: BeginError) -> Self {
        match error {
            BeginError::Code => form("code"),
            BeginError::Symptoms => form("symptoms"),
            BeginError::Country => form("visited"),
            BeginError::OnItsWay => Self::OnItsWay,
            BeginError::Phone(error) => error.into(),
        }
    }
}

impl From<report::Ending> for Ending {
    fn from(ending: report::Ending) -> Self {
        match ending {
            report::Ending::Sent => Self::Sent,
            report::Ending::CodeRefused => Self::CodeRefused,
            report::Ending::AnswerLost => Self::AnswerLost,
            report::Ending::NotConfirmed => Self::NotConfirmed,
            report::Ending::UploadRefused => Self::UploadRefused,
            report::Ending::Unknown => Self::Unknown,
            report::Ending::RestNotSent => Self::RestNotSent,
            report::Ending::GivenUp => Self::GivenUp,
        }
    }
}

impl From<Ending> for report::Ending {
    fn from(ending: Ending) -> Self {
        match ending {
            Ending::Sent => Self::Sent,
            Ending::CodeRefused => Self::CodeRefused,
            Ending::AnswerLost => Self::AnswerLost,
            Ending::NotConfirmed => Self::NotConfirmed,
            Ending::UploadRefused => Self::UploadRefused,
            Ending::Unknown => Self::Unknown,
            Ending::RestNotSent => Self::RestNotSent,
            Ending::GivenUp => Self::GivenUp,
        }
    }
}
