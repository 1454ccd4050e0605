//! Answers to phones that all look alike on the way: each has a length that was drawn before anything was known, so that
//! nobody tells one from another by its size. Both bodies of smitte|stop answer so.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use register::Randomness;
use serde_json::{Map, Value, json};

/// Bytes of an answer at least: the longest, with a certificate or a revision token, fits with a kilobyte to spare.
const ANSWER_BYTES: usize = 3_072;
/// And fewer than so many more.
const MORE_BYTES: usize = 1_024;

/// The fields as JSON, filled up with what means nothing to a length that was drawn before.
pub(crate) fn filled(mut fields: Map<String, Value>, randomness: &dyn Randomness) -> Vec<u8> {
    let mut more = [0_u8; 2];
    randomness.fill(&mut more);
    let length = ANSWER_BYTES + usize::from(u16::from_be_bytes(more)) % MORE_BYTES;
    fields.insert("padding".to_owned(), json!(""));
    let bare = Value::Object(fields.clone()).to_string().len();
    let mut bytes = vec![0; length.saturating_sub(bare) / 4 * 3];
    randomness.fill(&mut bytes);
    fields.insert("padding".to_owned(), json!(STANDARD.encode(bytes)));
    let mut text = Value::Object(fields).to_string().into_bytes();
    // Base64 comes in fours; white space behind JSON says nothing.
    text.resize(length.max(text.len()), b' ');
    text
}

#[cfg(test)]
mod tests {
    use register::testing::SeededRandomness;

    use super::*;

    #[test]
    fn every_answer_has_a_length_that_says_nothing_of_what_is_in_it() {
        let dice = SeededRandomness::new(1);
        let lengths = |text: String| -> Vec<usize> {
            let fields = || Map::from_iter([("certificate".to_owned(), json!(text))]);
            (0..2_000).map(|_| filled(fields(), &dice).len()).collect()
        };
        let mean = |lengths: &[usize]| lengths.iter().sum::<usize>() / lengths.len();
        let (short, long) = (lengths(String::new()), lengths("x".repeat(1_400)));
        for all in [&short, &long] {
            assert!(all.iter().all(|length| (ANSWER_BYTES..ANSWER_BYTES + MORE_BYTES).contains(length)));
        }
        assert!(mean(&short).abs_diff(mean(&long)) < 40, "{} and {}", mean(&short), mean(&long));
        let read: Value = serde_json::from_slice(&filled(Map::new(), &dice)).unwrap();
        assert!(read["padding"].as_str().unwrap().len() > 2_000);
    }
}
