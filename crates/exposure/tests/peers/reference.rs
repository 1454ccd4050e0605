//! The third-party reference in Python derives the same keys, identifiers and metadata.

use exposure::key::to_hex;
use exposure::{IdentifierKey, IntervalNumber, Metadata, MetadataKey, TemporaryExposureKey};

use crate::program::python;

#[test]
fn the_reference_in_python_calls_out_what_we_call_out() {
    let folder = tempfile::tempdir().unwrap();
    let keys: Vec<(TemporaryExposureKey, u32)> = (0..20_u8)
        .map(|seed| {
            let bytes = std::array::from_fn(|at| seed.wrapping_mul(37) ^ (at as u8).wrapping_mul(61));
            (TemporaryExposureKey::new(bytes), 2_642_976 + 1_000 * u32::from(seed))
        })
        .collect();
    let mut arguments = vec!["identifiers".to_owned()];
    arguments.extend(keys.iter().map(|(key, start)| format!("{}:{start}", to_hex(key.reveal()))));
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let answer = python(folder.path(), &arguments);
    for ((key, start), theirs) in keys.iter().zip(answer.as_array().unwrap()) {
        let (identifiers, covering) = (IdentifierKey::derive(key), MetadataKey::derive(key));
        assert_eq!(theirs["identifier_key"], to_hex(identifiers.reveal()));
        assert_eq!(theirs["metadata_key"], to_hex(covering.reveal()));
        for (offset, ours) in identifiers.identifiers(IntervalNumber::new(*start)).iter().enumerate() {
            assert_eq!(theirs["identifiers"][offset], ours.reveal_hex());
            let covered = covering.encrypt(*ours, Metadata::v1_0(8));
            assert_eq!(theirs["metadata"][offset], to_hex(covered.reveal()));
        }
    }
}
