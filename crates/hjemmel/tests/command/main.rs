//! The built program, called as people and programs call it.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, missing_docs)]

mod book;
mod browser;
mod check;
mod closing;
#[cfg(unix)]
mod countries;
#[cfg(feature = "demo")]
mod demo;
mod diff;
mod explain;
mod exposure;
mod help;
mod lsp;
mod new;
mod promises;
mod rubbish;
mod run;
mod schema;
mod serve;
mod show;
mod sign;
#[cfg(feature = "demo")]
mod town;
mod trial;
mod when;
