//! The identifiers heard around one day, in a sieve and a sorted list: nearly every question ends at the sieve.
//!
//! The sieve has a place for some bits of an identifier, which are as good as random, and remembers sixteen others
//! there by clearing them. Whoever calls out identifiers of one's own making can fill it, and only makes the
//! list be asked; that is sorted, so it stays quick.

use crate::interval::IntervalNumber;
use crate::schedule::Block;

/// 32 KiB: one and its questions fit into the fastest memory. For a day on which not more was heard than usual.
const SMALL: usize = 1 << 14;
/// For a day in a crowd.
const LARGE: usize = 1 << 16;
/// Up to so many sightings the small one lets hardly any stranger through.
const FEW: usize = 4_096;

type Heard = ([u8; 16], usize, IntervalNumber);

/// Bits that were not remembered, by place.
enum Sieve {
    Small(Box<[u16; SMALL]>),
    Large(Box<[u16; LARGE]>),
}

/// What was heard on one day and up to two hours before and after.
pub(super) struct HeardOfDay {
    sieve: Sieve,
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
        let sieve =
            if heard.len() <= FEW { Sieve::Small(filled(&heard)) } else { Sieve::Large(filled(&heard)) };
        Self { sieve, sorted: heard }
    }

    /// Tells of each that was heard: which of the questions, which sighting, when.
    pub(super) fn look(&self, made: &[Block], tell: impl FnMut(usize, usize, IntervalNumber)) {
        match &self.sieve {
            Sieve::Small(sieve) => self.look_through(sieve, made, tell),
            Sieve::Large(sieve) => self.look_through(sieve, made, tell),
        }
    }

    #[inline(always)]
    fn look_through<const N: usize>(
        &self,
        sieve: &[u16; N],
        made: &[Block],
        mut tell: impl FnMut(usize, usize, IntervalNumber),
    ) {
        for (at, block) in made.iter().enumerate() {
            if passes(sieve, &block.0) {
                self.look_up(&block.0, |sighting, seen| tell(at, sighting, seen));
            }
        }
    }

    #[cold]
    fn look_up(&self, identifier: &[u8; 16], mut tell: impl FnMut(usize, IntervalNumber)) {
        let from = self.sorted.partition_point(|(heard, _, _)| heard < identifier);
        let rest = self.sorted.get(from..).unwrap_or_default();
        for (_, sighting, seen) in rest.iter().take_while(|(heard, _, _)| heard == identifier) {
            tell(*sighting, *seen);
        }
    }
}

fn filled<const N: usize>(heard: &[Heard]) -> Box<[u16; N]> {
    let mut sieve = Box::new([u16::MAX; N]);
    for (identifier, _, _) in heard {
        let (place, mark) = place::<N>(identifier);
        if let Some(left) = sieve.get_mut(place) {
            *left &= !mark;
        }
    }
    sieve
}

/// Where an identifier falls, and what is remembered of it there. The number of places is a power of two.
#[inline(always)]
fn place<const N: usize>(identifier: &[u8; 16]) -> (usize, u16) {
    let [a, b, c, d, ..] = *identifier;
    let four = u32::from_le_bytes([a, b, c, d]);
    // The highest bits are the place, the lowest sixteen the mark.
    ((four >> (32 - N.ilog2())) as usize, (four & 0xffff) as u16)
}

/// Whether all bits of its mark were cleared at its place.
#[inline(always)]
fn passes<const N: usize>(sieve: &[u16; N], identifier: &[u8; 16]) -> bool {
    let (place, mark) = place::<N>(identifier);
    // A place is always there: the compiler sees it too and leaves no check behind.
    sieve.get(place).is_none_or(|left| left & mark == 0)
}
