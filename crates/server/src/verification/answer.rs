//! How a phone is answered: in a length that was drawn before anything was known, so that nobody on the way tells one
//! answer from another by its size.

use axum::http::StatusCode;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, RETRY_AFTER};
use axum::response::{IntoResponse, Response};
use register::Randomness;
use serde_json::{Map, Value, json};

use crate::padded::filled;

/// Why a phone does not get what it asked for. The words are stable, and stand in the book.
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
