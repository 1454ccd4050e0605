//! The fast matcher says what the plain one says, and both keep the tolerance of two hours.

use exposure::matching::{Match, Matcher, TOLERANCE_INTERVALS, made_by, plain};
use exposure::sighting::Sighting;
use exposure::{DiagnosisKey, IntervalNumber};
use proptest::prelude::*;

use crate::town::{MIDNIGHT, at, key, sighting};

/// Both matchers, which must agree.
fn matches(sightings: &[Sighting], keys: &[DiagnosisKey]) -> Vec<Match> {
    let fast = Matcher::new(sightings).matches(keys);
    assert_eq!(fast, plain::matches(sightings, keys));
    fast
}

#[test]
fn a_sighting_matches_up_to_two_hours_either_way_and_no_further() {
    let key = key(1, MIDNIGHT, 144);
    for of in [MIDNIGHT, MIDNIGHT + 70, MIDNIGHT + 143] {
        for (off, expected) in [(-13, 0), (-12, 1), (0, 1), (12, 1), (13, 0)] {
            let seen = at((i64::from(of) + off).try_into().unwrap(), 599);
            let found = matches(&[sighting(&key, of, seen, -60)], std::slice::from_ref(&key));
            assert_eq!(found.len(), expected, "{of} {off}");
        }
    }
    assert_eq!(TOLERANCE_INTERVALS, 12);
}

/// Threat T18: a published key played back after its time finds nobody.
#[test]
fn a_replayed_key_that_has_expired_matches_nothing() {
    let yesterday = key(2, MIDNIGHT - 144, 144);
    let replayed: Vec<Sighting> =
        (0..144).map(|of| sighting(&yesterday, MIDNIGHT - 144 + of, at(MIDNIGHT + 13, 0), -60)).collect();
    assert_eq!(matches(&replayed, &[yesterday]), []);
}

#[test]
fn an_interval_beyond_the_period_of_a_key_matches_nothing() {
    let short = key(3, MIDNIGHT, 60);
    let of = |offset| sighting(&short, MIDNIGHT + offset, at(MIDNIGHT + offset, 0), -60);
    assert_eq!(matches(&[of(59)], std::slice::from_ref(&short)).len(), 1);
    assert_eq!(matches(&[of(60)], std::slice::from_ref(&short)).len(), 0);
}

#[test]
fn a_key_that_begins_at_noon_is_heard_on_both_of_its_days() {
    let noon = key(4, MIDNIGHT + 72, 144);
    for offset in [0, 71, 72, 73, 143] {
        let seen = at(MIDNIGHT + 72 + offset, 0);
        let found =
            matches(&[sighting(&noon, MIDNIGHT + 72 + offset, seen, -60)], std::slice::from_ref(&noon));
        assert_eq!(found.len(), 1, "{offset}");
        assert_eq!(found[0].interval, IntervalNumber::new(MIDNIGHT + 72 + offset));
    }
}

#[test]
fn one_identifier_heard_often_and_a_key_listed_twice_are_each_told() {
    let key = key(5, MIDNIGHT, 144);
    let heard: Vec<Sighting> =
        (0..3).map(|minute| sighting(&key, MIDNIGHT + 9, at(MIDNIGHT + 9, 60 * minute), -60)).collect();
    assert_eq!(matches(&heard, &[key.clone(), key]).len(), 6);
}

#[test]
fn nothing_heard_or_nothing_published_is_no_match() {
    let key = key(6, MIDNIGHT, 144);
    assert_eq!(matches(&[], std::slice::from_ref(&key)), []);
    assert_eq!(matches(&[sighting(&key, MIDNIGHT, at(MIDNIGHT, 0), -60)], &[]), []);
}

#[test]
fn the_ends_of_time_are_no_overflow() {
    let (first, last) = (key(7, 0, 144), key(8, u32::MAX, 144));
    let heard = [sighting(&first, 0, at(0, 0), -60), sighting(&first, 143, at(150, 0), -60)];
    assert_eq!(matches(&heard, &[first, last]).len(), 2);
}

#[test]
fn sightings_decades_apart_match_as_those_of_one_day_do() {
    let far = MIDNIGHT + 144 * 365 * 70;
    let (near, later) = (key(10, MIDNIGHT, 144), key(11, far - 70, 144));
    let heard = [
        sighting(&near, MIDNIGHT + 5, at(MIDNIGHT + 5, 0), -60),
        sighting(&later, far - 70, at(far - 70, 0), -60),
        sighting(&later, far + 73, at(far + 73, 0), -60),
    ];
    assert_eq!(matches(&heard, &[later, near]).len(), 3);
}

#[test]
fn an_identifier_names_its_interval_to_whoever_has_the_key() {
    let key = key(9, MIDNIGHT, 60);
    let of = |offset| sighting(&key, MIDNIGHT + offset, at(MIDNIGHT, 0), -60).identifier;
    assert_eq!(made_by(&key, of(59)), Some(IntervalNumber::new(MIDNIGHT + 59)));
    assert_eq!(made_by(&key, of(60)), None);
}

/// A key by its byte, start and period, and intervals of it that were heard with an offset.
type Scene = Vec<(u8, u32, i64, Vec<(u32, i32)>)>;

fn scene() -> impl Strategy<Value = Scene> {
    let heard = prop::collection::vec((0..144_u32, -20..20_i32), 0..6);
    prop::collection::vec((0..12_u8, MIDNIGHT..MIDNIGHT + 500, 1..=144_i64, heard), 0..24)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn the_fast_matcher_says_what_the_plain_one_says(scene in scene()) {
        let mut keys = Vec::new();
        let mut sightings = Vec::new();
        for (byte, start, period, heard) in scene {
            let key = key(byte, start, period);
            for (offset, off) in heard {
                let seen = at((start + offset).checked_add_signed(off).unwrap(), 300);
                sightings.push(sighting(&key, start + offset, seen, -60));
            }
            keys.push(key);
        }
        matches(&sightings, &keys);
    }
}
