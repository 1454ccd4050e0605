//! Which of the published keys were heard. All identifiers of all keys are made and looked up among the sightings.
//!
//! Keys are taken day by day, so that what is looked up in stays in the fastest memory; [`plain`] says the same in
//! twenty lines and is held against this in tests.

pub mod called_out;
mod heard;
pub mod plain;

use std::collections::BTreeMap;

use aes::cipher::BlockCipherEncrypt as _;

use self::heard::HeardOfDay;
use crate::diagnosis::DiagnosisKey;
use crate::interval::{INTERVALS_PER_DAY, IntervalNumber};
use crate::key::RollingProximityIdentifier;
use crate::schedule::{Block, FOUR, IdentifierKey, padded_day};
use crate::sighting::Sighting;

/// How far the clocks of two phones may be apart: two hours either way. Within it, what was called out can be played
/// again by somebody else; keys are therefore not published before it is over.
pub const TOLERANCE_INTERVALS: u32 = 12;

/// A key that was heard.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Match {
    /// Which of the keys, from 0.
    pub key: usize,
    /// Which of the sightings, from 0.
    pub sighting: usize,
    /// The interval whose identifier was heard.
    pub interval: IntervalNumber,
}

/// Whether a sighting may be believed to be of an interval.
#[must_use]
pub const fn is_within_tolerance(seen: IntervalNumber, of: IntervalNumber) -> bool {
    seen.number().abs_diff(of.number()) <= TOLERANCE_INTERVALS
}

/// The sightings of a phone, ready to be looked up.
#[derive(Debug)]
pub struct Matcher {
    /// By the number of the day. A day of which nothing was heard has no place, however far apart the others are: a
    /// clock may have been wrong by years.
    days: BTreeMap<u32, HeardOfDay>,
}

impl Matcher {
    /// Makes ready the sightings of at most about two weeks.
    #[must_use]
    pub fn new(sightings: &[Sighting]) -> Self {
        let mut heard: BTreeMap<u32, Vec<_>> = BTreeMap::new();
        for (index, sighting) in sightings.iter().enumerate() {
            // Early and late in a day a sighting may be of the day before or after.
            let seen = sighting.interval();
            let from = seen.minus(TOLERANCE_INTERVALS).day().number();
            let until = seen.plus(TOLERANCE_INTERVALS).day().number();
            for day in from..=until {
                heard.entry(day).or_default().push((*sighting.identifier.reveal(), index, seen));
            }
        }
        Self { days: heard.into_iter().map(|(day, heard)| (day, HeardOfDay::new(heard))).collect() }
    }

    /// Which keys were heard, where and of which interval; sorted.
    #[must_use]
    pub fn matches(&self, keys: &[DiagnosisKey]) -> Vec<Match> {
        // A key that begins on the day before one that was heard may reach into it; others are of no such day.
        let begins = self.days.keys().flat_map(|day| [day.saturating_sub(1), *day]);
        let mut by_day: BTreeMap<u32, Vec<_>> = begins.map(|day| (day, Vec::new())).collect();
        for (index, key) in keys.iter().enumerate() {
            if let Some(of_day) = by_day.get_mut(&key.day().number()) {
                of_day.push((index, key));
            }
        }
        let mut found = Vec::new();
        let mut maker = Maker::new();
        for (day, keys) in &by_day {
            let pair = Pair { today: self.days.get(day), tomorrow: self.days.get(&(day + 1)) };
            maker.day(keys, &pair, &mut found);
        }
        found.sort_unstable();
        found
    }
}

/// What was heard on the day that a key begins, and on the next.
struct Pair<'a> {
    today: Option<&'a HeardOfDay>,
    tomorrow: Option<&'a HeardOfDay>,
}

/// The blocks of a day, where the processor takes four at a time without crossing a line of its memory.
#[derive(Clone, Copy)]
#[repr(align(64))]
struct Aligned([Block; INTERVALS_PER_DAY as usize]);

/// Makes identifiers: the blocks of a day before and after they are encrypted, kept from key to key.
struct Maker {
    start: IntervalNumber,
    blocks: Aligned,
    made: Aligned,
}

impl Maker {
    fn new() -> Self {
        let start = IntervalNumber::new(0);
        let blocks = Aligned(padded_day(start));
        Self { start, blocks, made: blocks }
    }

    /// Derives four at a time where the processor can, and takes one key after the other: while the blocks of one are
    /// looked up, the processor is at the next one's.
    fn day(&mut self, keys: &[(usize, &DiagnosisKey)], pair: &Pair<'_>, found: &mut Vec<Match>) {
        let (fours, rest) = keys.as_chunks::<FOUR>();
        for four in fours {
            match IdentifierKey::derive_four(four.map(|(_, key)| &key.key)) {
                Some(derived) => four.iter().zip(derived).for_each(|((index, key), derived)| {
                    self.key(*index, key, &derived, pair, found);
                }),
                None => self.one_by_one(four, pair, found),
            }
        }
        self.one_by_one(rest, pair, found);
    }

    fn one_by_one(&mut self, keys: &[(usize, &DiagnosisKey)], pair: &Pair<'_>, found: &mut Vec<Match>) {
        for (index, key) in keys {
            self.key(*index, key, &IdentifierKey::derive(&key.key), pair, found);
        }
    }

    fn key(
        &mut self,
        index: usize,
        key: &DiagnosisKey,
        derived: &IdentifierKey,
        pair: &Pair<'_>,
        found: &mut Vec<Match>,
    ) {
        let count = to_usize(key.period.intervals());
        if !derived.make_day(key.start, &mut self.made.0) {
            self.block_by_block(key.start, derived, count);
        }
        let made = self.made.0.get(..count).unwrap_or_default();
        let until_midnight = to_usize(INTERVALS_PER_DAY - key.start.number() % INTERVALS_PER_DAY).min(count);
        let (today, tomorrow) = made.split_at(until_midnight);
        let place = Place { index, start: key.start };
        place.look(today, pair.today, found);
        place.look_from(tomorrow, until_midnight, pair.tomorrow, found);
    }

    fn block_by_block(&mut self, start: IntervalNumber, derived: &IdentifierKey, count: usize) {
        if start != self.start {
            self.start = start;
            self.blocks = Aligned(padded_day(start));
        }
        self.made = self.blocks;
        derived.cipher().encrypt_blocks(self.made.0.get_mut(..count).unwrap_or_default());
    }
}

/// Which key is looked for.
struct Place {
    index: usize,
    start: IntervalNumber,
}

impl Place {
    fn look(&self, made: &[Block], heard: Option<&HeardOfDay>, found: &mut Vec<Match>) {
        self.look_from(made, 0, heard, found);
    }

    fn look_from(&self, made: &[Block], offset: usize, heard: Option<&HeardOfDay>, found: &mut Vec<Match>) {
        let Some(heard) = heard else { return };
        heard.look(made, |at, sighting, seen| {
            let interval = self.start.plus(u32::try_from(offset + at).unwrap_or(u32::MAX));
            if is_within_tolerance(seen, interval) {
                found.push(Match { key: self.index, sighting, interval });
            }
        });
    }
}

/// Whether an identifier is one of those that a key makes within its period; for one identifier, not for many.
#[must_use]
pub fn made_by(key: &DiagnosisKey, identifier: RollingProximityIdentifier) -> Option<IntervalNumber> {
    let made = IdentifierKey::derive(&key.key).identifiers(key.start);
    let within = made.iter().take(to_usize(key.period.intervals()));
    (0..).zip(within).find(|(_, one)| **one == identifier).map(|(offset, _)| key.start.plus(offset))
}

fn to_usize(number: u32) -> usize {
    usize::try_from(number).unwrap_or(usize::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::key::TemporaryExposureKey;
    use crate::schedule::EncryptedMetadata;

    /// A sieve for each day of seventy years would take a gigabyte.
    #[test]
    fn days_on_which_nothing_was_heard_take_no_memory() {
        let heard = |seen: &str| Sighting {
            identifier: RollingProximityIdentifier::new([7; 16]),
            metadata: EncryptedMetadata::new([0; 4]),
            seen: seen.parse().unwrap(),
            rssi_dbm: -60,
            previous_scan: None,
        };
        let matcher =
            Matcher::new(&["2026-11-20T12:00Z", "2100-01-01T00:30Z", "9999-06-01T12:00Z"].map(heard));
        // Half an hour after midnight is of the day before too.
        assert_eq!(matcher.days.len(), 4);
    }

    #[test]
    fn block_by_block_makes_the_same_identifiers_as_pairs_do() {
        let mut maker = Maker::new();
        for (byte, start) in [(1, 2_642_976), (2, 2_642_976), (3, 2_643_000)] {
            let start = IntervalNumber::new(start);
            let derived = IdentifierKey::derive(&TemporaryExposureKey::new([byte; 16]));
            maker.block_by_block(start, &derived, 144);
            let made: Vec<_> = maker.made.0.iter().map(|block| block.0).collect();
            let wanted: Vec<_> = derived.identifiers(start).iter().map(|one| *one.reveal()).collect();
            assert_eq!(made, wanted);
            if derived.make_day(start, &mut maker.made.0) {
                assert_eq!(maker.made.0.iter().map(|block| block.0).collect::<Vec<_>>(), wanted);
            }
        }
    }
}
