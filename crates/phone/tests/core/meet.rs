//! Two phones meet; one falls ill; the other is warned and learns nothing else.

use exposure::export::VerifyError;
use jiff::SignedDuration;
use phone::{FolderVault, Hearing, Phone, PhoneError, Warning};

use crate::house::{at, heard, phone, published, seeded, signer};

/// Half an hour together at noon of the 20th.
fn meet(ill: &mut Phone, well: &mut Phone) {
    let mut random = seeded(9);
    for minutes in (0..30).step_by(5) {
        let now = at("2026-11-20T12:00Z") + SignedDuration::from_mins(minutes);
        let beacon = ill.beacon(-20, now, &mut random).unwrap();
        assert_eq!(well.hears(&[heard(&beacon, now)], now, &mut random).unwrap(), Hearing::Kept);
    }
}

#[test]
fn whoever_was_near_is_warned_once_and_nobody_else() {
    let folders = [tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap()];
    let [mut ill, mut well, mut far] = [0, 1, 2].map(|at| phone(&folders[at], at as u64));
    meet(&mut ill, &mut well);
    let (mut random, signer) = (seeded(4), signer());
    let keys = ill.releases(at("2026-11-21T10:00Z"), &mut random).unwrap();
    let files = || published(&keys, &[], at("2026-11-21T11:00Z"), &signer);
    let (trusted, now) = ([signer.trusted()], at("2026-11-21T14:00Z"));
    let warned = well.checks(files(), &trusted, now, &mut random).unwrap();
    assert_eq!(warned, Some(Warning { days: 1, new_days: 1 }));
    assert_eq!(well.checks(files(), &trusted, now, &mut random).unwrap(), None, "told twice");
    assert_eq!(far.checks(files(), &trusted, now, &mut random).unwrap(), None);
    // It is remembered, and forgotten with the days.
    let again = Phone::open(FolderVault::in_folder(folders[1].path()).unwrap()).unwrap();
    assert_eq!(again.warning(now).map(|warning| warning.days), Some(1));
    assert_eq!(again.warning(at("2026-12-05T00:00Z")), None);
    assert_eq!(format!("{warned:?}"), "Some(Warning { days: 1, new_days: 1 })");
}

#[test]
fn a_key_that_was_taken_back_warns_nobody() {
    let folders = [tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap()];
    let [mut ill, mut well] = [0, 1].map(|at| phone(&folders[at], at as u64));
    meet(&mut ill, &mut well);
    let (mut random, signer) = (seeded(5), signer());
    let keys = ill.releases(at("2026-11-21T10:00Z"), &mut random).unwrap();
    let files = published(&keys, &keys, at("2026-11-21T11:00Z"), &signer);
    assert_eq!(well.checks(files, &[signer.trusted()], at("2026-11-21T14:00Z"), &mut random).unwrap(), None);
}

#[test]
fn an_export_of_a_stranger_warns_nobody() {
    let folders = [tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap()];
    let [mut ill, mut well] = [0, 1].map(|at| phone(&folders[at], at as u64));
    meet(&mut ill, &mut well);
    let (mut random, ours, stranger) = (seeded(6), signer(), signer());
    let keys = ill.releases(at("2026-11-21T10:00Z"), &mut random).unwrap();
    let now = at("2026-11-21T14:00Z");
    let refused = well.checks(published(&keys, &[], now, &stranger), &[ours.trusted()], now, &mut random);
    assert!(matches!(refused, Err(PhoneError::Export(VerifyError::Untrusted(1)))));
    assert_eq!(well.warning(now), None);
}

/// Threat T18: a clock turned back, published keys played again.
#[test]
fn a_phone_whose_clock_was_turned_back_hears_nothing() {
    let folders = [tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap()];
    let [mut ill, mut well] = [0, 1].map(|at| phone(&folders[at], at as u64));
    let (mut random, signer) = (seeded(7), signer());
    let replayed = ill.beacon(-20, at("2026-11-20T12:00Z"), &mut random).unwrap();
    let now = at("2026-11-21T14:00Z");
    well.checks(published(&[], &[], at("2026-11-21T11:00Z"), &signer), &[signer.trusted()], now, &mut random)
        .unwrap();
    let back = at("2026-11-20T12:00Z");
    assert_eq!(well.hears(&[heard(&replayed, back)], back, &mut random).unwrap(), Hearing::ClockIsBehind);
    assert_eq!(well.hears(&[], now - SignedDuration::from_mins(119), &mut random).unwrap(), Hearing::Kept);
    // A clock that was ahead by mistake is right again with the next export.
    assert_eq!(well.hears(&[], at("2030-01-01T00:00Z"), &mut random).unwrap(), Hearing::Kept);
    assert_eq!(well.hears(&[], now, &mut random).unwrap(), Hearing::ClockIsBehind);
    well.checks(published(&[], &[], at("2026-11-21T12:00Z"), &signer), &[signer.trusted()], now, &mut random)
        .unwrap();
    assert_eq!(well.hears(&[], now, &mut random).unwrap(), Hearing::Kept);
}
