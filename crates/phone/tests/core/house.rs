//! A phone in a folder, and a randomness that can be repeated.

use exposure::export::{Content, P256Signer, Published, SignatureInfo, Split, Window, write};
use exposure::sighting::Sighting;
use exposure::{DiagnosisKey, ReportType};
use jiff::{SignedDuration, Timestamp};
use phone::keys::Beacon;
use phone::{FolderVault, Phone};

pub(crate) fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

pub(crate) fn seeded(seed: u64) -> impl FnMut(&mut [u8]) {
    let mut state = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
    move |bytes: &mut [u8]| {
        for byte in bytes {
            state ^= state << 13;
            state ^= state >> 7;
            state ^= state << 17;
            *byte = state.to_be_bytes()[0];
        }
    }
}

/// A phone whose owner has consented.
pub(crate) fn phone(folder: &tempfile::TempDir, seed: u64) -> Phone {
    let mut phone = Phone::open(FolderVault::in_folder(folder.path()).unwrap()).unwrap();
    phone.consents("2026-11", at("2026-11-10T08:00Z"), &mut seeded(seed)).unwrap();
    phone
}

/// What another phone hears of this beacon.
pub(crate) fn heard(beacon: &Beacon, seen: Timestamp) -> Sighting {
    Sighting {
        identifier: beacon.identifier,
        metadata: beacon.metadata,
        seen,
        rssi_dbm: -75,
        previous_scan: Some(seen - SignedDuration::from_mins(5)),
    }
}

pub(crate) fn signer() -> P256Signer {
    P256Signer::generate(SignatureInfo::new("238", "v1")).unwrap().0
}

/// The keys as published for the hour before this moment.
pub(crate) fn published(
    keys: &[DiagnosisKey],
    revised: &[DiagnosisKey],
    until: Timestamp,
    signer: &P256Signer,
) -> Vec<Published> {
    let typed = |keys: &[DiagnosisKey], report_type| -> Vec<DiagnosisKey> {
        keys.iter()
            .map(|key| DiagnosisKey {
                report_type: Some(report_type),
                days_since_onset: Some(0),
                ..key.clone()
            })
            .collect()
    };
    let content = Content {
        window: Window::between(until - SignedDuration::from_hours(1), until).unwrap(),
        region: "DK".to_owned(),
        keys: typed(keys, ReportType::ConfirmedTest),
        revised_keys: typed(revised, ReportType::Revoked),
    };
    let zips = write(content, Split::Alone { keys_at_most: 1_000 }, signer).unwrap();
    zips.iter().map(|zip| Published::read(zip).unwrap()).collect()
}
