//! So many in so long: a count that refills evenly and never lets more than its number through at once.

use std::collections::HashMap;
use std::hash::Hash;
use std::sync::{Mutex, PoisonError};

/// So many in so many seconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limit {
    /// How many.
    pub count: u32,
    /// In how many seconds.
    pub seconds: u32,
}

/// Over the limit: when another try makes sense.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TooMany {
    /// Seconds to wait, at least 1.
    pub retry_after_seconds: u64,
}

/// A count for each key. Held in memory; a key that has rested is forgotten.
#[derive(Debug)]
pub struct Window<K>(Mutex<Counts<K>>);

#[derive(Debug)]
struct Counts<K> {
    /// For each key the time at which it will have rested fully (generic cell rate algorithm).
    rested_at: HashMap<K, f64>,
    /// The latest time that anybody brought: whoever looked at the clock a moment before counts at this one.
    latest: f64,
}

const KEYS_BEFORE_FORGETTING: usize = 50_000;

impl<K> Default for Window<K> {
    fn default() -> Self {
        Self(Mutex::new(Counts { rested_at: HashMap::new(), latest: 0.0 }))
    }
}

impl<K: Hash + Eq> Window<K> {
    /// Whether the next of a key would be over the limit; counts nothing.
    pub fn is_over(&self, key: &K, limit: Limit, now: f64) -> bool {
        let counts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let now = now.max(counts.latest);
        counts.rested_at.get(key).is_some_and(|at| over(*at, limit, now) > 0.0)
    }

    /// Counts one more of a key.
    ///
    /// # Errors
    /// [`TooMany`]; what was refused is not counted.
    pub fn count(&self, key: K, limit: Limit, now: f64) -> Result<(), TooMany> {
        let step = f64::from(limit.seconds) / f64::from(limit.count.max(1));
        let mut counts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let Counts { rested_at, latest } = &mut *counts;
        let now = now.max(*latest);
        *latest = now;
        if rested_at.len() >= KEYS_BEFORE_FORGETTING {
            rested_at.retain(|_, at| *at > now);
        }
        let at = rested_at.entry(key).or_insert(now);
        let over = over(*at, limit, now);
        if over > 0.0 {
            return Err(TooMany { retry_after_seconds: whole(over) });
        }
        *at = at.max(now) + step;
        Ok(())
    }
}

fn over(rested_at: f64, limit: Limit, now: f64) -> f64 {
    let step = f64::from(limit.seconds) / f64::from(limit.count.max(1));
    // A hundredth of a step for the rounding of many small steps.
    rested_at.max(now) + step - now - f64::from(limit.seconds) - step / 100.0
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "positive and at most a day")]
fn whole(seconds: f64) -> u64 {
    (seconds.ceil() as u64).max(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    const LIMIT: Limit = Limit { count: 20, seconds: 60 };

    #[test]
    fn exactly_as_many_as_promised_pass_and_the_next_does_not() {
        for count in [1, 7, 20, 600] {
            let limit = Limit { count, seconds: 60 };
            let window = Window::default();
            for _ in 0..count {
                assert_eq!(window.count("a", limit, 5.0), Ok(()));
            }
            assert!(window.count("a", limit, 5.0).is_err());
            assert_eq!(window.count("b", limit, 5.0), Ok(()));
        }
    }

    #[test]
    fn whoever_looked_at_the_clock_before_another_and_comes_after_is_not_over() {
        let window = Window::default();
        assert_eq!(window.count("a", LIMIT, 300.0), Ok(()));
        assert!(!window.is_over(&"a", LIMIT, 0.0));
        assert_eq!(window.count("a", LIMIT, 0.0), Ok(()));
    }

    #[test]
    fn after_the_time_named_another_passes() {
        let window = Window::default();
        for _ in 0..20 {
            window.count("a", LIMIT, 0.0).unwrap();
        }
        let TooMany { retry_after_seconds } = window.count("a", LIMIT, 0.0).unwrap_err();
        #[expect(clippy::cast_precision_loss, reason = "seconds")]
        let later = retry_after_seconds as f64;
        assert_eq!(window.count("a", LIMIT, later), Ok(()));
        assert!(window.count("a", LIMIT, later).is_err());
    }
}
