//! How a phone is answered: in a length that was drawn before anything was known, so that nobody on the way tells one
//! answer from another by its size.

use axum::http::StatusCode;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, RETRY_AFTER};
use axum::response::{IntoResponse, Response};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use register::Randomness;
use serde_json::{Map, Value, json};

/// Bytes of an answer at least: the longest, with a certificate, fits with a kilobyte to spare.
pub(crate) const ANSWER_BYTES: usize = 3_072;
/// And fewer than so many more.
pub(crate) const MORE_BYTES: usize = 1_024;

/// Why a phone does not get what it asked for. The words are stable (exposure 4.2).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Fault {
    /// The body is not what is described.
    Unparsable,
    /// There is nothing behind the code: never made, used, too old. One answer.
    Code,
    /// The same for a token.
    Token,
    /// What should tie the certificate to keys is no such value.
    Hmac,
    /// The phone takes none of the results that we attest.
    TestType,
    /// Too often; try again after so many seconds.
    TooOften(u64),
    /// The app is closed, or the register cannot answer now.
    Unavailable,
}

impl Fault {
    const fn status(self) -> StatusCode {
        match self {
            Self::Unparsable | Self::Code | Self::Token | Self::Hmac => StatusCode::BAD_REQUEST,
            Self::TestType => StatusCode::PRECONDITION_FAILED,
            Self::TooOften(_) => StatusCode::TOO_MANY_REQUESTS,
            Self::Unavailable => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// The stable word.
    pub(crate) const fn word(self) -> &'static str {
        match self {
            Self::Unparsable => "unparsable_request",
            Self::Code => "code_invalid",
            Self::Token => "token_invalid",
            Self::Hmac => "hmac_invalid",
            Self::TestType => "unsupported_test_type",
            Self::TooOften(_) => "quota_exceeded",
            Self::Unavailable => "internal_server_error",
        }
    }

    const fn words(self) -> &'static str {
        match self {
            Self::Unparsable => "the body is not as described",
            Self::Code => "the code does not exist, is used or is too old; get a new one",
            Self::Token => "the token does not exist, is used or is too old; start again with a new code",
            Self::Hmac => "ekeyhmac is not the base64 of 32 bytes",
            Self::TestType => "only confirmed tests are attested here; update the app",
            Self::TooOften(_) => "too many tries; wait, then try again",
            Self::Unavailable => "this cannot be answered now; try again later",
        }
    }
}

/// A good answer.
pub(crate) fn good(fields: Map<String, Value>, randomness: &dyn Randomness) -> Response {
    answer(StatusCode::OK, fields, randomness)
}

/// A fault.
pub(crate) fn fault(fault: Fault, randomness: &dyn Randomness) -> Response {
    let mut fields = Map::new();
    fields.insert("error".to_owned(), json!(fault.words()));
    fields.insert("errorCode".to_owned(), json!(fault.word()));
    let mut response = answer(fault.status(), fields, randomness);
    if let Fault::TooOften(seconds) = fault {
        response.headers_mut().insert(RETRY_AFTER, seconds.into());
    }
    response
}

fn answer(status: StatusCode, fields: Map<String, Value>, randomness: &dyn Randomness) -> Response {
    let headers = [(CACHE_CONTROL, "no-store"), (CONTENT_TYPE, "application/json")];
    (status, headers, filled(fields, randomness)).into_response()
}

/// The fields as JSON, filled up with what means nothing to a length that was drawn before.
fn filled(mut fields: Map<String, Value>, randomness: &dyn Randomness) -> Vec<u8> {
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
        let (short, long) = (lengths(String::new()), lengths("x".repeat(900)));
        for all in [&short, &long] {
            assert!(all.iter().all(|length| (ANSWER_BYTES..ANSWER_BYTES + MORE_BYTES).contains(length)));
        }
        assert!(mean(&short).abs_diff(mean(&long)) < 40, "{} and {}", mean(&short), mean(&long));
        let read: Value = serde_json::from_slice(&filled(Map::new(), &dice)).unwrap();
        assert!(read["padding"].as_str().unwrap().len() > 2_000);
    }
}
