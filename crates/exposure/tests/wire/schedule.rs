//! The official vectors of the key schedule: one key, 144 intervals.

use exposure::key::{from_hex, to_hex};
use exposure::{
    EncryptedMetadata, IdentifierKey, IntervalNumber, Metadata, MetadataKey, TemporaryExposureKey,
};
use jiff::Timestamp;
use serde_json::Value;

use crate::files;

struct Vectors {
    json: Value,
    key: TemporaryExposureKey,
    start: IntervalNumber,
}

fn vectors() -> Vectors {
    let json = files::json("gaen_crypto_v1_2_vectors.json");
    let key = TemporaryExposureKey::from_hex(json["tek"].as_str().unwrap()).unwrap();
    let start = IntervalNumber::new(json["en_interval_number"].as_u64().unwrap().try_into().unwrap());
    Vectors { json, key, start }
}

#[test]
fn both_keys_of_the_day_are_those_of_the_vectors() {
    let Vectors { json, key, .. } = vectors();
    assert_eq!(to_hex(IdentifierKey::derive(&key).reveal()), json["rpik"].as_str().unwrap());
    assert_eq!(to_hex(MetadataKey::derive(&key).reveal()), json["aemk"].as_str().unwrap());
}

#[test]
fn the_day_begins_where_the_vectors_say() {
    let Vectors { json, start, .. } = vectors();
    let made = Timestamp::from_second(json["key_generation_unix_seconds"].as_i64().unwrap()).unwrap();
    assert_eq!(IntervalNumber::at(made).day_start(), start);
}

#[test]
fn all_identifiers_and_metadata_are_those_of_the_vectors() {
    let Vectors { json, key, start } = vectors();
    let bytes: [u8; 4] = from_hex(json["ble_metadata"].as_str().unwrap()).unwrap().try_into().unwrap();
    let metadata = Metadata::from_bytes(bytes);
    let (identifiers, covering) = (IdentifierKey::derive(&key), MetadataKey::derive(&key));
    let day = identifiers.identifiers(start);
    let intervals = json["intervals"].as_array().unwrap();
    assert_eq!(intervals.len(), 144);
    for (offset, vector) in intervals.iter().enumerate() {
        let identifier = identifiers.identifier(start.plus(offset.try_into().unwrap()));
        assert_eq!(identifier, day[offset]);
        assert_eq!(identifier.reveal_hex(), vector["rpi"].as_str().unwrap(), "interval {offset}");
        let covered = covering.encrypt(identifier, metadata);
        assert_eq!(to_hex(covered.reveal()), vector["aem"].as_str().unwrap(), "interval {offset}");
        let heard = EncryptedMetadata::new(*covered.reveal());
        assert_eq!(covering.decrypt(identifier, heard), metadata);
    }
}
