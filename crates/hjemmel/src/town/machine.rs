//! The machine of the town: a clock that the town moves, and dice that follow from its seed.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

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

/// A connection that nobody has used for so long is not used again: a server may be closing it at that moment.
const IDLE: Duration = Duration::from_secs(4);

/// Asks servers of the town for many phones.
pub(super) fn client() -> Result<reqwest::Client, NotServing> {
    reqwest::Client::builder().no_proxy().pool_idle_timeout(IDLE).build().map_err(stopped)
}

/// Randomness that follows from the seed of the town.
#[derive(Debug)]
pub(super) struct TownRandomness(Mutex<Dice>);

#[derive(Debug)]
struct Dice {
    own: Chance,
    others: Option<Chance>,
}

impl TownRandomness {
    pub(super) const fn new(chance: Chance) -> Self {
        Self(Mutex::new(Dice { own: chance, others: None }))
    }

    /// Rolls other dice from now on. Questions that come many at once roll in no order: what they roll must not move what the town goes on with.
    pub(super) fn rolls_others(&self, chance: Chance) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).others = Some(chance);
    }

    /// Goes on where it was.
    pub(super) fn rolls_its_own(&self) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).others = None;
    }
}

impl Randomness for TownRandomness {
    fn fill(&self, bytes: &mut [u8]) {
        let mut dice = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let Dice { own, others } = &mut *dice;
        others.as_mut().unwrap_or(own).fill(bytes);
    }
}

/// Why the servers stopped.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub(super) struct NotServing(String);

pub(super) fn stopped(problem: impl std::fmt::Display) -> NotServing {
    NotServing(problem.to_string())
}

#[cfg(test)]
mod tests {
    use super::super::chance::For;
    use super::*;

    #[test]
    fn what_is_rolled_with_other_dice_moves_nothing_that_comes_after() {
        let rolled = |aside: usize| {
            let dice = TownRandomness::new(Chance::of(1, For::Servers, 3));
            let mut first = [0; 4];
            dice.fill(&mut first);
            dice.rolls_others(Chance::of(1, For::Decoys, 0));
            (0..aside).for_each(|_| dice.fill(&mut [0; 7]));
            dice.rolls_its_own();
            let mut second = [0; 4];
            dice.fill(&mut second);
            (first, second)
        };
        assert_eq!(rolled(0), rolled(5));
    }
}
