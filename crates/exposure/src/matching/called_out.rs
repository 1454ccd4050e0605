//! Everything that published keys called out, made once: for a program that holds many phones and asks for each what it has heard.
//!
//! [`super::Matcher`] makes the identifiers of all keys for one phone; here they are made for all phones, and each looks
//! up its own sightings. Whatever is not among them no matcher would find.

use std::collections::BTreeSet;

use super::to_usize;
use crate::diagnosis::DiagnosisKey;
use crate::interval::INTERVALS_PER_DAY;
use crate::key::TemporaryExposureKey;
use crate::schedule::IdentifierKey;
use crate::sighting::Sighting;

/// The identifiers of some keys.
pub struct CalledOut {
    keys: Vec<TemporaryExposureKey>,
    /// One bit of so many for each identifier; nearly every question ends here.
    sieve: Vec<u64>,
    /// Each with the position of its key.
    sorted: Vec<([u8; 16], u32)>,
}

impl std::fmt::Debug for CalledOut {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "({} keys)", self.keys.len())
    }
}

/// Bits of the sieve for each identifier.
const BITS_EACH: usize = 16;

impl CalledOut {
    /// Makes all identifiers of these keys: some megabytes for a thousand.
    #[must_use]
    pub fn by<'a>(keys: impl Iterator<Item = &'a DiagnosisKey>) -> Self {
        let keys: Vec<&DiagnosisKey> = keys.collect();
        let mut sorted = Vec::with_capacity(keys.len() * to_usize(INTERVALS_PER_DAY));
        for (position, key) in (0..).zip(&keys) {
            let made = IdentifierKey::derive(&key.key).identifiers(key.start);
            let within = made.iter().take(to_usize(key.period.intervals()));
            sorted.extend(within.map(|identifier| (*identifier.reveal(), position)));
        }
        sorted.sort_unstable();
        let words = (sorted.len() * BITS_EACH / 64).next_power_of_two();
        let mut sieve = vec![0_u64; words];
        for (identifier, _) in &sorted {
            let (word, bit) = place(words, identifier);
            if let Some(word) = sieve.get_mut(word) {
                *word |= bit;
            }
        }
        Self { keys: keys.into_iter().map(|key| key.key.clone()).collect(), sieve, sorted }
    }

    /// The keys of which one of these sightings is, whenever it was heard: a matcher says whether the time fits.
    #[must_use]
    pub fn heard<'a>(
        &self,
        sightings: impl Iterator<Item = &'a Sighting>,
    ) -> BTreeSet<&TemporaryExposureKey> {
        let mut heard = BTreeSet::new();
        for sighting in sightings {
            let identifier = sighting.identifier.reveal();
            let (word, bit) = place(self.sieve.len(), identifier);
            if self.sieve.get(word).is_none_or(|word| word & bit == 0) {
                continue;
            }
            let from = self.sorted.partition_point(|(made, _)| made < identifier);
            let rest = self.sorted.get(from..).unwrap_or_default();
            let same = rest.iter().take_while(|(made, _)| made == identifier);
            heard.extend(same.filter_map(|(_, key)| self.keys.get(to_usize(*key))));
        }
        heard
    }
}

/// Where an identifier falls. The number of words is a power of two.
fn place(words: usize, identifier: &[u8; 16]) -> (usize, u64) {
    let [a, b, c, d, bit, ..] = *identifier;
    let word = to_usize(u32::from_le_bytes([a, b, c, d])) & (words - 1);
    (word, 1 << (bit & 63))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::interval::{IntervalNumber, RollingPeriod};
    use crate::key::RollingProximityIdentifier;
    use crate::schedule::EncryptedMetadata;

    fn key(byte: u8, period: i64) -> DiagnosisKey {
        DiagnosisKey {
            key: TemporaryExposureKey::new([byte; 16]),
            start: IntervalNumber::new(2_642_976),
            period: RollingPeriod::new(period).unwrap(),
            report_type: None,
            days_since_onset: None,
            transmission_risk: None,
        }
    }

    fn sighting(identifier: RollingProximityIdentifier, seen: IntervalNumber) -> Sighting {
        let metadata = EncryptedMetadata::new([0; 4]);
        Sighting { identifier, metadata, seen: seen.start(), rssi_dbm: -60, previous_scan: None }
    }

    #[test]
    fn only_keys_that_made_what_was_heard_in_their_period_are_found_and_no_matcher_finds_more() {
        let keys: Vec<_> = (0..60).map(|byte| key(byte, if byte == 3 { 10 } else { 144 })).collect();
        let made = |byte: usize, at: u32| {
            let start = keys[byte].start;
            sighting(IdentifierKey::derive(&keys[byte].key).identifier(start.plus(at)), start.plus(at))
        };
        let stranger = sighting(RollingProximityIdentifier::new([0xee; 16]), keys[0].start);
        let sightings = [made(1, 0), made(1, 143), made(2, 70), made(3, 10), made(59, 5), stranger];
        let called_out = CalledOut::by(keys.iter());
        let heard = called_out.heard(sightings.iter());
        let found: BTreeSet<_> = super::super::Matcher::new(&sightings)
            .matches(&keys)
            .iter()
            .map(|one| &keys[one.key].key)
            .collect();
        assert_eq!(heard, found);
        assert_eq!(heard.len(), 3, "the identifier of the third lies beyond its period");
        assert!(CalledOut::by([].iter()).heard(sightings.iter()).is_empty());
    }
}
