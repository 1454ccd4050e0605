//! Reads a published zip: exactly `export.bin` and `export.sig`, no more bytes than a bound, whatever the zip says.

use std::io::{Cursor, Read};

use zip::ZipArchive;

use super::signature::{MAX_SIGNATURES, Signature, SignatureInfo};
use super::{BinError, Export, wire};

/// The most that a published zip may weigh.
pub const MAX_PACKED_BYTES: usize = 24 * 1024 * 1024;
/// The most that both files in it may weigh, counted while they are unpacked.
pub const MAX_UNPACKED_BYTES: u64 = 32 * 1024 * 1024;
/// Signatures are short; a file holds one, rarely two, never more than [`MAX_SIGNATURES`].
const MAX_SIGNATURE_BYTES: u64 = 64 * 1024;

const BIN: &str = "export.bin";
const SIG: &str = "export.sig";

/// Why bytes are no published export.
#[derive(Debug, thiserror::Error)]
pub enum ReadError {
    /// Heavier than [`MAX_PACKED_BYTES`].
    #[error("it weighs more than {MAX_PACKED_BYTES} bytes")]
    TooHeavy,
    /// Unpacked, heavier than its bound.
    #[error("`{0}` unpacks to more than is allowed")]
    TooHeavyUnpacked(&'static str),
    /// No zip, or a broken one.
    #[error("it is no zip that can be read")]
    Zip,
    /// Other files, more files, fewer files.
    #[error("it does not hold exactly `{BIN}` and `{SIG}`")]
    Files,
    /// The signatures cannot be read.
    #[error("`{SIG}` cannot be read: {0}")]
    Sig(prost::DecodeError),
    /// More signatures than [`MAX_SIGNATURES`].
    #[error("`{SIG}` holds more than {MAX_SIGNATURES} signatures")]
    TooManySignatures,
    /// The keys cannot be read.
    #[error("`{BIN}` cannot be read: {0}")]
    Bin(#[from] BinError),
}

/// A published file as it came. Nobody has checked who signed it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Published {
    pub(super) bin: Vec<u8>,
    pub(super) signatures: Vec<Signature>,
    pub(super) export: Export,
}

impl Published {
    /// Reads a zip.
    ///
    /// # Errors
    /// When it is not what the protocol says, or would unpack to more than is allowed.
    pub fn read(zip: &[u8]) -> Result<Self, ReadError> {
        if zip.len() > MAX_PACKED_BYTES {
            return Err(ReadError::TooHeavy);
        }
        if entries(zip).ok_or(ReadError::Zip)? != 2 {
            return Err(ReadError::Files);
        }
        let mut archive = ZipArchive::new(Cursor::new(zip)).map_err(|_| ReadError::Zip)?;
        let mut names: Vec<&[u8]> = archive.file_names_raw().collect();
        names.sort_unstable();
        if names != [BIN.as_bytes(), SIG.as_bytes()] {
            return Err(ReadError::Files);
        }
        let sig = unpacked(&mut archive, SIG, MAX_SIGNATURE_BYTES)?;
        let bin = unpacked(&mut archive, BIN, MAX_UNPACKED_BYTES - MAX_SIGNATURE_BYTES)?;
        Self::from_files(bin, &sig)
    }

    /// Reads the two files.
    ///
    /// # Errors
    /// When one of them cannot be read.
    pub fn from_files(bin: Vec<u8>, sig: &[u8]) -> Result<Self, ReadError> {
        let list = wire::signatures(sig, MAX_SIGNATURES).map_err(ReadError::Sig)?;
        let signatures = list.ok_or(ReadError::TooManySignatures)?.into_iter().map(|one| Signature {
            info: SignatureInfo::from(one.signature_info.unwrap_or_default()),
            chunk: (one.batch_num, one.batch_size),
            bytes: one.signature.unwrap_or_default(),
        });
        Ok(Self { signatures: signatures.collect(), export: Export::from_bin(&bin)?, bin })
    }

    /// What it says, whoever wrote it. To look at, never to match.
    #[must_use]
    pub const fn unchecked(&self) -> &Export {
        &self.export
    }

    /// Its signatures, as they say.
    #[must_use]
    pub fn signatures(&self) -> &[Signature] {
        &self.signatures
    }
}

/// How many entries the end of a zip says there are, before anything is made for each of them.
fn entries(zip: &[u8]) -> Option<u16> {
    const END: &[u8; 4] = b"PK\x05\x06";
    let tail = zip.get(zip.len().saturating_sub(22 + 65_535)..)?;
    let at = tail.windows(4).rposition(|four| four == END)?;
    tail.get(at + 10..)?.first_chunk().map(|two| u16::from_le_bytes(*two))
}

fn unpacked(
    archive: &mut ZipArchive<Cursor<&[u8]>>,
    name: &'static str,
    bound: u64,
) -> Result<Vec<u8>, ReadError> {
    let file = archive.by_name(name).map_err(|_| ReadError::Zip)?;
    let mut bytes = Vec::new();
    file.take(bound + 1).read_to_end(&mut bytes).map_err(|_| ReadError::Zip)?;
    if u64::try_from(bytes.len()).unwrap_or(u64::MAX) > bound {
        return Err(ReadError::TooHeavyUnpacked(name));
    }
    Ok(bytes)
}
