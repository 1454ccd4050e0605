//! Answers of the key server: stable codes, a sentence, and for uploads a length that was drawn before. Nothing that was
//! sent comes back.

use std::any::Any;

use axum::Json;
use axum::http::StatusCode;
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};
use register::Randomness;
use serde::Serialize;
use serde_json::{Map, Value};

use crate::padded::filled;

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

impl From<Refused> for Published {
    fn from(why: Refused) -> Self {
        Self { error: Some(why.words), code: Some(why.code), ..Self::default() }
    }
}

/// A refusal where there is nothing to hide the length of.
pub(crate) fn refused(refused: Refused) -> Response {
    (refused.status, Json(Published::from(refused))).into_response()
}

/// An answer to an upload, filled up to a length that says nothing of what is in it: taken, refused and decoys alike.
pub(crate) fn padded(status: StatusCode, body: &Published, randomness: &dyn Randomness) -> Response {
    let fields = match serde_json::to_value(body) {
        Ok(Value::Object(fields)) => fields,
        // Nothing of it can fail to be written.
        Ok(_) | Err(_) => Map::new(),
    };
    (status, [(CONTENT_TYPE, "application/json")], filled(fields, randomness)).into_response()
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
