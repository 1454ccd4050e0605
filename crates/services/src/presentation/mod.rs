//! Presentations: a person shows or sends a prescription to a pharmacy, which may then see and serve it.

pub mod end;
pub mod present;
pub mod register_presentation;
pub mod see_own_presentations;
pub mod take_back;

/// How long a presentation opens the prescriptions, in days.
pub const LASTS_DAYS: i64 = 7;
