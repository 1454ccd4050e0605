//! What a phone checks before it believes an export: who signed, and that no file of a batch is missing.

use std::collections::HashMap;

use jiff::Timestamp;

use super::{Export, Published, SignatureInfo, TrustedKey};

/// More files than this are no batch.
const MAX_CHUNKS: u32 = 1_000_000;

/// Why published files are not believed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum VerifyError {
    /// There is nothing to check.
    #[error("there is no file")]
    Nothing,
    /// No signature in `export.sig`.
    #[error("file {0} is not signed")]
    Unsigned(usize),
    /// `export.bin` names another number of signatures than `export.sig` holds.
    #[error("file {file} names {named} signatures and holds {held}")]
    Count {
        /// Which file, from 1.
        file: usize,
        /// In `export.bin`.
        named: usize,
        /// In `export.sig`.
        held: usize,
    },
    /// The two files name different keys.
    #[error("file {0} is signed under another name than it says")]
    Name(usize),
    /// No signature is by a key that is believed.
    #[error("no signature of file {0} is by a trusted key over just these bytes")]
    Untrusted(usize),
    /// The batch is too large to be one.
    #[error("file {0} says to belong to more than {MAX_CHUNKS} files")]
    TooManyChunks(usize),
    /// Some files of a batch are missing.
    #[error("of a batch of {of} files only {there} are there")]
    Missing {
        /// How many there should be.
        of: u32,
        /// How many there are.
        there: usize,
    },
}

/// Exports that were signed by a trusted key, with no file missing. There is no other way to get one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verified(Vec<Export>);

impl Verified {
    /// The exports, in the order in which the files were given.
    #[must_use]
    pub fn exports(&self) -> &[Export] {
        &self.0
    }

    /// Takes the exports out.
    #[must_use]
    pub fn into_exports(self) -> Vec<Export> {
        self.0
    }
}

/// What all files of a batch say alike.
type Batch = (Timestamp, Timestamp, String, u32, Vec<SignatureInfo>);

/// Checks files that were downloaded together. One that fails fails all: nobody can tell what else was changed.
///
/// # Errors
/// When a file is not signed by a trusted key, or a file of a batch is missing.
pub fn verify(files: Vec<Published>, trusted: &[TrustedKey]) -> Result<Verified, VerifyError> {
    if files.is_empty() {
        return Err(VerifyError::Nothing);
    }
    let mut batches: HashMap<Batch, Vec<u32>> = HashMap::new();
    for (number, file) in (1..).zip(&files) {
        check(number, file, trusted)?;
        let Some(chunk) = file.export.chunk else { continue };
        if chunk.of > MAX_CHUNKS {
            return Err(VerifyError::TooManyChunks(number));
        }
        let Export { start, end, region, signature_infos, .. } = &file.export;
        let batch = (*start, *end, region.clone(), chunk.of, signature_infos.clone());
        batches.entry(batch).or_default().push(chunk.number);
    }
    for ((_, _, _, of, _), mut there) in batches {
        there.sort_unstable();
        there.dedup();
        if u32::try_from(there.len()) != Ok(of) {
            return Err(VerifyError::Missing { of, there: there.len() });
        }
    }
    Ok(Verified(files.into_iter().map(|file| file.export).collect()))
}

impl Published {
    /// Whether this file is signed by a trusted key, whatever other files belong to it. To look at, never to match.
    ///
    /// # Errors
    /// What is wrong with its signatures.
    pub fn is_signed_by(&self, trusted: &[TrustedKey]) -> Result<(), VerifyError> {
        check(1, self, trusted)
    }
}

fn check(number: usize, file: &Published, trusted: &[TrustedKey]) -> Result<(), VerifyError> {
    if file.signatures.is_empty() {
        return Err(VerifyError::Unsigned(number));
    }
    let (named, held) = (file.export.signature_infos.len(), file.signatures.len());
    if named != held {
        return Err(VerifyError::Count { file: number, named, held });
    }
    if !file.signatures.iter().all(|signature| file.export.signature_infos.contains(&signature.info)) {
        return Err(VerifyError::Name(number));
    }
    // A key that is not ours may sign beside ours; one signature that we believe is enough.
    let believed = file.signatures.iter().any(|signature| {
        trusted.iter().any(|key| key.goes_by(&signature.info) && key.has_signed(&file.bin, signature))
    });
    if believed { Ok(()) } else { Err(VerifyError::Untrusted(number)) }
}
