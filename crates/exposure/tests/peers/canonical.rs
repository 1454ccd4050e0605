//! A canonicaliser in Python, written from the specification over what protoc generated, gives the same bytes.

use exposure::gateway::{Batch, FederatedKey, UNKNOWN_RISK, canonical};

use crate::program::python;

/// Keys whose three plausible orders all differ, with every field at its edges.
fn batch() -> Batch {
    let countries = ["DK", "SE", "NO", "DE", "IT"];
    let keys = (0..500_u32).map(|index| {
        let mixed = index.wrapping_mul(2_654_435_761);
        FederatedKey {
            key_data: (0..16).map(|at| (mixed.rotate_left(at * 5) & 0xff) as u8).collect(),
            rolling_start_interval_number: if index % 50 == 0 { u32::MAX } else { 2_993_184 - index },
            rolling_period: index % 146,
            transmission_risk_level: [UNKNOWN_RISK, 0, 8, -1, i32::MIN][index as usize % 5],
            visited_countries: countries[..index as usize % 6].iter().map(|&one| one.to_owned()).collect(),
            origin: ["DK", "", "æ", "\u{1f600}x"][index as usize % 4].to_owned(),
            report_type: index as i32 % 8,
            days_since_onset_of_symptoms: index as i32 * 17 - 4_014,
        }
    });
    Batch { keys: keys.collect() }
}

#[test]
fn a_second_canonicaliser_gives_the_same_bytes() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("batch.bin");
    std::fs::write(&path, batch().to_bytes()).unwrap();
    let theirs = python(folder.path(), &["canonical", path.to_str().unwrap()]);
    assert_eq!(theirs.as_str().unwrap().as_bytes(), canonical(&batch()));
}
