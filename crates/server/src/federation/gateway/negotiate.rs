//! In which form keys come and go: protobuf or JSON, each with the version of the format.

use axum::body::Bytes;
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use exposure::gateway::{Batch, JsonError, ReadError};

use super::answer::Failed;

/// The one version of the format.
const VERSION: &str = "1.0";

/// A form of a batch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    Protobuf,
    Json,
}

/// What is wrong with a media type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Wrong {
    Missing,
    Type,
    NoVersion,
    Version,
}

impl Form {
    const fn media_type(self) -> &'static str {
        match self {
            Self::Protobuf => "application/protobuf; version=1.0",
            Self::Json => "application/json; version=1.0",
        }
    }

    /// The form of what is sent to us.
    pub(super) fn sent(headers: &HeaderMap) -> Result<Self, Failed> {
        parse(headers, &header::CONTENT_TYPE).map_err(|wrong| match wrong {
            Wrong::NoVersion => {
                Failed::new(StatusCode::BAD_REQUEST, "the Content-Type names no version; write version=1.0")
            }
            Wrong::Version => Failed::new(StatusCode::NOT_ACCEPTABLE, "only version=1.0 is understood"),
            Wrong::Missing | Wrong::Type => Failed::new(
                StatusCode::UNSUPPORTED_MEDIA_TYPE,
                "send application/protobuf or application/json, with version=1.0",
            ),
        })
    }

    /// The form that is wanted of us. Clients of other gateways write spaces around every sign.
    pub(super) fn wanted(headers: &HeaderMap) -> Result<Self, Failed> {
        parse(headers, &header::ACCEPT).map_err(|wrong| match wrong {
            Wrong::NoVersion => Failed::new(
                StatusCode::UNSUPPORTED_MEDIA_TYPE,
                "the Accept header names no version; write version=1.0",
            ),
            Wrong::Version => Failed::new(StatusCode::NOT_ACCEPTABLE, "only version=1.0 is given out"),
            Wrong::Missing | Wrong::Type => Failed::new(
                StatusCode::NOT_ACCEPTABLE,
                "accept application/protobuf or application/json, with version=1.0",
            ),
        })
    }

    /// Reads a batch of this form.
    pub(super) fn read(self, body: &Bytes) -> Result<Batch, Failed> {
        let too_many = || {
            Failed::new(StatusCode::PAYLOAD_TOO_LARGE, "a batch holds at most 5000 keys; send it in parts")
        };
        let broken = |problem: String| Failed::new(StatusCode::BAD_REQUEST, &problem);
        match self {
            // Whoever sends more keys than a batch holds is told so before each of them is looked at.
            Self::Protobuf => Batch::read(body).map_err(|error| match error {
                ReadError::TooMany => too_many(),
                ReadError::Message(_) | ReadError::Short => broken(error.to_string()),
            }),
            Self::Json => Batch::from_json(body).map_err(|error| match error {
                JsonError::TooMany => too_many(),
                JsonError::Form { .. } | JsonError::Base64(_) | JsonError::ReportType(_) => {
                    broken(error.to_string())
                }
            }),
        }
    }

    /// Answers with a batch in this form.
    pub(super) fn answer(self, batch: &Batch) -> Response {
        let body = match self {
            Self::Protobuf => batch.to_bytes(),
            Self::Json => batch.to_json().into_bytes(),
        };
        let mut answer = body.into_response();
        let headers = answer.headers_mut();
        headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(self.media_type()));
        describe(headers);
        answer
    }
}

/// Says which message of which schema the body is.
pub(super) fn describe(headers: &mut HeaderMap) {
    headers.insert(HeaderName::from_static("x-protobuf-schema"), HeaderValue::from_static("Efgs.proto"));
    headers.insert(
        HeaderName::from_static("x-protobuf-message"),
        HeaderValue::from_static("eu.interop.DiagnosisKeyBatch"),
    );
}

fn parse(headers: &HeaderMap, name: &HeaderName) -> Result<Form, Wrong> {
    let text = headers.get(name).ok_or(Wrong::Missing)?.to_str().map_err(|_| Wrong::Type)?;
    let dense: String = text.chars().filter(|letter| !letter.is_whitespace()).collect();
    let dense = dense.to_ascii_lowercase();
    let mut wrong = Wrong::Type;
    for one in dense.split(',') {
        match parse_one(one) {
            Ok(form) => return Ok(form),
            // The most telling problem of several.
            Err(Wrong::Version) => wrong = Wrong::Version,
            Err(Wrong::NoVersion) if wrong == Wrong::Type => wrong = Wrong::NoVersion,
            Err(_) => {}
        }
    }
    Err(wrong)
}

fn parse_one(text: &str) -> Result<Form, Wrong> {
    let mut parts = text.split(';');
    let form = match parts.next() {
        Some("application/protobuf") => Form::Protobuf,
        Some("application/json") => Form::Json,
        Some(_) | None => return Err(Wrong::Type),
    };
    match parts.find_map(|part| part.strip_prefix("version=")) {
        Some(version) if version.trim_matches('"') == VERSION => Ok(form),
        Some(_) => Err(Wrong::Version),
        None => Err(Wrong::NoVersion),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn accept(text: &str) -> Result<Form, Wrong> {
        let mut headers = HeaderMap::new();
        headers.insert(header::ACCEPT, HeaderValue::from_str(text).unwrap());
        parse(&headers, &header::ACCEPT)
    }

    #[test]
    fn the_version_is_asked_for_and_spaces_are_not() {
        assert_eq!(accept("application/protobuf; version=1.0"), Ok(Form::Protobuf));
        assert_eq!(accept("application / json; version = 1.0"), Ok(Form::Json));
        assert_eq!(accept("application/json;version=\"1.0\""), Ok(Form::Json));
        assert_eq!(accept("text/html, application/json; version=1.0"), Ok(Form::Json));
        assert_eq!(accept("application/json"), Err(Wrong::NoVersion));
        assert_eq!(accept("application/json; version=1.1"), Err(Wrong::Version));
        assert_eq!(accept("application/json; version=1"), Err(Wrong::Version));
        assert_eq!(accept("text/html"), Err(Wrong::Type));
        assert_eq!(parse(&HeaderMap::new(), &header::ACCEPT), Err(Wrong::Missing));
    }
}
