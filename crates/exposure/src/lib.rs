#![doc = include_str!("../README.md")]
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing))]

pub mod interval;
pub mod key;
pub mod schedule;

pub use interval::{Day, IntervalNumber, RollingPeriod};
pub use key::{Random, RollingProximityIdentifier, TemporaryExposureKey};
pub use schedule::{EncryptedMetadata, IdentifierKey, Metadata, MetadataKey};
