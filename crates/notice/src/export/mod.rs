//! The compiled policy in the words of other engines.

pub mod cedar;
