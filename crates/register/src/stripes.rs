//! Tells a reader whether anything about a person changed between the question and the answer.
//!
//! Invariant: a stripe is odd while a change about one of its people is on its way to the disk, and moves on by two for each such commit.
//! Invariant: a stripe knows the number of its latest change before anybody sees that it has settled.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::Duration;

use notice::Id;
use notice::id::Person;

const COUNT: usize = 4_096;

/// A counter shared by a few people.
#[derive(Debug, Default)]
struct Stripe {
    count: AtomicU64,
    /// The number of its latest change among those of all stripes.
    changed: AtomicU64,
}

/// Counters for everybody.
#[derive(Debug)]
pub(crate) struct Stripes {
    all: Vec<Stripe>,
    changes: AtomicU64,
}

/// The stripe of a person.
pub(crate) fn stripe(person: Id<Person>) -> usize {
    // Ids are keyed hashes: their low bits are even.
    (person.bits() % COUNT as u128) as usize
}

impl Stripes {
    pub(crate) fn new() -> Self {
        Self { all: (0..COUNT).map(|_| Stripe::default()).collect(), changes: AtomicU64::new(0) }
    }

    fn at(&self, stripe: usize) -> u64 {
        self.all.get(stripe).map_or(0, |stripe| stripe.count.load(Ordering::SeqCst))
    }

    /// The state of some stripes once nothing about them is on its way.
    pub(crate) fn settled(&self, stripes: &[usize]) -> u64 {
        let mut waits = 0_u32;
        loop {
            let values = stripes.iter().map(|stripe| self.at(*stripe));
            let (sum, moving) = values.fold((0_u64, false), |(sum, moving), value| {
                (sum.wrapping_add(value), moving || value % 2 == 1)
            });
            if !moving {
                return sum;
            }
            waits += 1;
            if waits < 64 { std::thread::yield_now() } else { std::thread::sleep(Duration::from_micros(100)) }
        }
    }

    /// The state of every stripe at this moment, for a look that does not know yet whom it concerns.
    pub(crate) fn all(&self) -> Vec<u64> {
        self.all.iter().map(|stripe| stripe.count.load(Ordering::SeqCst)).collect()
    }

    /// The state that some stripes had then; `None` if a change was on its way.
    pub(crate) fn then(all: &[u64], stripes: &[usize]) -> Option<u64> {
        stripes.iter().try_fold(0_u64, |sum, stripe| {
            let value = all.get(*stripe).copied().filter(|value| value % 2 == 0)?;
            Some(sum.wrapping_add(value))
        })
    }

    /// Whether nothing has happened since the stripes were settled at this state.
    pub(crate) fn unchanged(&self, stripes: &[usize], stamp: u64) -> bool {
        stripes.iter().fold(0_u64, |sum, stripe| sum.wrapping_add(self.at(*stripe))) == stamp
    }

    /// How many steps were made: a look that begins now sees all of them that have arrived.
    pub(crate) fn changes(&self) -> u64 {
        self.changes.load(Ordering::SeqCst)
    }

    /// Whether a stripe is settled in the state that it had when so many steps were made.
    pub(crate) fn is_still(&self, stripe: usize, as_of: u64) -> bool {
        self.all.get(stripe).is_some_and(|stripe| {
            stripe.count.load(Ordering::SeqCst) % 2 == 0 && stripe.changed.load(Ordering::SeqCst) <= as_of
        })
    }

    pub(crate) const fn len(&self) -> usize {
        self.all.len()
    }

    /// A change sets out, or has arrived.
    pub(crate) fn step(&self, stripe: usize) {
        if let Some(stripe) = self.all.get(stripe) {
            let number = self.changes.fetch_add(1, Ordering::SeqCst) + 1;
            stripe.changed.store(number, Ordering::SeqCst);
            stripe.count.fetch_add(1, Ordering::SeqCst);
        }
    }
}
