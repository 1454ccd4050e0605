//! The same questions to three engines: our compiled table, Cedar, and Rego.

pub mod benchmark;
pub mod cedar;
pub mod corpus;
pub mod questions;
pub mod rego;
mod ways;
