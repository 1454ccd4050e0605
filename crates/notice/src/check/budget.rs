//! How much checking a corpus may cost: what is compared with everything else is counted in steps, and whoever asks for too many is told so.
//!
//! Invariant: no corpus within the limits of its files can hold the compiler for long (threats 4.10).

use std::cell::Cell;

/// Steps that all checks of a corpus may take. A step is a comparison of names or the like: tens of nanoseconds.
pub(crate) const STEPS_MAX: u64 = 20_000_000;
/// Steps that guessing what was meant may take; beyond them nothing is guessed.
pub(crate) const GUESSES_MAX: u64 = 10_000_000;
/// Most sections of one kind in a corpus.
pub(crate) const SECTIONS_MAX: usize = 5_000;

/// Steps that are left.
#[derive(Debug)]
pub(crate) struct Budget(Cell<u64>);

impl Budget {
    pub(crate) const fn of(steps: u64) -> Self {
        Self(Cell::new(steps))
    }

    /// Takes steps; false if there are not so many left, and then there are none.
    pub(crate) fn spend(&self, steps: usize) -> bool {
        let left = self.0.get().checked_sub(u64::try_from(steps).unwrap_or(u64::MAX));
        self.0.set(left.unwrap_or(0));
        left.is_some()
    }

    /// Whether nothing is left.
    pub(crate) fn is_spent(&self) -> bool {
        self.0.get() == 0
    }
}
