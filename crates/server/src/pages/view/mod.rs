//! What a page shows: plain data and a template each, without a register, a session or a clock.
//!
//! Invariant: a view holds only what its page prints.

pub mod care;
mod chart;
pub mod citizen;
pub mod clocks;
pub mod drafts;
pub mod emergencies;
pub mod europe;
pub mod exported;
mod form;
mod laid;
pub mod medicine;
pub mod officer;
pub mod open;
pub mod prints;
pub mod registers;
mod shell;
pub mod states;
pub mod statistics;
pub mod warn;

pub mod demo;
#[cfg(test)]
mod tests;

pub use chart::{Bar, Bars, Cell, Mark, Matrix, Row, Timeline};
pub use form::{Choice, Chosen, Field, Problems};
pub use shell::{Area, Controller, Edge, Flash, Shell, Tone, Who};
#[cfg(test)]
pub(crate) use tests::sample_shell;
