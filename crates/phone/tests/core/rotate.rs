//! Keys change at midnight in UTC, identifiers every 10 to 20 minutes, and nothing is kept for more than 14 days.

use exposure::{IntervalNumber, RollingPeriod};
use jiff::SignedDuration;
use phone::keys::{Beacon, OwnKeys};

use crate::house::{at, seeded};

#[test]
fn a_key_is_used_from_midnight_to_midnight_and_another_after() {
    let (mut keys, mut random) = (OwnKeys::default(), seeded(1));
    let of = |keys: &mut OwnKeys, random: &mut dyn FnMut(&mut [u8]), text| {
        keys.of(IntervalNumber::at(at(text)), random)
    };
    let morning = of(&mut keys, &mut random, "2026-11-20T06:00Z");
    assert_eq!(morning, of(&mut keys, &mut random, "2026-11-20T23:59Z"));
    assert_eq!(
        (morning.start, morning.period),
        (IntervalNumber::at(at("2026-11-20T00:00Z")), RollingPeriod::FULL)
    );
    assert_ne!(morning.key, of(&mut keys, &mut random, "2026-11-21T00:00Z").key);
}

#[test]
fn an_identifier_is_called_out_for_10_to_20_minutes_and_never_twice() {
    let (mut keys, mut random) = (OwnKeys::default(), seeded(2));
    let mut now = at("2026-11-20T00:00Z");
    let mut before = Vec::new();
    let mut lengths = Vec::new();
    while now < at("2026-11-22T00:00Z") {
        let beacon = Beacon::new(&mut keys, -20, now, &mut random);
        let seconds = beacon.until.duration_since(now).as_secs();
        assert!((600..=1_200).contains(&seconds), "{seconds}");
        assert!(!before.contains(&beacon.identifier));
        before.push(beacon.identifier);
        lengths.push(seconds);
        now = beacon.until;
    }
    lengths.sort_unstable();
    lengths.dedup();
    assert!(lengths.len() > 50, "the lengths can be foretold");
}

#[test]
fn letting_go_ends_the_key_of_now_and_the_next_begins_where_it_ended() {
    let (mut keys, mut random) = (OwnKeys::default(), seeded(3));
    for day in 0..20 {
        keys.of(
            IntervalNumber::at(at("2026-11-01T12:00Z") + SignedDuration::from_hours(24 * day)),
            &mut random,
        );
    }
    let now = IntervalNumber::at(at("2026-11-20T12:00Z"));
    let released = keys.release(now);
    assert_eq!(released.len(), 15, "fourteen days and today");
    let last = released.iter().max_by_key(|key| key.start).unwrap();
    assert_eq!(last.end(), now.plus(1), "nothing is released of the time to come");
    let next = keys.of(now.plus(1), &mut random);
    assert_eq!(next.start, now.plus(1));
    assert_eq!(next.start.plus(next.period.intervals()), now.day_start().plus(144));
    assert!(released.iter().all(|key| key.key != next.key));
}
