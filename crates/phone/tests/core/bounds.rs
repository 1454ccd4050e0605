//! What a phone keeps has bounds: however loud the air is, and however wrong the clock was.

use exposure::sighting::Sighting;
use exposure::{EncryptedMetadata, RollingProximityIdentifier};
use jiff::{SignedDuration, Timestamp};
use phone::stored::Stored;
use phone::{Hearing, Phone};

use crate::house::{at, beacon_of, fresh, meet_for_half_an_hour, new_phone, published, signer};

const MINUTE: SignedDuration = SignedDuration::from_mins(1);

/// So many strangers in one scan, told apart by their numbers.
fn strangers(numbers: std::ops::Range<u32>, seen: Timestamp) -> Vec<Sighting> {
    let one = |number: u32| Sighting {
        identifier: RollingProximityIdentifier::new([number.to_le_bytes(); 4].concat().try_into().unwrap()),
        metadata: EncryptedMetadata::new([0; 4]),
        seen,
        rssi_dbm: -60,
        previous_scan: None,
    };
    numbers.map(one).collect()
}

fn stored(phone: &Phone) -> Stored {
    phone.stored().unwrap()
}

/// Whoever floods the air may hide a real phone in one scan, and not in most.
#[test]
fn of_one_scan_a_thousand_are_kept_that_nobody_can_choose() {
    let begin = at("2026-11-20T12:00Z");
    let (mut warned, signer) = (0, signer());
    for _ in 0..8 {
        let (mut ill, mut well) = (new_phone(), new_phone());
        for five in 0..6 {
            let now = begin + MINUTE * (5 * five);
            let beacon = beacon_of(&mut ill, now);
            // The real one is heard last.
            let mut heard = strangers(0..1_200, now);
            heard.push(Sighting {
                identifier: beacon.identifier,
                metadata: beacon.metadata,
                seen: now,
                rssi_dbm: -60,
                previous_scan: Some(now - MINUTE * 5),
            });
            well.hears(&heard, now, &mut fresh()).unwrap();
            assert_eq!(stored(&well).sightings.count, 1_000 * (five as usize + 1));
        }
        let keys = ill.releases(at("2026-11-21T08:00Z"), &mut fresh()).unwrap();
        let files = published(&keys, &[], at("2026-11-21T11:00Z"), &signer);
        let now = at("2026-11-21T12:00Z");
        let warning = well.checks(files, &[signer.trusted()], now, &mut fresh()).unwrap();
        warned += usize::from(warning.is_some());
    }
    assert!(warned > 0, "the last of a scan is never kept");
}

#[test]
fn beyond_half_a_million_sightings_the_oldest_go() {
    let (mut phone, begin) = (new_phone(), at("2026-11-20T12:00Z"));
    for scan in 0..502 {
        let now = begin + MINUTE * scan;
        phone.hears(&strangers(0..1_000, now), now, &mut fresh()).unwrap();
    }
    let sightings = stored(&phone).sightings;
    assert_eq!(sightings.count, 500_000);
    let kept = SignedDuration::from_hours(24 * 14);
    assert_eq!(sightings.first_goes, Some(begin + MINUTE * 2 + kept));
}

/// Else it would never get old, or be called out or told of again on its day.
#[test]
fn what_was_written_down_while_the_clock_was_ahead_goes_when_it_is_right_again() {
    let (mut ill, mut phone, signer) = (new_phone(), new_phone(), signer());
    let (ahead, now) = (at("2027-03-01T12:00Z"), at("2026-11-21T12:00Z"));
    let real = at("2026-11-21T11:30Z");
    beacon_of(&mut phone, real);
    meet_for_half_an_hour(&mut ill, &mut phone, ahead);
    beacon_of(&mut phone, ahead);
    let keys = ill.releases(ahead + MINUTE * 60, &mut fresh()).unwrap();
    let files = published(&keys, &[], at("2027-03-01T13:00Z"), &signer);
    phone.checks(files, &[signer.trusted()], ahead + MINUTE * 120, &mut fresh()).unwrap();
    let counts = |phone: &Phone| {
        let Stored { own_keys, sightings, found_exposures, messages, .. } = stored(phone);
        [own_keys.count, sightings.count, usize::from(found_exposures), messages.count]
    };
    assert_eq!(counts(&phone), [1, 6, 1, 1]);

    // The clock is put right. That it is shows the next file; until then nothing goes and nothing is heard.
    assert_eq!(phone.hears(&[], now, &mut fresh()).unwrap(), Hearing::ClockIsBehind);
    let early = beacon_of(&mut phone, now);
    assert_eq!(counts(&phone), [2, 6, 1, 1]);
    let files = published(&[], &[], at("2026-11-21T11:00Z"), &signer);
    phone.checks(files, &[signer.trusted()], now, &mut fresh()).unwrap();
    assert_eq!(counts(&phone), [1, 0, 0, 0]);
    assert_eq!(phone.warning(now), None);
    // The key of today is the same, and that of the first of March another than before.
    assert_eq!(beacon_of(&mut phone, now).identifier, early.identifier);
    assert_eq!(phone.hears(&[], now, &mut fresh()).unwrap(), Hearing::Kept);
}

/// A clock that is wrong the other way forgets nothing.
#[test]
fn a_clock_that_lies_behind_drops_nothing() {
    let (mut phone, now) = (new_phone(), at("2026-11-20T12:00Z"));
    beacon_of(&mut phone, now);
    phone.hears(&strangers(0..3, now), now, &mut fresh()).unwrap();
    let back = at("2026-11-01T12:00Z");
    beacon_of(&mut phone, back);
    assert_eq!(phone.hears(&[], back, &mut fresh()).unwrap(), Hearing::ClockIsBehind);
    assert_eq!((stored(&phone).own_keys.count, stored(&phone).sightings.count), (2, 3));
}
