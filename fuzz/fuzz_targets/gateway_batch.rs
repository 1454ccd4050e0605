//! Any bytes as a batch between countries, in both forms, and as its signature: a value or an error, never a panic;
//! the bytes that are signed are those of the batch, in whatever form it came.

#![no_main]

use exposure::gateway::{Batch, canonical, cms};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    for batch in [Batch::read(bytes).ok(), Batch::from_json(bytes).ok()].into_iter().flatten() {
        let again = Batch::read(&batch.to_bytes()).expect("what was written can be read");
        assert!(canonical(&again) == canonical(&batch), "other bytes are signed");
        let again = Batch::from_json(batch.to_json().as_bytes()).expect("what was written can be read");
        assert!(again == batch, "the batch came back otherwise");
        batch.keys.iter().for_each(|key| drop(key.diagnosis()));
    }
    let _ = cms::verify(b"content", bytes);
});
