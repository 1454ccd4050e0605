#![doc = include_str!("../README.md")]
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing))]

pub mod check;
pub mod day;
pub mod job;
pub mod report;
pub mod seal;
pub mod split;
pub mod sum;
pub mod task;
pub mod told;
pub mod wire;

pub use day::Day;
pub use report::{Report, ReportId};
pub use seal::{Config, PrivateKey, Sealed, Whose};
pub use sum::{Figures, Sum};
pub use task::{Secret, TaskId};
pub use told::Told;

/// Fills bytes with randomness; fixed in tests, the operating system's elsewhere.
pub type Random<'a> = dyn FnMut(&mut [u8]) + 'a;

#[cfg(test)]
mod tests;
