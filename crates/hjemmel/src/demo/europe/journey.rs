//! The neighbours on a journey through time: swept at each stop, and in its last two weeks alive day by day.
//!
//! What they exchanged in the years before would have been erased by the clocks of the notices before the journey ends,
//! so nobody needs to live through it.

use jiff::{SignedDuration, Timestamp};
use register::{Clock, Unavailable};

use super::super::time_machine::Beside;
use super::{Europe, before};

/// Days before the end of a journey from which on each day is lived through.
const LIVED_DAYS: i64 = 15;
/// Days before the end from which on phones tell of their day: enough that some days are counted when it comes.
const TOLD_DAYS: i64 = 7;

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
        // To count a day takes as long as to live it, and a few are enough to look at.
        if now >= before(to, 24 * TOLD_DAYS) {
            self.0.count()?;
        }
        Ok(())
    }
}
