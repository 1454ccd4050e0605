//! Any bytes as the dosage of an order, the deepest thing that a request carries: a value or an error, never a panic,
//! and a value that is written is read again as the same.

#![no_main]

use libfuzzer_sys::fuzz_target;
use services::shared_medication_record::Dosage;

fuzz_target!(|bytes: &[u8]| {
    let Ok(dosage) = serde_json::from_slice::<Dosage>(bytes) else { return };
    let Ok(written) = serde_json::to_vec(&dosage) else { return };
    let again: Dosage = serde_json::from_slice(&written).expect("what was written can be read");
    assert!(again == dosage, "the dosage came back otherwise");
});
