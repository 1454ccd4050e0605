//! Chance that comes out the same each time: everything in the synthetic country follows from its seed.

use jiff::civil::{Date, DateTime};
use jiff::{Span, ToSpan};
use rand::{Rng, SeedableRng};
use rand_chacha::ChaCha8Rng;

/// A source of chance with a beginning of its own.
#[derive(Debug)]
pub(super) struct Dice(ChaCha8Rng);

impl Dice {
    /// The dice of one thing in the country: the same seed, purpose and number throw the same.
    #[must_use]
    pub(super) fn of(seed: u64, purpose: u32, number: u64) -> Self {
        let mut key = [0_u8; 32];
        let parts = [seed, u64::from(purpose), number];
        for (slot, byte) in key.iter_mut().zip(parts.iter().flat_map(|part| part.to_le_bytes())) {
            *slot = byte;
        }
        Self(ChaCha8Rng::from_seed(key))
    }

    /// Fills with chance.
    pub(super) fn fill(&mut self, bytes: &mut [u8]) {
        self.0.fill(bytes);
    }

    /// A number below `limit`; 0 where there is none.
    pub(super) fn below(&mut self, limit: usize) -> usize {
        if limit == 0 { 0 } else { self.0.random_range(0..limit) }
    }

    /// A number from `least` to `most`, both included.
    pub(super) fn between(&mut self, least: i64, most: i64) -> i64 {
        if most <= least { least } else { self.0.random_range(least..=most) }
    }

    /// Yes, so many times out of a thousand.
    pub(super) fn thousandths(&mut self, yes: u16) -> bool {
        self.0.random_range(0..1000) < u32::from(yes)
    }

    /// One of a list.
    pub(super) fn pick<'a, T>(&mut self, list: &'a [T]) -> Option<&'a T> {
        let place = self.below(list.len());
        list.get(place)
    }

    /// One word of a list.
    pub(super) fn word(&mut self, list: &[&'static str]) -> &'static str {
        self.pick(list).copied().unwrap_or_default()
    }

    /// Some of a list, in the order of the list.
    pub(super) fn some<T: Copy>(&mut self, list: &[T], many: usize) -> Vec<T> {
        let mut places: Vec<usize> = (0..list.len()).collect();
        while places.len() > many {
            let out = self.below(places.len());
            places.remove(out);
        }
        places.into_iter().filter_map(|place| list.get(place).copied()).collect()
    }

    /// A day from `first` to `last`, both included.
    pub(super) fn day(&mut self, first: Date, last: Date) -> Date {
        let days = i64::from(first.until(last).map_or(0, |span| span.get_days()));
        let step = self.between(0, days.max(0));
        first.checked_add(step.days()).unwrap_or(first)
    }

    /// A time of a working day.
    pub(super) fn opening_hours(&mut self, day: Date) -> DateTime {
        let minutes = self.between(8 * 60, 16 * 60);
        day.at(0, 0, 0, 0).checked_add(Span::new().minutes(minutes)).unwrap_or_else(|_| day.at(12, 0, 0, 0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_same_seed_throws_the_same() {
        let throw = || {
            let mut dice = Dice::of(7, 1, 3);
            (0..100).map(|_| dice.below(1000)).collect::<Vec<_>>()
        };
        assert_eq!(throw(), throw());
    }

    #[test]
    fn days_lie_between_their_ends() {
        let mut dice = Dice::of(1, 1, 1);
        let (first, last) = (jiff::civil::date(2024, 2, 28), jiff::civil::date(2024, 3, 1));
        assert!((0..200).all(|_| (first..=last).contains(&dice.day(first, last))));
        assert_eq!(dice.day(last, first), last, "an empty range gives its first day");
    }
}
