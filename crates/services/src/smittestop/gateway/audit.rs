//! Checks what the gateway says about who uploaded what: every country's own signature over its own keys.
//!
//! The gateway could make keys up; no country's signature would fit them.

use exposure::gateway::{Batch, BatchError, FederatedKey, SigningCertificate, check_batch, cms};
use jiff::Timestamp;

use super::{KEPT_HOURS, Standing, before};

/// One upload in a batch, in the order in which the keys stand there.
#[derive(Clone, Debug)]
pub struct Entry {
    /// Who uploaded.
    pub country: String,
    /// When, as the gateway says.
    pub uploaded: Timestamp,
    /// How many keys.
    pub amount: usize,
    /// The signature over them, in base64.
    pub signature: String,
}

/// What the check of one upload came to.
#[derive(Debug)]
pub(super) struct Checked {
    pub(super) country: String,
    pub(super) uploaded: Timestamp,
    pub(super) amount: usize,
    /// Who signed, and the keys.
    pub(super) found: Result<(String, Vec<FederatedKey>), BatchError>,
}

/// The account speaks of another number of keys than came.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Amounts;

/// Checks each upload. Our own are not in what came down, and are skipped.
pub(super) fn run(
    batch: &Batch,
    entries: &[Entry],
    (own, partners): (&str, &[SigningCertificate]),
    now: Timestamp,
) -> Result<Vec<Checked>, Amounts> {
    let mut rest = batch.keys.as_slice();
    let mut checked = Vec::new();
    for entry in entries.iter().filter(|entry| entry.country != own) {
        let (keys, after) = rest.split_at_checked(entry.amount).ok_or(Amounts)?;
        rest = after;
        let oldest = before(now, KEPT_HOURS);
        // Keys were young enough when they were uploaded; a moment that cannot be is brought to one that can.
        let uploaded = entry.uploaded.clamp(oldest, now);
        let found = one(keys, entry, partners, uploaded);
        checked.push(Checked { country: entry.country.clone(), uploaded, amount: entry.amount, found });
    }
    if rest.is_empty() { Ok(checked) } else { Err(Amounts) }
}

fn one(
    keys: &[FederatedKey],
    entry: &Entry,
    partners: &[SigningCertificate],
    at: Timestamp,
) -> Result<(String, Vec<FederatedKey>), BatchError> {
    let signature = cms::from_base64(&entry.signature)?;
    let signed = Batch { keys: keys.to_vec() };
    let signer = check_batch(&signed, &signature, partners, at)?;
    if signer.country.as_deref() != Some(entry.country.as_str()) {
        let named = signer.country.unwrap_or_default();
        return Err(BatchError::Country { named, listed: entry.country.clone() });
    }
    Ok((signer.thumbprint.to_string(), signed.keys))
}

/// A stable word for why a signature was not believed.
pub(super) const fn word(error: &BatchError) -> &'static str {
    match error {
        BatchError::TooMany(_) => "too-many",
        BatchError::Key { .. } => "bad-key",
        BatchError::Signature(_) => "bad-signature",
        BatchError::Unlisted(_) => Standing::UNKNOWN,
        BatchError::Country { .. } => "other-country",
        BatchError::Origin { .. } => "signed-for-another",
    }
}
