//! The commands, one a file.

#[cfg(unix)]
pub(crate) mod at_hand;
pub(crate) mod check;
pub(crate) mod close_app;
pub(crate) mod confirm_clock;
#[cfg(feature = "demo")]
pub(crate) mod demo;
pub(crate) mod diff;
pub(crate) mod due;
pub(crate) mod explain;
pub(crate) mod export;
pub(crate) mod exposure;
pub(crate) mod federation;
pub(crate) mod gateway;
pub(crate) mod lsp;
pub(crate) mod new;
pub(crate) mod opened;
pub(crate) mod promises;
pub(crate) mod release_brake;
pub(crate) mod schema;
pub(crate) mod serve;
mod serving;
pub(crate) mod show;
pub(crate) mod sign;
pub(crate) mod sweep;
#[cfg(feature = "demo")]
pub(crate) mod town;
pub(crate) mod r#try;
pub(crate) mod two_persons;
pub(crate) mod when;
