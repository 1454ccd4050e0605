#![doc = include_str!("../README.md")]
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing))]

pub mod answer;
mod arguments;
mod commands;
pub mod corpus;
#[cfg(feature = "demo")]
pub mod demo;
pub mod machine;
mod near;
pub mod signing;
mod terminal;
#[cfg(feature = "demo")]
mod town;

pub use arguments::run;
