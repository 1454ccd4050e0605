//! Matching against its plain twin, and both risk models against what the field and Denmark publish.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, missing_docs)]

mod matching;
mod parameters;
mod risk;
mod town;
