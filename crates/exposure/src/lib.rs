#![doc = include_str!("../README.md")]
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing))]

pub mod diagnosis;
pub mod export;
pub mod gateway;
pub mod guidance;
pub mod interval;
pub mod key;
pub mod matching;
pub mod publish;
pub mod revision;
pub mod risk;
pub mod schedule;
pub mod sighting;
pub mod window;

pub use diagnosis::{DiagnosisKey, ReportType, TransmissionRisk};
pub use interval::{Day, IntervalNumber, RollingPeriod};
pub use key::{Random, RollingProximityIdentifier, TemporaryExposureKey};
pub use schedule::{EncryptedMetadata, IdentifierKey, Metadata, MetadataKey};
