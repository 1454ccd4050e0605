//! Phones that meet, warn and forget.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, missing_docs)]

mod agreed;
mod air;
mod blocked;
mod bounds;
mod counted;
mod criteria;
mod driven;
mod fetch;
mod forget;
mod house;
mod many;
mod marks;
mod meet;
mod pages;
mod report;
mod rotate;
mod servers;
mod warned;
