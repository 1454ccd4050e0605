//! What the owner is told, how often, for how long, and what never.

use jiff::SignedDuration;
use jiff::tz::TimeZone;
use phone::guidance::{NO_DIAGNOSIS, VOLUNTARY, built_in};
use phone::{FolderVault, Language, Phone, Warning};

use crate::house::{at, meet_for_half_an_hour, new_phone, phone, published, seeded, signer};

fn copenhagen() -> TimeZone {
    TimeZone::get("Europe/Copenhagen").unwrap()
}

/// A phone that was warned at noon of the 21st for the 20th.
fn warned() -> Phone {
    let (mut ill, mut well, mut random, signer) = (new_phone(), new_phone(), seeded(4), signer());
    meet_for_half_an_hour(&mut ill, &mut well, at("2026-11-20T12:00Z"));
    let keys = ill.releases(at("2026-11-21T08:00Z"), &mut random).unwrap();
    let files = published(&keys, &[], at("2026-11-21T11:00Z"), &signer);
    let warning = well.checks(files, &[signer.trusted()], at("2026-11-21T12:00Z"), &mut random).unwrap();
    assert_eq!(warning, Some(Warning { days: 1, new_days: 1 }));
    well
}

/// Rules SS-14, SS-32: shown at once, again after 48 hours by day, and kept for fourteen days.
#[test]
fn an_unread_message_is_shown_again_after_two_days_between_8_and_22() {
    let (mut phone, mut random, zone) = (warned(), seeded(5), copenhagen());
    let mut shown = |text| phone.shows(at(text), &zone, &mut random).unwrap();
    assert_eq!(shown("2026-11-21T12:00Z"), 1, "at once");
    assert_eq!(shown("2026-11-21T12:00Z"), 0);
    assert_eq!(shown("2026-11-23T11:59Z"), 0);
    assert_eq!(shown("2026-11-23T21:00Z"), 0, "22 in Copenhagen");
    assert_eq!(shown("2026-11-24T06:59Z"), 0, "a minute to 8");
    assert_eq!(shown("2026-11-24T07:00Z"), 1);
    assert_eq!(shown("2026-11-26T20:59Z"), 1, "a minute to 22");
    phone.reads(&mut random).unwrap();
    assert_eq!(phone.shows(at("2026-11-29T12:00Z"), &zone, &mut random).unwrap(), 0, "read");
    assert_eq!(phone.messages(at("2026-12-05T11:59Z")).len(), 1);
    assert_eq!(phone.messages(at("2026-12-05T12:00Z")).len(), 0);
}

/// Rule SS-32: one message for each day of exposure.
#[test]
fn each_day_of_exposure_has_one_message() {
    let (mut ill, mut well, mut random, signer) = (new_phone(), new_phone(), seeded(4), signer());
    for day in ["2026-11-18", "2026-11-19", "2026-11-20"] {
        meet_for_half_an_hour(&mut ill, &mut well, at(&format!("{day}T12:00Z")));
    }
    let keys = ill.releases(at("2026-11-21T08:00Z"), &mut random).unwrap();
    let now = at("2026-11-21T12:00Z");
    for expected in [Some(Warning { days: 3, new_days: 3 }), None] {
        let files = published(&keys, &[], at("2026-11-21T11:00Z"), &signer);
        assert_eq!(well.checks(files, &[signer.trusted()], now, &mut random).unwrap(), expected);
        assert_eq!(well.messages(now).len(), 3);
    }
}

/// Rule SS-20: whom and when stand nowhere in what is shown. Two meetings that differ in both are told alike.
#[test]
fn a_warning_says_neither_whom_nor_when_ss_20() {
    let told = |hour: i64, seed: u64| {
        let (mut ill, mut well, mut random, signer) = (new_phone(), new_phone(), seeded(seed), signer());
        let met = at("2026-11-19T12:00Z") + SignedDuration::from_hours(hour);
        meet_for_half_an_hour(&mut ill, &mut well, met);
        let keys = ill.releases(at("2026-11-21T08:00Z"), &mut random).unwrap();
        let now = at("2026-11-21T12:00Z");
        let files = published(&keys, &[], at("2026-11-21T11:00Z"), &signer);
        let warning = well.checks(files, &[signer.trusted()], now, &mut random).unwrap();
        format!("{warning:?} {:?} {:?}", well.warning(now), well.messages(now))
    };
    assert_eq!(told(0, 1), told(26, 2));
}

/// A warning whose key is taken back later is taken back too.
#[test]
fn a_key_that_is_taken_back_later_takes_its_warning_with_it() {
    let (mut ill, mut well, mut random, signer) = (new_phone(), new_phone(), seeded(4), signer());
    meet_for_half_an_hour(&mut ill, &mut well, at("2026-11-20T12:00Z"));
    let keys = ill.releases(at("2026-11-21T08:00Z"), &mut random).unwrap();
    let mut look = |keys: &[_], revised: &[_], until: &str| {
        let (until, trusted) = (at(until), [signer.trusted()]);
        let files = published(keys, revised, until, &signer);
        let now = until + SignedDuration::from_hours(1);
        let warning = well.checks(files, &trusted, now, &mut random).unwrap();
        (warning.is_some(), well.warning(now).is_some(), well.messages(now).len())
    };
    assert_eq!(look(&keys, &[], "2026-11-21T11:00Z"), (true, true, 1));
    assert_eq!(look(&[], &keys, "2026-11-22T11:00Z"), (false, false, 0));
}

/// Rule SS-21, SS-22: the phone says so itself, in both languages, whatever was fetched.
#[test]
fn beside_all_advice_stands_that_it_is_no_diagnosis_and_voluntary_ss_21() {
    assert!(NO_DIAGNOSIS.words(Language::Danish).contains("ikke en diagnose"));
    assert!(NO_DIAGNOSIS.words(Language::English).contains("not a diagnosis"));
    assert!(VOLUNTARY.words(Language::Danish).contains("frivilligt"));
    assert!(VOLUNTARY.words(Language::English).contains("voluntary"));
}

/// Rule SS-22: the guidance in force, and never an older one in the place of a newer.
#[test]
fn newer_guidance_replaces_older_and_never_the_other_way_ss_22() {
    let folder = tempfile::tempdir().unwrap();
    let (mut phone, mut random) = (phone(&folder, 1), seeded(5));
    assert_eq!(phone.guidance(), built_in());
    let of = |version| {
        let mut guidance = built_in();
        guidance.version = version;
        guidance.da.title = format!("Udgave {version}");
        guidance
    };
    for (given, expected) in [(3, 3), (2, 3), (3, 3), (4, 4)] {
        phone.is_advised(of(given), &mut random).unwrap();
        assert_eq!(phone.guidance(), of(expected));
    }
    let again = Phone::open(FolderVault::in_folder(folder.path()).unwrap()).unwrap();
    assert_eq!(again.guidance().version, 4);
}
