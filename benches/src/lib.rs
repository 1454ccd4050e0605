//! Benchmarks with an opponent in the same run, and the agreement of our decisions with those of other engines.
//!
//! Correctness comes first: a run that answers one question wrongly has no time.

pub mod check;
pub mod decide;
pub mod exposure;
pub mod keys;
pub mod read;
pub mod report;
