//! The identifiers heard around one day, in two sieves and a sorted list: nearly every question ends at the first.
//!
//! The sieves are bitmaps over bytes of the identifier, which are as good as random. Whoever calls out identifiers of
//! one's own making can fill them, and only makes the list be asked; that is sorted, so it stays quick.

use crate::interval::IntervalNumber;
use crate::schedule::Block;

/// 32 KiB each: one and its questions fit into the fastest memory.
const SIEVE_WORDS: usize = 4_096;
const SIEVE_BITS: u32 = 64 * 4_096;
/// Identifiers whose answers are taken together before anything is decided on them.
const AT_ONCE: usize = 16;

type Heard = ([u8; 16], usize, IntervalNumber);

/// What was heard on one day and up to two hours before and after.
pub(super) struct HeardOfDay {
    first: Box<[u64; SIEVE_WORDS]>,
    second: Box<[u64; SIEVE_WORDS]>,
    sorted: Vec<Heard>,
}

impl std::fmt::Debug for HeardOfDay {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "({} sightings)", self.sorted.len())
    }
}

impl HeardOfDay {
    pub(super) fn new(mut heard: Vec<Heard>) -> Self {
        heard.sort_unstable();
        let (mut first, mut second) = (Box::new([0; SIEVE_WORDS]), Box::new([0; SIEVE_WORDS]));
        for (identifier, _, _) in &heard {
            let (one, other) = places(identifier);
            set(&mut first, one);
            set(&mut second, other);
        }
        Self { first, second, sorted: heard }
    }

    pub(super) const fn is_empty(&self) -> bool {
        self.sorted.is_empty()
    }

    /// Tells of each that was heard: which of the questions, which sighting, when.
    pub(super) fn look(&self, made: &[Block], mut tell: impl FnMut(usize, usize, IntervalNumber)) {
        if self.is_empty() {
            return;
        }
        for (group, blocks) in made.chunks(AT_ONCE).enumerate() {
            let any = blocks.iter().fold(0, |any, block| any | bit(&self.first, places(&block.0).0));
            if any != 0 {
                for (at, block) in blocks.iter().enumerate() {
                    self.look_closer(&block.0, |sighting, seen| tell(group * AT_ONCE + at, sighting, seen));
                }
            }
        }
    }

    #[cold]
    fn look_closer(&self, identifier: &[u8; 16], mut tell: impl FnMut(usize, IntervalNumber)) {
        let (one, other) = places(identifier);
        if bit(&self.first, one) & bit(&self.second, other) == 0 {
            return;
        }
        let from = self.sorted.partition_point(|(heard, _, _)| heard < identifier);
        let rest = self.sorted.get(from..).unwrap_or_default();
        for (_, sighting, seen) in rest.iter().take_while(|(heard, _, _)| heard == identifier) {
            tell(*sighting, *seen);
        }
    }
}

/// Where an identifier falls in each sieve.
fn places(identifier: &[u8; 16]) -> (u32, u32) {
    let [a, b, c, d, e, f, g, h, ..] = *identifier;
    let (one, other) = (u32::from_le_bytes([a, b, c, d]), u32::from_le_bytes([e, f, g, h]));
    (one % SIEVE_BITS, other % SIEVE_BITS)
}

fn bit(sieve: &[u64; SIEVE_WORDS], place: u32) -> u64 {
    // The place lies below the number of bits, so there is always a word.
    let word = sieve.get(word_of(place)).copied().unwrap_or(u64::MAX);
    word >> (place % 64) & 1
}

fn set(sieve: &mut [u64; SIEVE_WORDS], place: u32) {
    if let Some(word) = sieve.get_mut(word_of(place)) {
        *word |= 1 << (place % 64);
    }
}

const fn word_of(place: u32) -> usize {
    (place / 64) as usize
}
