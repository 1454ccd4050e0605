//! The bytes that a country signs: one text for a batch, whatever the order and the form in which it is sent.
//!
//! Eight fields a key, each in base64 with a full stop after it. The keys are sorted by the base64 of their text, not
//! by the text itself and not by the key: each of these gives another order.

use aws_lc_rs::digest::{SHA256, digest};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::wire::{Batch, FederatedKey};

/// The bytes that are signed for a batch.
#[must_use]
pub fn canonical(batch: &Batch) -> Vec<u8> {
    let mut sorted: Vec<(String, String)> = batch
        .keys
        .iter()
        .map(|key| {
            let text = key_text(key);
            (STANDARD.encode(&text), text)
        })
        .collect();
    sorted.sort_unstable();
    sorted.into_iter().map(|(_, text)| text).collect::<String>().into_bytes()
}

/// By which the gateway knows a key that it has already: a hash of all its fields, without zeros before it.
#[must_use]
pub fn payload_hash(key: &FederatedKey) -> String {
    let hash = digest(&SHA256, key_text(key).as_bytes());
    let text = crate::key::to_hex(hash.as_ref());
    let shown = text.trim_start_matches('0');
    if shown.is_empty() { "0".to_owned() } else { shown.to_owned() }
}

fn key_text(key: &FederatedKey) -> String {
    let mut text = String::with_capacity(160);
    let mut field = |bytes: &[u8]| {
        STANDARD.encode_string(bytes, &mut text);
        text.push('.');
    };
    field(&key.key_data);
    field(&key.rolling_start_interval_number.to_be_bytes());
    field(&key.rolling_period.to_be_bytes());
    field(&key.transmission_risk_level.to_be_bytes());
    field(ascii(&key.visited_countries.join(",")).as_bytes());
    field(ascii(&key.origin).as_bytes());
    field(&key.report_type.to_be_bytes());
    field(&key.days_since_onset_of_symptoms.to_be_bytes());
    text
}

/// The gateway writes a question mark for each letter beyond ASCII; countries have none, and [`super::validate`]
/// refuses them.
fn ascii(text: &str) -> String {
    text.chars().map(|letter| if letter.is_ascii() { letter } else { '?' }).collect()
}
