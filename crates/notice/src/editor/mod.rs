//! What an editor wants to know of notices that are being written: schema, words, places, completions, outlines.
//!
//! Invariant: pure. Files and positions in, answers out; half-written files are the normal case.

mod grammar;
mod schema;

#[cfg(test)]
mod tests;

pub use grammar::Kind;
pub use schema::schema;
