#![doc = include_str!("../README.md")]

mod being_warned;
mod report;
mod servers;
mod statistics;
mod working;

use std::path::Path;
use std::sync::{Mutex, MutexGuard, PoisonError};

use aws_lc_rs::rand::{SecureRandom, SystemRandom};
use exposure::export::{Published, TrustedKey as ExposureKey};
use exposure::{EncryptedMetadata, RollingProximityIdentifier};
use jiff::Timestamp;
use phone::{
    FolderVault, Hearing, Language, Phone, PhoneError, Standing as PhoneStanding, consent, guidance,
};

pub use being_warned::{Country, Fetched, Message};
pub use report::{Ending, Outcome, Progress, SmittestopDecoys, ending_words};
pub use servers::{Counting, SmittestopServers};
pub use statistics::Counted;
pub use working::{Trouble, Working, trouble_words};

uniffi::setup_scaffolding!();

/// Why the phone did not do what it was asked.
#[derive(Debug, thiserror::Error, uniffi::Error)]
pub enum SmittestopError {
    /// There is no consent, or one to other words.
    #[error("the owner has not consented to the words of today")]
    NoConsent,
    /// What was handed in has not its form.
    #[error("`{what}` has not its form")]
    Form {
        /// Which.
        what: String,
    },
    /// The exports are not to be believed.
    #[error("the exports are not to be believed")]
    NotBelieved,
    /// A server could not be reached, or did not answer as it should.
    #[error("the server could not be reached, or did not answer as it should")]
    NotReached,
    /// A report is on its way already.
    #[error("a report is on its way already")]
    OnItsWay,
    /// What the phone keeps cannot be read or written.
    #[error("what the phone keeps cannot be read or written")]
    Vault,
}

impl From<PhoneError> for SmittestopError {
    fn from(error: PhoneError) -> Self {
        match error {
            PhoneError::NoConsent | PhoneError::AskAnew | PhoneError::OtherWords => Self::NoConsent,
            PhoneError::Vault(_) => Self::Vault,
            PhoneError::Export(_) => Self::NotBelieved,
        }
    }
}

/// Whether the phone may collect.
#[derive(Clone, Copy, Debug, PartialEq, Eq, uniffi::Enum)]
pub enum Standing {
    /// Nobody was asked, or it was taken back.
    NoConsent,
    /// It may.
    Agreed,
    /// The words have changed.
    AskAnew,
}

/// What to call out, and until when.
#[derive(Clone, Debug, uniffi::Record)]
pub struct Beacon {
    /// 16 bytes.
    pub identifier: Vec<u8>,
    /// 4 bytes.
    pub metadata: Vec<u8>,
    /// In seconds since 1970.
    pub until: i64,
}

/// One call that was heard.
#[derive(Clone, Debug, uniffi::Record)]
pub struct Report {
    /// 16 bytes.
    pub identifier: Vec<u8>,
    /// 4 bytes.
    pub metadata: Vec<u8>,
    /// In decibels over a milliwatt.
    pub rssi_dbm: i8,
}

/// A key whose exports are believed.
#[derive(Clone, Debug, uniffi::Record)]
pub struct TrustedKey {
    /// `PUBLIC KEY` in PEM.
    pub pem: String,
    /// The country, such as `238`.
    pub key_id: String,
    /// Such as `v1`.
    pub version: String,
}

/// What the owner is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, uniffi::Record)]
pub struct Warning {
    /// On how many of the last fourteen days.
    pub days: u32,
    /// How many of these are new.
    pub new_days: u32,
}

/// How much lies on the phone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, uniffi::Record)]
pub struct Stored {
    /// Own keys.
    pub own_keys: u32,
    /// Identifiers heard.
    pub sightings: u32,
    /// Whether published keys that were heard were found in the last fourteen days; not how many, and not from when.
    pub found_exposures: bool,
    /// Messages.
    pub messages: u32,
}

/// A phone in a folder.
#[derive(Debug, uniffi::Object)]
pub struct SmittestopPhone {
    phone: Mutex<Phone>,
}

#[uniffi::export]
impl SmittestopPhone {
    /// The phone whose things lie in this folder.
    ///
    /// # Errors
    /// When they cannot be read, or were changed.
    #[uniffi::constructor]
    pub fn new(folder: String) -> Result<Self, SmittestopError> {
        let vault = FolderVault::in_folder(Path::new(&folder)).map_err(PhoneError::from)?;
        Ok(Self { phone: Mutex::new(Phone::open(vault)?) })
    }

    /// The version of the words that are asked under now.
    #[must_use]
    pub fn words_version(&self) -> String {
        consent::VERSION.to_owned()
    }

    /// These words, in `da` or `en`.
    ///
    /// # Errors
    /// When it is another language.
    pub fn words(&self, language: String) -> Result<Vec<String>, SmittestopError> {
        let language = spoken(&language)?;
        Ok(consent::WORDS.of(language).iter().map(|one| (*one).to_owned()).collect())
    }

    /// Whether the phone may collect.
    #[must_use]
    pub fn standing(&self) -> Standing {
        match self.lock().standing() {
            PhoneStanding::None => Standing::NoConsent,
            PhoneStanding::Agreed(_) => Standing::Agreed,
            PhoneStanding::AskAnew(_) => Standing::AskAnew,
        }
    }

    /// Takes the owner's consent to the words of this version.
    ///
    /// # Errors
    /// When these are not the words of today.
    pub fn consents(&self, version: String, now: i64) -> Result<(), SmittestopError> {
        Ok(self.lock().consents(&version, moment(now)?, &mut random)?)
    }

    /// What to call out from now on, under a fresh address of the radio.
    ///
    /// # Errors
    /// When there is no consent.
    pub fn call_out(&self, transmit_power_dbm: i8, now: i64) -> Result<Beacon, SmittestopError> {
        let beacon = self.lock().beacon(transmit_power_dbm, moment(now)?, &mut random)?;
        Ok(Beacon {
            identifier: beacon.identifier.reveal().to_vec(),
            metadata: beacon.metadata.reveal().to_vec(),
            until: beacon.until.as_second(),
        })
    }

    /// Keeps what one scan has heard; `false` if the clock is behind and nothing was kept.
    ///
    /// # Errors
    /// When there is no consent, or a report has not its form.
    pub fn scanned(&self, reports: Vec<Report>, now: i64) -> Result<bool, SmittestopError> {
        let reports: Vec<phone::radio::Report> = reports.iter().map(heard).collect::<Result<_, _>>()?;
        Ok(self.lock().scanned(&reports, moment(now)?, &mut random)? == Hearing::Kept)
    }

    /// Checks fetched exports, all chunks of a batch together; a warning, if they make a new one.
    ///
    /// # Errors
    /// When there is no consent, or an export is not to be believed.
    pub fn check(
        &self,
        exports: Vec<Vec<u8>>,
        trusted: Vec<TrustedKey>,
        now: i64,
    ) -> Result<Option<Warning>, SmittestopError> {
        let read = |zip: &Vec<u8>| Published::read(zip).map_err(|_| SmittestopError::NotBelieved);
        let files: Vec<Published> = exports.iter().map(read).collect::<Result<_, _>>()?;
        let keys: Vec<ExposureKey> = trusted.into_iter().map(key).collect::<Result<_, _>>()?;
        let warning = self.lock().checks(files, &keys, moment(now)?, &mut random)?;
        Ok(warning.map(Warning::from))
    }

    /// What stands beside every warning, in `da` or `en`: no diagnosis, what is advised, voluntary.
    ///
    /// # Errors
    /// When it is another language.
    pub fn advice(&self, language: String) -> Result<Vec<String>, SmittestopError> {
        let language = spoken(&language)?;
        let guidance = self.lock().guidance();
        let mut said = vec![guidance::NO_DIAGNOSIS.words(language).to_owned()];
        said.extend(guidance::advice(&guidance, language).paragraphs.iter().cloned());
        said.push(guidance::VOLUNTARY.words(language).to_owned());
        Ok(said)
    }

    /// How much lies on the phone; nothing if nothing does.
    #[must_use]
    pub fn stored(&self) -> Option<Stored> {
        self.lock().stored().map(|stored| Stored {
            own_keys: count(stored.own_keys.count),
            sightings: count(stored.sightings.count),
            found_exposures: stored.found_exposures,
            messages: count(stored.messages.count),
        })
    }

    /// Withdraws the consent: everything is erased at once.
    ///
    /// # Errors
    /// When a file cannot be removed; calling it again goes on.
    pub fn withdraws(&self) -> Result<(), SmittestopError> {
        Ok(self.lock().withdraws()?)
    }
}

impl From<phone::Warning> for Warning {
    fn from(warning: phone::Warning) -> Self {
        Self { days: count(warning.days), new_days: count(warning.new_days) }
    }
}

impl SmittestopPhone {
    /// A phone whose call failed midway has kept nothing of it, and works on.
    fn lock(&self) -> MutexGuard<'_, Phone> {
        self.phone.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[expect(
    clippy::disallowed_methods,
    reason = "other languages bring no randomness of their own that we would trust"
)]
fn random(bytes: &mut [u8]) {
    // Keys without randomness would be worse than no phone.
    if SystemRandom::new().fill(bytes).is_err() {
        std::process::abort();
    }
}

fn moment(second: i64) -> Result<Timestamp, SmittestopError> {
    Timestamp::from_second(second).map_err(|_| form("now"))
}

fn spoken(language: &str) -> Result<Language, SmittestopError> {
    Language::of_code(language).ok_or_else(|| form("language"))
}

fn heard(report: &Report) -> Result<phone::radio::Report, SmittestopError> {
    let identifier: [u8; 16] = report.identifier.as_slice().try_into().map_err(|_| form("identifier"))?;
    let metadata: [u8; 4] = report.metadata.as_slice().try_into().map_err(|_| form("metadata"))?;
    Ok(phone::radio::Report {
        identifier: RollingProximityIdentifier::new(identifier),
        metadata: EncryptedMetadata::new(metadata),
        rssi_dbm: report.rssi_dbm,
    })
}

fn key(key: TrustedKey) -> Result<ExposureKey, SmittestopError> {
    let mut read = ExposureKey::from_pem(&key.pem).map_err(|_| form("pem"))?;
    read.named = Some((key.key_id, key.version));
    Ok(read)
}

fn form(what: &str) -> SmittestopError {
    SmittestopError::Form { what: what.to_owned() }
}

fn count(count: usize) -> u32 {
    u32::try_from(count).unwrap_or(u32::MAX)
}
