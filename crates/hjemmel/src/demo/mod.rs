//! The demonstration: a synthetic country that follows from a seed, persons to be, and a time machine.
//!
//! Invariant: this is in no release; it is compiled with the feature `demo` only.
//! Invariant: what the clocks of the notices would have erased before the country's day is never imported.

pub mod clock;
mod counting;
pub mod country;
mod dice;
mod dosage;
pub mod europe;
// A list is read line by line.
#[rustfmt::skip]
mod drugs;
mod export;
mod growth;
mod households;
mod import;
mod infected;
pub mod life;
mod looks;
#[rustfmt::skip]
mod names;
mod numbers;
mod official;
pub mod person;
mod personas;
pub mod place;
pub mod smittestop;
pub mod staff;
pub mod state;
mod time_machine;

pub use export::fingerprint;
pub use growth::{GrowError, Told, grow};
pub use personas::{Persona, personas};
pub use time_machine::{Beside, Journey, JourneyError, TimeMachine};
