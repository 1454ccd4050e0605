//! The neighbours on a journey through time: swept at each stop, and in its last two weeks alive day by day.
//!
//! What they exchanged in the years before would have been erased by the clocks of the notices before the journey ends,
//! so nobody needs to live through it.

use jiff::{SignedDuration, Timestamp};
use register::{Clock, Unavailable};

use super::super::time_machine::Beside;
use super::Europe;

/// Days before the end of a journey from which on each day is lived through.
const LIVED_DAYS: i64 = 15;

impl Beside for Europe {
    fn next_due(&self) -> Result<Option<Timestamp>, Unavailable> {
        let mut earliest: Option<Timestamp> = None;
        for register in self.0.registers() {
            let due = register.next_due()?;
            earliest = earliest.into_iter().chain(due).min();
        }
        Ok(earliest)
    }

    fn daily_from(&self, to: Timestamp) -> Timestamp {
        to.checked_sub(SignedDuration::from_hours(24 * LIVED_DAYS)).unwrap_or(to)
    }

    fn stopped(&self, to: Timestamp) -> Result<(), Unavailable> {
        self.0.sweep()?;
        let now = self.0.clock.now();
        if now < self.daily_from(to) {
            return Ok(());
        }
        self.0.warn_at_home(now)?;
        self.0.together();
        self.0.count()?;
        Ok(())
    }
}
