//! Any bytes as what comes from outside: a value or an error, never a panic. The twins of the targets in `fuzz/`.

use exposure::export::{Export, Published};
use exposure::gateway::{Batch, Onset, canonical, cms};
use proptest::prelude::*;

use crate::files;

/// A sample with some bytes changed, cut or put in.
fn bent(sample: Vec<u8>) -> impl Strategy<Value = Vec<u8>> {
    let changes = prop::collection::vec((any::<prop::sample::Index>(), any::<u8>(), 0..3_u8), 0..8);
    changes.prop_map(move |changes| {
        let mut bytes = sample.clone();
        for (index, byte, how) in changes {
            if bytes.is_empty() {
                break;
            }
            let at = index.index(bytes.len());
            match how {
                0 => bytes[at] = byte,
                1 => bytes.insert(at, byte),
                _ => bytes.truncate(at),
            }
        }
        bytes
    })
}

fn export_holds(bytes: &[u8]) {
    if let Ok(export) = Export::from_bin(bytes) {
        let again = Export::from_bin(&export.to_bin()).unwrap();
        assert!(again == export, "the export came back otherwise");
    }
}

fn batch_holds(bytes: &[u8]) {
    if let Ok(batch) = Batch::read(bytes) {
        let again = Batch::read(&batch.to_bytes()).unwrap();
        assert!(again == batch && canonical(&again) == canonical(&batch));
        assert!(Batch::from_json(batch.to_json().as_bytes()).unwrap() == batch);
        batch.keys.iter().for_each(|key| {
            let _ = key.diagnosis();
            let _ = Onset::decode(key.days_since_onset_of_symptoms);
        });
    }
}

proptest! {
    #[test]
    fn any_bytes_are_an_export_or_an_error(bytes: Vec<u8>) {
        export_holds(&bytes);
        export_holds(&[b"EK Export v1    ".as_slice(), &bytes].concat());
        let _ = Published::read(&bytes);
    }

    #[test]
    fn a_bent_export_is_an_export_or_an_error(
        bytes in bent(files::bytes("google_internals_cpp_testdata_export.bin")),
        zip in bent(files::bytes("google_server_testExport-2-records.zip")),
    ) {
        export_holds(&bytes);
        let _ = Published::read(&zip);
    }

    #[test]
    fn any_bytes_are_a_batch_or_an_error(
        bytes: Vec<u8>,
        bent in bent(files::bytes("efgs_batch_25keys.pb")),
        text: String,
    ) {
        batch_holds(&bytes);
        batch_holds(&bent);
        let _ = Batch::from_json(text.as_bytes());
    }

    #[test]
    fn any_bytes_are_a_signature_or_an_error(
        bytes: Vec<u8>,
        bent in bent(cms::from_base64(&files::text("efgs_batch_25keys.sig_ecdsa.b64")).unwrap()),
    ) {
        let _ = cms::verify(b"content", &bytes);
        let _ = cms::verify(&bytes, &bent);
    }
}
