//! The compiler of notices against a validator that is given the same files.

pub mod benchmark;
pub(crate) mod corpora;
#[path = "../../../crates/notice/tests/reading/mod.rs"]
#[expect(dead_code, reason = "the reader of the tests, which also look at what is expected")]
mod reading;
mod schema;
