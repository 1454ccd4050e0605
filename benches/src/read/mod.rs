//! A lawful read against a bare one, on the same engine.

pub mod bare;
pub mod benchmark;
pub mod lawful;
pub mod load;
