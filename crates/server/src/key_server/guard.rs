//! Sizes and times of a request, before anything reads it. No address is looked at: nobody is counted here.

use std::time::Duration;

use axum::body::{Body, to_bytes};
use axum::extract::Request;
use axum::http::StatusCode;
use axum::middleware::Next;
use axum::response::Response;

use super::answer::{Refused, refused};

/// Bytes of an upload at most.
pub(crate) const BODY_BYTES_MAX: usize = 64_000;
const URI_BYTES_MAX: usize = 4 * 1024;
const HEADER_BYTES_MAX: usize = 16 * 1024;
const BODY_SECONDS: u64 = 30;
const HANDLER_SECONDS: u64 = 10;

/// Refuses what is too large or too slow; hands on the rest with its body read.
pub(crate) async fn guard(request: Request, next: Next) -> Response {
    let (mut parts, body) = request.into_parts();
    // Whatever a proxy says of whom it speaks for ends here.
    for name in ["forwarded", "x-forwarded-for", "x-real-ip", "x-client-ip", "cf-connecting-ip", "via"] {
        parts.headers.remove(name);
    }
    let header_bytes: usize =
        parts.headers.iter().map(|(name, value)| name.as_str().len() + value.len() + 4).sum();
    if parts.uri.to_string().len() > URI_BYTES_MAX || header_bytes > HEADER_BYTES_MAX {
        return refused(Refused::new(StatusCode::BAD_REQUEST, "bad_request", "the request is too large"));
    }
    let too_large = || {
        let words = "an upload has at most 64,000 bytes";
        refused(Refused::new(StatusCode::PAYLOAD_TOO_LARGE, "bad_request", words))
    };
    let length =
        parts.headers.get("content-length").and_then(|value| value.to_str().ok()?.parse::<usize>().ok());
    if length.is_some_and(|length| length > BODY_BYTES_MAX) {
        return too_large();
    }
    let late = || {
        refused(Refused::new(
            StatusCode::REQUEST_TIMEOUT,
            "bad_request",
            "the request took too long; try again",
        ))
    };
    let read = tokio::time::timeout(Duration::from_secs(BODY_SECONDS), to_bytes(body, BODY_BYTES_MAX));
    let bytes = match read.await {
        Ok(Ok(bytes)) => bytes,
        Ok(Err(_)) => return too_large(),
        Err(_) => return late(),
    };
    let request = Request::from_parts(parts, Body::from(bytes));
    let answered = tokio::time::timeout(Duration::from_secs(HANDLER_SECONDS), next.run(request));
    answered.await.unwrap_or_else(|_| late())
}
