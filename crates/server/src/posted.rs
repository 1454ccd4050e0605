//! A form that was posted from our own page: its token fits the session, its fields are ours.

use aws_lc_rs::constant_time::verify_slices_are_equal;
use axum::body::Bytes;
use axum::extract::{FromRequest, Request};
use axum::http::header::CONTENT_TYPE;
use serde::de::DeserializeOwned;

use crate::app::App;
use crate::problem::{Code, Problem};
use crate::visitor::visitor;

/// The name of the token's field in each form.
pub const TOKEN_FIELD: &str = "_csrf";

/// The fields of a form. `T` refuses unknown fields with `#[serde(deny_unknown_fields)]`; texts it keeps to show again.
#[derive(Clone, Copy, Debug)]
pub struct Posted<T>(pub T);

impl<T: DeserializeOwned> FromRequest<App> for Posted<T> {
    type Rejection = Problem;

    async fn from_request(request: Request, app: &App) -> Result<Self, Problem> {
        let is_form = request
            .headers()
            .get(CONTENT_TYPE)
            .and_then(|value| value.to_str().ok())
            .is_some_and(|value| value.split(';').next() == Some("application/x-www-form-urlencoded"));
        if !is_form {
            return Err(Code::UnsupportedMediaType.into());
        }
        let (parts, body) = request.into_parts();
        let token = visitor(&parts, app).signed_in.map(|signed_in| signed_in.csrf().to_owned());
        let body =
            Bytes::from_request(Request::from_parts(parts, body), app).await.map_err(|_| Code::TooLarge)?;
        fields(&body, token.as_deref()).map(Posted)
    }
}

// Before anybody is logged in there is no session to ride on: the layer that compares origins is the guard.
fn fields<T: DeserializeOwned>(body: &[u8], token: Option<&str>) -> Result<T, Problem> {
    let pairs: Vec<(String, String)> = serde_urlencoded::from_bytes(body).map_err(|_| Code::Malformed)?;
    let (tokens, fields): (Vec<_>, Vec<_>) = pairs.into_iter().partition(|(name, _)| name == TOKEN_FIELD);
    if let Some(token) = token {
        let [(_, sent)] = tokens.as_slice() else { return Err(Code::CrossSite.into()) };
        verify_slices_are_equal(sent.as_bytes(), token.as_bytes()).map_err(|_| Code::CrossSite)?;
    }
    let encoded = serde_urlencoded::to_string(&fields).map_err(|_| Code::Malformed)?;
    serde_urlencoded::from_str(&encoded).map_err(|error| decode_problem(&error.to_string()))
}

// The parser's words hold names of our own fields only for these two; values stay unsaid.
fn decode_problem(error: &str) -> Problem {
    if error.starts_with("unknown field") { Code::UnknownField.into() } else { Code::Malformed.into() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Debug, serde::Deserialize)]
    #[serde(deny_unknown_fields)]
    struct Fields {
        name: String,
    }

    #[test]
    fn a_form_without_its_token_or_with_another_is_refused() {
        assert_eq!(fields::<Fields>(b"name=a", Some("t")).unwrap_err().code, Code::CrossSite);
        assert_eq!(fields::<Fields>(b"name=a&_csrf=u", Some("t")).unwrap_err().code, Code::CrossSite);
        assert_eq!(fields::<Fields>(b"name=a&_csrf=t&_csrf=t", Some("t")).unwrap_err().code, Code::CrossSite);
        assert_eq!(fields::<Fields>(b"name=a&_csrf=t", Some("t")).unwrap().name, "a");
    }

    #[test]
    fn unknown_and_repeated_fields_are_refused() {
        assert_eq!(fields::<Fields>(b"name=a&role=operator", None).unwrap_err().code, Code::UnknownField);
        assert_eq!(fields::<Fields>(b"name=a&name=b", None).unwrap_err().code, Code::Malformed);
    }
}
