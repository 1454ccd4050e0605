//! What is checked before a batch of another country is believed: each key, the signature, and who signed for whom.

use std::fmt;

use jiff::Timestamp;

use super::canonical::canonical;
use super::cms::{self, CmsError};
use super::wire::{Batch, FederatedKey, UNKNOWN_RISK};
use crate::diagnosis::{ReportType, TransmissionRisk, TransmissionRiskError};
use crate::interval::{IntervalNumber, RollingPeriod, RollingPeriodError};
use crate::key::{KeyError, TemporaryExposureKey};

/// The most keys of one batch.
pub const MAX_KEYS: usize = 5_000;
/// A key may have begun so many days before today's midnight.
const MAX_AGE_DAYS: u32 = 15;

/// What is wrong with a key between countries.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum KeyFault {
    /// Not 16 bytes.
    #[error(transparent)]
    Key(KeyError),
    /// Used for no time, or for more than a day.
    #[error(transparent)]
    Period(RollingPeriodError),
    /// Begun too long ago, or not yet.
    #[error("the key began in interval {0}, which is more than 15 days ago or still to come")]
    Start(IntervalNumber),
    /// A risk level beyond 8.
    #[error(transparent)]
    Risk(TransmissionRiskError),
    /// A report type that the field does not know.
    #[error("there is no report type {0}")]
    ReportType(i32),
    /// A country that is not two capital letters.
    #[error("a country is two capital letters")]
    Country,
}

/// Whether a key is one that the gateway takes at this time.
///
/// # Errors
/// What is wrong with it.
pub fn validate(key: &FederatedKey, now: Timestamp) -> Result<(), KeyFault> {
    TemporaryExposureKey::from_slice(&key.key_data).map_err(KeyFault::Key)?;
    RollingPeriod::new(key.rolling_period.into()).map_err(KeyFault::Period)?;
    let (start, now) = (IntervalNumber::new(key.rolling_start_interval_number), IntervalNumber::at(now));
    if start < now.day_start().minus(MAX_AGE_DAYS * crate::interval::INTERVALS_PER_DAY) || now.plus(1) < start
    {
        return Err(KeyFault::Start(start));
    }
    if key.transmission_risk_level != UNKNOWN_RISK {
        TransmissionRisk::new(key.transmission_risk_level).map_err(KeyFault::Risk)?;
    }
    ReportType::from_number(key.report_type).ok_or(KeyFault::ReportType(key.report_type))?;
    let countries = key.visited_countries.iter().chain([&key.origin]);
    if countries.into_iter().all(|country| is_country(country)) { Ok(()) } else { Err(KeyFault::Country) }
}

fn is_country(text: &str) -> bool {
    text.len() == 2 && text.bytes().all(|letter| letter.is_ascii_uppercase())
}

/// Whether all keys of a batch are such; one that is not fails the batch, because the signature covers all of them.
///
/// # Errors
/// The number of the first bad key, from 1, and what is wrong with it.
pub fn validate_all(batch: &Batch, now: Timestamp) -> Result<(), (usize, KeyFault)> {
    (1..).zip(&batch.keys).try_for_each(|(number, key)| validate(key, now).map_err(|fault| (number, fault)))
}

/// A certificate by its SHA-256.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Thumbprint(pub [u8; 32]);

impl fmt::Display for Thumbprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&crate::key::to_hex(&self.0))
    }
}

impl fmt::Debug for Thumbprint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// A certificate with which a country may sign.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SigningCertificate {
    /// Which certificate.
    pub thumbprint: Thumbprint,
    /// Whose.
    pub country: String,
}

/// Why a batch is not believed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BatchError {
    /// More keys than a batch may hold.
    #[error("the batch holds {0} keys, more than {MAX_KEYS}")]
    TooMany(usize),
    /// A key is wrong, and with it the batch.
    #[error("key {number}: {fault}")]
    Key {
        /// Which, from 1.
        number: usize,
        /// What is wrong.
        fault: KeyFault,
    },
    /// The signature is wrong.
    #[error(transparent)]
    Signature(#[from] CmsError),
    /// The certificate is valid and not on the list.
    #[error("the certificate {0} is not one with which a country may sign")]
    Unlisted(Thumbprint),
    /// The certificate names another country than the list.
    #[error("the certificate names the country `{named}` and is listed for `{listed}`")]
    Country {
        /// In the certificate.
        named: String,
        /// In the list.
        listed: String,
    },
    /// A country signs for another.
    #[error("key {number} is of `{origin}`, and `{country}` signed for it")]
    Origin {
        /// Which, from 1.
        number: usize,
        /// Whose key.
        origin: String,
        /// Who signed.
        country: String,
    },
}

/// Checks a batch that came with a signature: its size, its keys, the signature over their canonical bytes, the
/// certificate against a list, and that nobody signs for another country. Says who signed.
///
/// # Errors
/// The first thing that is wrong. Then nothing of the batch may be kept.
pub fn check_batch(
    batch: &Batch,
    signature: &[u8],
    listed: &[SigningCertificate],
    now: Timestamp,
) -> Result<cms::Signer, BatchError> {
    if batch.keys.len() > MAX_KEYS {
        return Err(BatchError::TooMany(batch.keys.len()));
    }
    validate_all(batch, now).map_err(|(number, fault)| BatchError::Key { number, fault })?;
    let signer = cms::verify(&canonical(batch), signature)?;
    signer.is_valid_at(now)?;
    let row = listed.iter().find(|row| row.thumbprint == signer.thumbprint);
    let row = row.ok_or(BatchError::Unlisted(signer.thumbprint))?;
    if signer.country.as_deref() != Some(row.country.as_str()) {
        let named = signer.country.unwrap_or_default();
        return Err(BatchError::Country { named, listed: row.country.clone() });
    }
    for (number, key) in (1..).zip(&batch.keys) {
        if key.origin != row.country {
            let (origin, country) = (key.origin.clone(), row.country.clone());
            return Err(BatchError::Origin { number, origin, country });
        }
    }
    Ok(signer)
}
