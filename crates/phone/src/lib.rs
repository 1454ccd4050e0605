#![doc = include_str!("../README.md")]
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing))]

pub mod keys;
pub mod phone;
mod state;
pub mod vault;

pub use phone::{Consent, Hearing, Phone, PhoneError, Warning};
pub use vault::{Vault, VaultError};
