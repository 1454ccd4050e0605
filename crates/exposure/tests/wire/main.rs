//! Every published vector and sample, reproduced or verified.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, missing_docs)]

mod files;
mod schedule;
