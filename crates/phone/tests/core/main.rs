//! Phones that meet, warn and forget.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, missing_docs)]

mod forget;
mod house;
mod meet;
mod rotate;
