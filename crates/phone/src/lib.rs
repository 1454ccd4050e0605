#![doc = include_str!("../README.md")]
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing))]

pub mod consent;
mod dice;
pub mod exports;
pub mod failures;
pub mod guidance;
pub mod keys;
pub mod language;
pub mod many;
pub mod network;
pub mod page;
pub mod phone;
pub mod radio;
pub mod report;
pub mod routine;
mod sealed;
mod state;
pub mod statistics;
pub mod stored;
pub mod vault;
pub mod warnings;
pub mod working;

pub use consent::{Consent, Standing};
pub use exports::Country;
pub use failures::InBoth;
pub use guidance::Guidance;
pub use language::Language;
pub use phone::{Hearing, Phone, PhoneError};
pub use routine::{Event, Routine, Settings};
pub use vault::{FolderVault, MemoryVault, Vault, VaultError};
pub use warnings::{Message, Warning};
pub use working::{Trouble, Working};
