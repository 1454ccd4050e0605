//! A clock that runs with the machine and can be moved on, never back.

use std::sync::{Mutex, PoisonError};

use jiff::{SignedDuration, Timestamp};
use register::Clock;

use crate::machine::SystemClock;

/// The clock of the demonstration. When it is moved, the passing of time moves with it: a journey is no jump.
#[derive(Debug)]
pub struct DemoClock {
    machine: SystemClock,
    start: Timestamp,
    ahead_seconds: Mutex<f64>,
}

/// Time only moves on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("time only moves on; what is erased does not come back")]
pub struct Backwards;

impl DemoClock {
    /// A clock that shows `start` now.
    #[must_use]
    pub fn at(start: Timestamp) -> Self {
        Self { machine: SystemClock::start(), start, ahead_seconds: Mutex::new(0.0) }
    }

    /// Moves on to an instant.
    ///
    /// # Errors
    /// If it lies behind.
    pub fn advance(&self, to: Timestamp) -> Result<(), Backwards> {
        let mut ahead = self.ahead_seconds.lock().unwrap_or_else(PoisonError::into_inner);
        let by = to.duration_since(self.shown(*ahead)).as_secs_f64();
        if by < 0.0 {
            return Err(Backwards);
        }
        *ahead += by;
        Ok(())
    }

    fn passed(&self, ahead: f64) -> f64 {
        self.machine.monotonic_seconds() + ahead
    }

    fn shown(&self, ahead: f64) -> Timestamp {
        let passed = SignedDuration::try_from_secs_f64(self.passed(ahead)).unwrap_or(SignedDuration::MAX);
        self.start.saturating_add(passed).unwrap_or(Timestamp::MAX)
    }

    fn ahead(&self) -> f64 {
        *self.ahead_seconds.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Clock for DemoClock {
    fn now(&self) -> Timestamp {
        self.shown(self.ahead())
    }

    fn monotonic_seconds(&self) -> f64 {
        self.passed(self.ahead())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_journey_moves_the_passing_of_time_with_it() {
        let start: Timestamp = "2026-11-21T09:00:00Z".parse().unwrap();
        let clock = DemoClock::at(start);
        let (wall, passed) = (clock.now(), clock.monotonic_seconds());
        clock.advance("2036-11-21T09:00:00Z".parse().unwrap()).unwrap();
        let step = clock.now().duration_since(wall).as_secs_f64() - (clock.monotonic_seconds() - passed);
        assert!(step.abs() < 1.0, "{step}");
    }

    #[test]
    fn time_does_not_move_back() {
        let start: Timestamp = "2026-11-21T09:00:00Z".parse().unwrap();
        assert_eq!(DemoClock::at(start).advance("2026-11-20T09:00:00Z".parse().unwrap()), Err(Backwards));
    }
}
