//! What makes a warning, from both sides of each border, with the numbers that Denmark ran: 780 weighted seconds in a
//! day at most 73 dB away, from two days before the first symptoms to eight days after.

use exposure::sighting::Sighting;
use exposure::{DiagnosisKey, ReportType};
use jiff::{SignedDuration, Timestamp};
use phone::Phone;

use crate::house::{Typed, at, beacon_of, new_phone, published_as, seeded, signer};

/// How a meeting went.
#[derive(Clone, Copy)]
struct Meeting {
    /// One scan after the other: minutes since the one before.
    minutes: &'static [i64],
    attenuation_db: i8,
    days_since_onset: Option<i32>,
}

/// A quarter of an hour within a metre, on the first day of symptoms.
const MEETING: Meeting = Meeting { minutes: &[5, 5, 5], attenuation_db: 73, days_since_onset: Some(0) };

fn noon() -> Timestamp {
    at("2026-11-20T12:00Z")
}

/// The sightings of a meeting with a phone that calls at -20 dBm.
fn sightings(ill: &mut Phone, meeting: Meeting, begin: Timestamp) -> Vec<Sighting> {
    let mut previous = begin;
    let mut sightings = Vec::new();
    for minutes in meeting.minutes {
        let seen = previous + SignedDuration::from_mins(*minutes);
        let beacon = beacon_of(ill, seen);
        sightings.push(Sighting {
            identifier: beacon.identifier,
            metadata: beacon.metadata,
            seen,
            rssi_dbm: -20 - meeting.attenuation_db,
            previous_scan: Some(previous),
        });
        previous = seen;
    }
    sightings
}

/// Whether these meetings, each with another ill person on the same day, end in a warning.
fn warns(meetings: &[Meeting]) -> bool {
    let (mut well, mut random, signer) = (new_phone(), seeded(3), signer());
    let mut keys: Vec<Typed> = Vec::new();
    let mut heard = Vec::new();
    for meeting in meetings {
        let mut ill = new_phone();
        heard.extend(sightings(&mut ill, *meeting, noon()));
        let released = ill.releases(at("2026-11-21T08:00Z"), &mut random).unwrap();
        keys.extend(
            released.into_iter().map(|key| (key, ReportType::ConfirmedTest, meeting.days_since_onset)),
        );
    }
    heard.sort_by_key(|one| one.seen);
    well.hears(&heard, noon() + SignedDuration::from_hours(1), &mut random).unwrap();
    let (until, now) = (at("2026-11-21T11:00Z"), at("2026-11-21T12:00Z"));
    let files = published_as(&keys, &[], until, "DK", &signer);
    well.checks(files, &[signer.trusted()], now, &mut random).unwrap().is_some()
}

/// Rules SS-15, SS-18: about a quarter of an hour, in the form in which it is counted: 780 seconds at the least weight.
#[test]
fn a_contact_of_thirteen_minutes_warns_and_one_of_twelve_does_not_ss_15() {
    assert!(warns(&[MEETING]), "a quarter of an hour");
    assert!(warns(&[Meeting { minutes: &[5, 5, 3], ..MEETING }]), "780 seconds");
    assert!(!warns(&[Meeting { minutes: &[5, 5, 2], ..MEETING }]), "720 seconds");
    // Nearer, a second counts for more: 6.5 minutes up to 63 dB, 5.2 up to 57.
    let near = |minutes, attenuation_db| warns(&[Meeting { minutes, attenuation_db, ..MEETING }]);
    assert!(near(&[5, 2], 63) && !near(&[5, 1], 63), "840 and 720 weighted seconds");
    assert!(near(&[4, 2], 57) && !near(&[4, 1], 57), "900 and 750 weighted seconds");
    assert!(!near(&[5, 1], 58), "the weight of the nearest ends at 57 dB");
    // A gap in listening stands for five minutes at most.
    assert!(!near(&[60, 2], 73));
}

/// Rule SS-15: the seconds of a day are summed up over all who are ill.
#[test]
fn two_short_contacts_of_one_day_warn_together_ss_15() {
    let short = Meeting { minutes: &[5, 2], ..MEETING };
    assert!(!warns(&[short]));
    assert!(warns(&[short, short]));
}

/// Rule SS-16: about a metre, as 73 dB.
#[test]
fn a_contact_at_73_decibels_warns_and_one_at_74_does_not_ss_16() {
    let at = |attenuation_db| warns(&[Meeting { minutes: &[5, 5, 5, 5], attenuation_db, ..MEETING }]);
    assert!(at(73));
    assert!(!at(74));
    let hours = Meeting { minutes: &[5; 60], attenuation_db: 74, ..MEETING };
    assert!(!warns(&[hours]), "beyond the border no time is long enough");
}

/// Rule SS-17: from two days before the first symptoms to eight days after.
#[test]
fn contacts_from_two_days_before_to_eight_days_after_warn_and_no_others_ss_17() {
    let on = |days| warns(&[Meeting { days_since_onset: Some(days), ..MEETING }]);
    assert!(on(-2) && on(0) && on(8));
    assert!(!on(-3) && !on(9) && !on(14) && !on(-14));
    // Not known is not day 0, but counts as the most infectious, as Denmark had it.
    assert!(warns(&[Meeting { days_since_onset: None, ..MEETING }]));
}

/// Rule SS-18: keys of one day come out in files of different days; the phone remembers what the first amounted to.
#[test]
fn keys_that_come_out_on_different_days_count_together() {
    let (mut well, mut random, signer) = (new_phone(), seeded(3), signer());
    let short = Meeting { minutes: &[5, 2], ..MEETING };
    let released: Vec<Vec<DiagnosisKey>> = (0..2)
        .map(|_| {
            let mut ill = new_phone();
            let heard = sightings(&mut ill, short, noon());
            well.hears(&heard, noon() + SignedDuration::from_hours(1), &mut random).unwrap();
            ill.releases(at("2026-11-21T08:00Z"), &mut random).unwrap()
        })
        .collect();
    let mut look = |keys: &[DiagnosisKey], day: &str| {
        let typed: Vec<Typed> =
            keys.iter().map(|key| (key.clone(), ReportType::ConfirmedTest, Some(0))).collect();
        let until = at(&format!("{day}T11:00Z"));
        let files = published_as(&typed, &[], until, "DK", &signer);
        let now = until + SignedDuration::from_hours(1);
        well.checks(files, &[signer.trusted()], now, &mut random).unwrap()
    };
    assert_eq!(look(&released[0], "2026-11-21"), None);
    assert_eq!(look(&released[0], "2026-11-22"), None, "the same key in another file counts once");
    assert_eq!(look(&released[1], "2026-11-23").map(|warning| warning.new_days), Some(1));
}
