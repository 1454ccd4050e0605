//! Answers of the key server: stable codes, a sentence, and padding of random length. Nothing that was sent comes back.

use std::any::Any;

use axum::Json;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use register::Randomness;
use serde::Serialize;

/// Bytes of padding at least.
const PADDING_BYTES: usize = 1_024;

/// What `POST /v1/publish` answers.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct Published {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) revision_token: Option<String>,
    pub(crate) inserted_exposures: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) error: Option<&'static str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) code: Option<&'static str>,
    pub(crate) padding: String,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub(crate) warnings: Vec<String>,
}

/// A refusal: status, code, and what the client should do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Refused {
    pub(crate) status: StatusCode,
    pub(crate) code: &'static str,
    pub(crate) words: &'static str,
}

impl Refused {
    pub(crate) const fn new(status: StatusCode, code: &'static str, words: &'static str) -> Self {
        Self { status, code, words }
    }

    /// Something failed that the client has no part in.
    pub(crate) const INTERNAL: Self =
        Self::new(StatusCode::INTERNAL_SERVER_ERROR, "internal_error", "try again later");
}

/// Random padding of a random length, 1,024 to 2,047 bytes in base64.
pub(crate) fn padding(randomness: &dyn Randomness) -> String {
    let mut length = [0; 2];
    randomness.fill(&mut length);
    let mut bytes = vec![0; PADDING_BYTES + usize::from(u16::from_be_bytes(length)) % PADDING_BYTES];
    randomness.fill(&mut bytes);
    STANDARD.encode(bytes)
}

/// A refusal where there is nothing to hide the length of.
pub(crate) fn refused(refused: Refused) -> Response {
    let body = Published { error: Some(refused.words), code: Some(refused.code), ..Published::default() };
    (refused.status, Json(body)).into_response()
}

/// A refusal of an upload, padded like every other answer to one.
pub(crate) fn padded(why: Refused, randomness: &dyn Randomness) -> Response {
    let body = Published {
        error: Some(why.words),
        code: Some(why.code),
        padding: padding(randomness),
        ..Published::default()
    };
    (why.status, Json(body)).into_response()
}

pub(crate) async fn nothing_here() -> Response {
    refused(Refused::new(StatusCode::NOT_FOUND, "not_found", "there is nothing here"))
}

pub(crate) async fn not_this_way() -> Response {
    refused(Refused::new(StatusCode::METHOD_NOT_ALLOWED, "method_not_allowed", "use another method"))
}

/// The answer in place of a panic. Its words may hold anything and are dropped.
pub(crate) fn panicked(_words: Box<dyn Any + Send + 'static>) -> Response {
    refused(Refused::INTERNAL)
}
