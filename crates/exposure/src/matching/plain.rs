//! Matching as it is told: every identifier of every key, one by one, looked up in a map. Held against the fast one.

use std::collections::HashMap;

use super::{Match, is_within_tolerance};
use crate::diagnosis::DiagnosisKey;
use crate::key::RollingProximityIdentifier;
use crate::schedule::IdentifierKey;
use crate::sighting::Sighting;

/// Which keys were heard, where and of which interval; sorted.
#[must_use]
pub fn matches(sightings: &[Sighting], keys: &[DiagnosisKey]) -> Vec<Match> {
    let mut heard: HashMap<RollingProximityIdentifier, Vec<usize>> = HashMap::new();
    for (index, sighting) in sightings.iter().enumerate() {
        heard.entry(sighting.identifier).or_default().push(index);
    }
    let mut found = Vec::new();
    for (index, key) in keys.iter().enumerate() {
        let identifiers = IdentifierKey::derive(&key.key);
        for interval in (0..key.period.intervals()).map(|offset| key.start.plus(offset)) {
            for &sighting in heard.get(&identifiers.identifier(interval)).into_iter().flatten() {
                let seen = sightings.get(sighting).map(Sighting::interval);
                if seen.is_some_and(|seen| is_within_tolerance(seen, interval)) {
                    found.push(Match { key: index, sighting, interval });
                }
            }
        }
    }
    found.sort_unstable();
    found
}
