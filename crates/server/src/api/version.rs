//! The version of a card travels as an `ETag`; a write says with `If-Match` on which version it builds.

use axum::Json;
use axum::extract::FromRequestParts;
use axum::http::HeaderValue;
use axum::http::header::{ETAG, IF_MATCH};
use axum::http::request::Parts;
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use services::shared_medication_record::CardVersion;

use crate::app::App;
use crate::problem::{Code, Problem};

/// The version on which a write builds.
#[derive(Clone, Copy, Debug)]
pub(crate) struct IfMatch(pub(crate) CardVersion);

impl FromRequestParts<App> for IfMatch {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, _: &App) -> Result<Self, Problem> {
        let header = parts.headers.get(IF_MATCH).ok_or(Code::VersionMissing)?;
        let tag = header.to_str().ok().and_then(|tag| tag.strip_prefix('"')?.strip_suffix('"'));
        let version = tag.and_then(|tag| tag.parse().ok()).ok_or(Code::Malformed)?;
        Ok(Self(version))
    }
}

/// A body with the version of the card in its `ETag`.
pub(crate) struct Tagged<T>(pub(crate) CardVersion, pub(crate) T);

impl<T: Serialize> IntoResponse for Tagged<T> {
    fn into_response(self) -> Response {
        let mut response = Json(self.1).into_response();
        if let Ok(tag) = HeaderValue::from_str(&format!("\"{}\"", self.0)) {
            response.headers_mut().insert(ETAG, tag);
        }
        response
    }
}

/// A conflict on a write with `If-Match` is a version that changed, RFC 9110.
pub(crate) fn version_changed(error: services::shared_medication_record::CardError) -> Problem {
    let mut problem = Problem::from(error);
    if problem.code == Code::Conflict {
        problem.code = Code::VersionChanged;
    }
    problem
}
