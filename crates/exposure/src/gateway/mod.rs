//! Keys between countries: batches for the European federation gateway, the bytes that are signed, the signature.
//!
//! A country makes [`FederatedKey`]s of its own keys, signs their [`canonical`] bytes with [`cms::sign`] and uploads
//! both. Whoever downloads checks with [`check_batch`] before anything else.

pub mod canonical;
mod check;
pub mod cms;
mod json;
mod onset;
mod wire;

pub use canonical::{canonical, payload_hash};
pub use check::{
    BatchError, KeyFault, MAX_KEYS, SigningCertificate, Thumbprint, check_batch, validate, validate_all,
};
pub use json::JsonError;
pub use onset::{Onset, OnsetError};
pub use wire::{Batch, FederatedKey, ReadError, UNKNOWN_RISK};
