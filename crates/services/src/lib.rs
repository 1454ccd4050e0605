#![doc = include_str!("../README.md")]
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing))]

pub mod basic_data;
pub mod call;
pub mod consent;
pub mod emergency_access;
mod error;
pub mod my_log;
pub mod opt_out;
pub mod presentation;
pub mod professional;
mod redacted;
pub mod shared_medication_record;
pub mod treatment_relation;
pub mod what_goes_when;
mod whom;

pub use call::Call;
pub use error::{Error, Explain, Nothing, Problem};
pub use whom::Whom;
