//! For tests: a clock that stands still until it is moved, randomness from a seed, a register in a temporary folder.

use std::sync::{Mutex, PoisonError};

use aws_lc_rs::digest::{SHA256, digest};
use jiff::{Span, Timestamp};

use crate::call::{Clock, Randomness};

/// A clock that a test moves.
#[derive(Debug)]
pub struct FixedClock(Mutex<(Timestamp, f64)>);

impl FixedClock {
    /// Stands at an instant such as `2026-11-21T09:00:00Z`.
    ///
    /// # Panics
    /// If the text is not an instant.
    #[must_use]
    #[expect(clippy::expect_used, reason = "a test that names no instant is wrong")]
    pub fn at(instant: &str) -> Self {
        Self::from(instant.parse::<Timestamp>().expect("an instant"))
    }

    /// Time passes: wall and monotonic clock move together.
    pub fn pass(&self, span: Span) {
        let mut state = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let zoned = state.0.to_zoned(jiff::tz::TimeZone::UTC);
        let later = zoned.checked_add(span).map_or(state.0, |zoned| zoned.timestamp());
        state.1 += later.duration_since(state.0).as_secs_f64();
        state.0 = later;
    }

    /// Time passes until an instant.
    pub fn pass_until(&self, instant: Timestamp) {
        let mut state = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        state.1 += instant.duration_since(state.0).as_secs_f64().max(0.0);
        state.0 = instant;
    }

    /// The wall clock jumps and no time passes.
    pub fn jump_to(&self, instant: Timestamp) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).0 = instant;
    }
}

impl From<Timestamp> for FixedClock {
    fn from(instant: Timestamp) -> Self {
        Self(Mutex::new((instant, 0.0)))
    }
}

impl Clock for FixedClock {
    fn now(&self) -> Timestamp {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).0
    }

    fn monotonic_seconds(&self) -> f64 {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).1
    }
}

/// Bytes that follow from a seed.
#[derive(Debug)]
pub struct SeededRandomness(Mutex<(u64, u64)>);

impl SeededRandomness {
    /// The same seed gives the same bytes.
    #[must_use]
    pub const fn new(seed: u64) -> Self {
        Self(Mutex::new((seed, 0)))
    }
}

impl Randomness for SeededRandomness {
    fn fill(&self, bytes: &mut [u8]) {
        let mut state = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        for chunk in bytes.chunks_mut(32) {
            state.1 += 1;
            let block = digest(&SHA256, &[state.0.to_be_bytes(), state.1.to_be_bytes()].concat());
            chunk.iter_mut().zip(block.as_ref()).for_each(|(byte, random)| *byte = *random);
        }
    }
}
