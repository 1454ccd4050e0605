//! A phone in a folder, and a randomness that can be repeated.

use exposure::export::{Content, P256Signer, Published, SignatureInfo, Split, Window, write};
use exposure::sighting::Sighting;
use exposure::{DiagnosisKey, ReportType};
use jiff::{SignedDuration, Timestamp};
use phone::keys::Beacon;
use phone::{FolderVault, MemoryVault, Phone, consent};

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

/// A phone in memory whose owner has consented.
pub(crate) fn new_phone() -> Phone {
    let mut phone = Phone::open(MemoryVault).unwrap();
    phone.consents(consent::VERSION, at("2026-11-10T08:00Z"), &mut fresh()).unwrap();
    phone
}

thread_local! {
    static SEED: std::cell::Cell<u64> = const { std::cell::Cell::new(1_000) };
}

/// Another randomness each time, and the same list of them in each run.
pub(crate) fn fresh() -> impl FnMut(&mut [u8]) {
    seeded(SEED.replace(SEED.get() + 1))
}

/// What a phone calls out at this moment.
pub(crate) fn beacon_of(phone: &mut Phone, now: Timestamp) -> Beacon {
    phone.beacon(-20, now, &mut fresh()).unwrap()
}

/// Half an hour together, half a metre apart.
pub(crate) fn meet_for_half_an_hour(ill: &mut Phone, well: &mut Phone, begin: Timestamp) {
    for minutes in (0..30).step_by(5) {
        let now = begin + SignedDuration::from_mins(minutes);
        let beacon = beacon_of(ill, now);
        well.hears(&[heard(&beacon, now)], now, &mut fresh()).unwrap();
    }
}

/// A key with what its authority says of it.
pub(crate) type Typed = (DiagnosisKey, ReportType, Option<i32>);

/// The keys as published for the hour before this moment, of people whose symptoms began on the day of the key.
pub(crate) fn published(
    keys: &[DiagnosisKey],
    revised: &[DiagnosisKey],
    until: Timestamp,
    signer: &P256Signer,
) -> Vec<Published> {
    let typed = |keys: &[DiagnosisKey], report_type| -> Vec<Typed> {
        keys.iter().map(|key| (key.clone(), report_type, Some(0))).collect()
    };
    let (keys, revised) = (typed(keys, ReportType::ConfirmedTest), typed(revised, ReportType::Revoked));
    published_as(&keys, &revised, until, "DK", signer)
}

/// The same with all that an authority may say.
pub(crate) fn published_as(
    keys: &[Typed],
    revised: &[Typed],
    until: Timestamp,
    region: &str,
    signer: &P256Signer,
) -> Vec<Published> {
    zips(keys, revised, until, region, signer).iter().map(|zip| Published::read(zip).unwrap()).collect()
}

/// And as the bytes that a server gives out.
pub(crate) fn zips(
    keys: &[Typed],
    revised: &[Typed],
    until: Timestamp,
    region: &str,
    signer: &P256Signer,
) -> Vec<Vec<u8>> {
    let typed = |keys: &[Typed]| -> Vec<DiagnosisKey> {
        keys.iter()
            .map(|(key, report_type, days_since_onset)| DiagnosisKey {
                report_type: Some(*report_type),
                days_since_onset: *days_since_onset,
                ..key.clone()
            })
            .collect()
    };
    let content = Content {
        window: Window::between(until - SignedDuration::from_hours(1), until).unwrap(),
        region: region.to_owned(),
        keys: typed(keys),
        revised_keys: typed(revised),
    };
    write(content, Split::Alone { keys_at_most: 1_000 }, signer).unwrap()
}
