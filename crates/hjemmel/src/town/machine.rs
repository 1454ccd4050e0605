//! The machine of the town: a clock that the town moves, and dice that follow from its seed.

use std::sync::{Mutex, PoisonError};

use jiff::{SignedDuration, Timestamp};
use register::{Clock, Randomness};

use super::chance::Chance;

/// A clock that stands still until the town moves it; the passing of time moves with it.
#[derive(Debug)]
pub(super) struct TownClock(Mutex<(Timestamp, f64)>);

impl TownClock {
    pub(super) fn at(begin: Timestamp) -> Self {
        Self(Mutex::new((begin, 0.0)))
    }

    /// Moves on; never back.
    pub(super) fn advance(&self, to: Timestamp) {
        let mut shown = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let by = to.duration_since(shown.0);
        if by > SignedDuration::ZERO {
            *shown = (to, shown.1 + by.as_secs_f64());
        }
    }
}

impl Clock for TownClock {
    fn now(&self) -> Timestamp {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).0
    }

    fn monotonic_seconds(&self) -> f64 {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).1
    }
}

/// Randomness that follows from the seed of the town.
#[derive(Debug)]
pub(super) struct TownRandomness(Mutex<Chance>);

impl TownRandomness {
    pub(super) const fn new(chance: Chance) -> Self {
        Self(Mutex::new(chance))
    }
}

impl Randomness for TownRandomness {
    fn fill(&self, bytes: &mut [u8]) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).fill(bytes);
    }
}

/// Why the servers stopped.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub(super) struct NotServing(String);

pub(super) fn stopped(problem: impl std::fmt::Display) -> NotServing {
    NotServing(problem.to_string())
}
