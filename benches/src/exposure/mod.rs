//! Exposure notification: how near matching comes to what the processor can do, and how long an export takes.

pub mod bound;
pub mod export;
pub mod matching;
pub mod phone;
pub mod straight;
