//! The same questions to three engines: our compiled table, Cedar, and Rego.

pub mod corpus;
pub mod questions;
pub mod rego;
