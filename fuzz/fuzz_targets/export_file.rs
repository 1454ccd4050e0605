//! Any bytes as a published export and as the message in it: a value or an error, never a panic, never more memory
//! than the bound; what is read and written again is the same.

#![no_main]

use exposure::export::{Export, Published};
use libfuzzer_sys::fuzz_target;

fuzz_target!(|bytes: &[u8]| {
    let _ = Published::read(bytes);
    for message in [bytes.to_vec(), [b"EK Export v1    ".as_slice(), bytes].concat()] {
        if let Ok(export) = Export::from_bin(&message) {
            let again = Export::from_bin(&export.to_bin()).expect("what was written can be read");
            assert!(again == export, "the export came back otherwise");
        }
    }
});
