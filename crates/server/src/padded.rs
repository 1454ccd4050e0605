//! Answers to phones that all look alike on the way: each has a length that was drawn before anything was known, so that
//! nobody tells one from another by its size. Both bodies of smitte|stop answer so.

use axum::http::HeaderValue;
use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
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

/// Bytes of an answer with nothing in it but a line of text: it stands in a header, and proxies bound what those may be.
const LINE_BYTES: usize = 512;

/// What is put beside an answer of which so many bytes are written: as many more as it lacks to a length that was drawn
/// before.
pub(crate) fn beside(written: usize, randomness: &dyn Randomness) -> HeaderValue {
    let mut more = [0_u8; 2];
    randomness.fill(&mut more);
    let length = LINE_BYTES + usize::from(u16::from_be_bytes(more)) % LINE_BYTES;
    let mut bytes = vec![0; length];
    randomness.fill(&mut bytes);
    let mut text = URL_SAFE_NO_PAD.encode(bytes);
    text.truncate(length.saturating_sub(written));
    // Letters, digits, `-` and `_` always make a header.
    HeaderValue::try_from(text).unwrap_or_else(|_| HeaderValue::from_static(""))
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

    #[test]
    fn what_stands_beside_a_line_makes_up_for_its_length() {
        let dice = SeededRandomness::new(1);
        let mut seen = [Vec::new(), Vec::new()];
        for (written, lengths) in [2, 140].into_iter().zip(&mut seen) {
            lengths.extend((0..500).map(|_| written + beside(written, &dice).len()));
            assert!(lengths.iter().all(|length| (LINE_BYTES..2 * LINE_BYTES).contains(length)));
            assert!(lengths.iter().max() > lengths.iter().min());
        }
        let [short, long] = seen.map(|lengths| lengths.iter().sum::<usize>() / 500);
        assert!(short.abs_diff(long) < 40, "{short} and {long}");
    }
}
