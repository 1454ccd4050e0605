//! What an editor wants to know of notices that are being written: schema, words, places, completions, outlines.
//!
//! Invariant: pure. Files and positions in, answers out; half-written files are the normal case.

mod complete;
mod grammar;
mod hover;
mod line;
mod outline;
mod scan;
mod schema;
mod workspace;

#[cfg(test)]
mod tests;

pub use complete::{Completion, CompletionKind};
pub use grammar::Kind;
pub use hover::Hover;
pub use outline::Symbol;
pub use schema::schema;
pub use workspace::{Declared, Workspace};
