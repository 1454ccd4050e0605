//! The machine's clock and the machine's randomness. Nothing else in the house reads either.

use std::time::Instant;

use aws_lc_rs::rand::{SecureRandom, SystemRandom};
use jiff::Timestamp;
use register::{Clock, Randomness};

/// The clock of the machine.
#[derive(Debug)]
pub struct SystemClock {
    start: Instant,
}

impl SystemClock {
    /// The clock, its count of passing seconds from now.
    #[must_use]
    #[expect(clippy::disallowed_methods, reason = "the one place that reads the machine's clock")]
    pub fn start() -> Self {
        Self { start: Instant::now() }
    }
}

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "the one place that reads the machine's clock")]
    fn now(&self) -> Timestamp {
        Timestamp::now()
    }

    fn monotonic_seconds(&self) -> f64 {
        self.start.elapsed().as_secs_f64()
    }
}

/// The secure source of the operating system.
#[derive(Debug)]
pub struct SystemRandomness(SystemRandom);

impl SystemRandomness {
    /// The source.
    #[must_use]
    #[expect(clippy::disallowed_methods, reason = "the one place that rolls the machine's dice")]
    pub fn new() -> Self {
        Self(SystemRandom::new())
    }
}

impl Default for SystemRandomness {
    fn default() -> Self {
        Self::new()
    }
}

impl Randomness for SystemRandomness {
    fn fill(&self, bytes: &mut [u8]) {
        // Ids and keys without randomness would be worse than no answer: the process ends at once.
        if self.0.fill(bytes).is_err() {
            std::process::abort();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn randomness_does_not_repeat() {
        let source = SystemRandomness::new();
        let (mut a, mut b) = ([0; 32], [0; 32]);
        source.fill(&mut a);
        source.fill(&mut b);
        assert_ne!(a, b);
    }

    #[test]
    fn the_count_of_seconds_is_never_set_back() {
        let clock = SystemClock::start();
        let first = clock.monotonic_seconds();
        assert!(clock.monotonic_seconds() >= first);
    }
}
