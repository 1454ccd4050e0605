//! Nothing stands in clear, and nothing stands at all once the consent is gone: looked for byte by byte.

use std::fs;
use std::path::Path;

use exposure::key::to_hex;
use phone::{FolderVault, Phone, PhoneError, Standing, VaultError, consent};

use crate::house::{at, heard, phone, seeded};

fn files(folder: &Path) -> Vec<Vec<u8>> {
    fs::read_dir(folder).unwrap().map(|entry| fs::read(entry.unwrap().path()).unwrap()).collect()
}

fn holds(files: &[Vec<u8>], part: &[u8]) -> bool {
    files.iter().any(|file| file.windows(part.len()).any(|window| window == part))
}

#[test]
fn nothing_that_was_heard_called_out_or_agreed_to_stands_in_clear() {
    let folder = tempfile::tempdir().unwrap();
    let (mut phone, mut random) = (phone(&folder, 1), seeded(11));
    let now = at("2026-11-20T12:00Z");
    let beacon = phone.beacon(-20, now, &mut random).unwrap();
    phone.hears(&[heard(&beacon, now)], now, &mut random).unwrap();
    let key = phone.releases(now, &mut random).unwrap().remove(0).key;
    let files = files(folder.path());
    assert_eq!(files.len(), 2);
    for part in [&key.reveal()[..], beacon.identifier.reveal(), b"consent", b"sightings", b"2026-11"] {
        assert!(!holds(&files, part) && !holds(&files, to_hex(part).as_bytes()));
    }
}

#[test]
fn withdrawing_overwrites_every_byte_and_leaves_an_empty_folder() {
    let (folder, outside) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let (mut phone, mut random) = (phone(&folder, 2), seeded(12));
    phone.beacon(-20, at("2026-11-20T12:00Z"), &mut random).unwrap();
    // A second name for the same bytes on the disk shows what becomes of them.
    for entry in fs::read_dir(folder.path()).unwrap().map(Result::unwrap) {
        fs::hard_link(entry.path(), outside.path().join(entry.file_name())).unwrap();
    }
    assert!(files(outside.path()).iter().all(|file| file.iter().any(|byte| *byte != 0)));
    phone.withdraws().unwrap();
    assert!(files(folder.path()).is_empty());
    let left = files(outside.path());
    assert!(left.len() == 2 && left.iter().flatten().all(|byte| *byte == 0));
    assert_eq!(phone.standing(), Standing::None);
    // Withdrawing twice is no error, and nothing works without consent.
    phone.withdraws().unwrap();
    let now = at("2026-11-20T12:30Z");
    assert!(matches!(phone.beacon(-20, now, &mut random), Err(PhoneError::NoConsent)));
    assert!(matches!(phone.hears(&[], now, &mut random), Err(PhoneError::NoConsent)));
    assert!(matches!(phone.releases(now, &mut random), Err(PhoneError::NoConsent)));
    assert!(matches!(phone.checks(Vec::new(), &[], now, &mut random), Err(PhoneError::NoConsent)));
    assert!(files(folder.path()).is_empty());
}

#[test]
fn after_withdrawing_a_new_consent_begins_with_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let (mut phone, mut random) = (phone(&folder, 3), seeded(13));
    let now = at("2026-11-20T12:00Z");
    phone.beacon(-20, now, &mut random).unwrap();
    let before = fs::read(folder.path().join("phone.key")).unwrap();
    phone.withdraws().unwrap();
    phone.consents(consent::VERSION, now, &mut random).unwrap();
    assert_ne!(fs::read(folder.path().join("phone.key")).unwrap(), before);
    assert!(matches!(phone.standing(), Standing::Agreed(consent) if consent.given == now));
    assert!(phone.releases(now, &mut random).unwrap().is_empty());
}

#[test]
fn sightings_of_more_than_fourteen_days_ago_are_gone() {
    let folder = tempfile::tempdir().unwrap();
    let (mut phone, mut random) = (phone(&folder, 4), seeded(14));
    let length = || fs::metadata(folder.path().join("phone.sealed")).unwrap().len();
    let old = at("2026-11-11T12:00Z");
    let beacon = phone.beacon(-20, old, &mut random).unwrap();
    phone.hears(&[heard(&beacon, old); 50], old, &mut random).unwrap();
    let full = length();
    phone.hears(&[], at("2026-11-25T11:00Z"), &mut random).unwrap();
    assert_eq!(length(), full);
    phone.hears(&[], at("2026-11-25T12:00:01Z"), &mut random).unwrap();
    assert!(length() < full * 3 / 4);
}

#[test]
fn what_was_changed_on_the_disk_is_not_opened() {
    let folder = tempfile::tempdir().unwrap();
    drop(phone(&folder, 5));
    let path = folder.path().join("phone.sealed");
    let sealed = fs::read(&path).unwrap();
    let open = || Phone::open(FolderVault::in_folder(folder.path()).unwrap());
    assert!(matches!(open().unwrap().standing(), Standing::Agreed(_)));
    for at in [0, 12, sealed.len() / 2, sealed.len() - 1] {
        let mut changed = sealed.clone();
        changed[at] ^= 1;
        fs::write(&path, &changed).unwrap();
        assert!(matches!(open(), Err(PhoneError::Vault(VaultError::Broken))), "byte {at}");
    }
    fs::write(&path, &sealed[..5]).unwrap();
    assert!(open().is_err());
}
