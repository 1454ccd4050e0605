//! The signature of a batch: CMS SignedData without its content, SHA-256, RSA or ECDSA, with the signer's certificate.

mod ber;
mod certificate;
mod sign;
mod verify;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

pub use certificate::Certificate;
pub use sign::{BatchSigner, KeyPairSigner, sign};
pub use verify::{Signer, verify};

use super::check::Thumbprint;
use crate::export::SigningError;

/// The most that a signature may weigh, certificate and all.
pub const MAX_SIGNATURE_BYTES: usize = 64 * 1024;

/// The least bits of an RSA key.
pub const MIN_RSA_BITS: usize = 3_072;

/// Why a signature is none, or not believed, or could not be made.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CmsError {
    /// Not base64.
    #[error("the signature is no base64")]
    Base64,
    /// Heavier than a signature can be.
    #[error("the signature weighs more than {MAX_SIGNATURE_BYTES} bytes")]
    TooHeavy,
    /// Not CMS SignedData.
    #[error("it is no CMS signature")]
    Form,
    /// It carries content of its own.
    #[error("the signature carries content of its own; it must be detached")]
    Attached,
    /// Signed by nobody, or by several.
    #[error("it has {0} signers; it must have one")]
    Signers(usize),
    /// The signer's certificate is not in it.
    #[error("the signer's certificate is not in it")]
    NoCertificate,
    /// The certificate cannot be read.
    #[error("the certificate cannot be read")]
    Certificate,
    /// Another way of signing or hashing.
    #[error("it is not signed with SHA-256 by RSA or by ECDSA on P-256, P-384 or P-521")]
    Algorithm,
    /// An RSA key that is too short.
    #[error("the RSA key has {0} bits; it must have {MIN_RSA_BITS}")]
    ShortKey(usize),
    /// Over other bytes.
    #[error("the signature is over other content")]
    Content,
    /// Not by the key of the certificate.
    #[error("the signature is not by the key of its certificate")]
    Mismatch,
    /// The certificate is not valid at this time.
    #[error("the certificate {0} is not valid at this time")]
    Expired(Thumbprint),
    /// What holds the key refused.
    #[error(transparent)]
    Signing(#[from] SigningError),
}

/// Reads the form in which a signature stands in a header or a file: base64, white space allowed around and between.
///
/// # Errors
/// When it is something else.
pub fn from_base64(text: &str) -> Result<Vec<u8>, CmsError> {
    let dense: String = text.split_ascii_whitespace().collect();
    if dense.len() > MAX_SIGNATURE_BYTES * 4 / 3 + 4 {
        return Err(CmsError::TooHeavy);
    }
    STANDARD.decode(dense).map_err(|_| CmsError::Base64)
}

/// Writes the form in which a signature stands in a header.
#[must_use]
pub fn to_base64(signature: &[u8]) -> String {
    STANDARD.encode(signature)
}
