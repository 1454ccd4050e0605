//! Export files: what an authority publishes and every phone reads. A zip of the keys and of a signature over them.
//!
//! A phone reads with [`Published::read`], checks with [`verify`] and only then has [`Export`]s to match. An authority
//! pads with [`padding`], writes with [`write()`].

mod bin;
mod embargo;
mod padding;
mod read;
mod signature;
mod verify;
mod wire;
mod write;

use jiff::Timestamp;

pub use bin::{BinError, MAX_KEYS};
pub use embargo::{EMBARGO_SECONDS, WINDOW_SECONDS, Window, publishable_from};
pub use padding::{Padding, padding};
pub use read::{MAX_PACKED_BYTES, MAX_UNPACKED_BYTES, Published, ReadError};
pub use signature::{
    ECDSA_SHA256, ECDSA_SHA512, ExportSigner, MAX_SIGNATURES, P256Signer, PublicKeyError, Signature,
    SignatureInfo, SigningError, TrustedKey,
};
pub use verify::{Verified, VerifyError, verify};
pub use write::{Content, Split, WriteError, file_name, index, write};

use crate::diagnosis::DiagnosisKey;

/// Which file of how many this is. The protocol counts from 1.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Chunk {
    /// Its number.
    pub number: u32,
    /// How many there are.
    pub of: u32,
}

impl Chunk {
    /// A file that stands alone.
    pub const ALONE: Self = Self { number: 1, of: 1 };
}

/// What is published in one file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Export {
    /// The keys arrived from this moment on.
    pub start: Timestamp,
    /// And before this one.
    pub end: Timestamp,
    /// The region, such as `DK`; empty if none was said.
    pub region: String,
    /// Which file of how many; `None` if it was not said.
    pub chunk: Option<Chunk>,
    /// Which keys sign.
    pub signature_infos: Vec<SignatureInfo>,
    /// Keys that are new in this window.
    pub keys: Vec<DiagnosisKey>,
    /// Keys of earlier windows of which something else is known now.
    pub revised_keys: Vec<DiagnosisKey>,
}

impl Export {
    /// Reads an `export.bin`, header and all. It is not known who wrote it: phones use [`verify`].
    ///
    /// # Errors
    /// When the bytes are no export.
    pub fn from_bin(bytes: &[u8]) -> Result<Self, BinError> {
        bin::read(bytes)
    }

    /// Writes an `export.bin`, header and all, in the order that the keys have here.
    #[must_use]
    pub fn to_bin(&self) -> Vec<u8> {
        bin::write(self)
    }
}
