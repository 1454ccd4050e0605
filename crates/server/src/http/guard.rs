//! Sizes and times of a request, before anything reads it. Threats 4.5.

use std::time::Duration;

use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::http::HeaderMap;
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use super::client::{Client, FORWARDING};
use crate::app::App;
use crate::limits::{By, Counted, TooMany};
use crate::problem::{Code, Problem};
use crate::visitor::visitor;

pub(crate) const HEADER_BYTES_MAX: usize = 16 * 1024;
const URI_BYTES_MAX: usize = 4 * 1024;
const BODY_BYTES_MAX: usize = 1024 * 1024;
const BODY_SECONDS: u64 = 30;
const HANDLER_SECONDS: u64 = 10;
/// The list of a country's infected people is one body, and is taken in one go.
const LIST_PATH: &str = "/api/v1/feeds/positives";
const LIST_BYTES_MAX: usize = 25 * 1024 * 1024;
const LIST_SECONDS: u64 = 120;

/// Refuses what is too large, too slow or too often; hands on the rest with its body read.
pub(crate) async fn guard(State(app): State<App>, request: Request, next: Next) -> Response {
    let (_, handler_seconds) = room(request.uri().path());
    match admitted(&app, request).await {
        Err(problem) => problem.into_response(),
        Ok(request) => {
            match tokio::time::timeout(Duration::from_secs(handler_seconds), next.run(request)).await {
                Ok(response) => response,
                Err(_) => Problem::new(Code::TookTooLong).retry_after(5).into_response(),
            }
        }
    }
}

async fn admitted(app: &App, request: Request) -> Result<Request, Problem> {
    let (mut parts, body) = request.into_parts();
    let client = Client::of(&parts, app.config());
    for name in FORWARDING {
        parts.headers.remove(name);
    }
    parts.extensions.insert(client);
    if parts.uri.to_string().len() > URI_BYTES_MAX {
        return Err(Code::AddressTooLong.into());
    }
    if header_bytes(&parts.headers) > HEADER_BYTES_MAX {
        return Err(Code::HeadersTooLarge.into());
    }
    app.limits().from_address(Counted::Request, client.0, app.clock())?;
    if let Some(signed_in) = visitor(&parts, app).signed_in {
        app.limits().by_actor(Counted::Request, signed_in.account(), app.clock())?;
    }
    let (bytes_max, _) = room(parts.uri.path());
    let length =
        parts.headers.get("content-length").and_then(|value| value.to_str().ok()?.parse::<usize>().ok());
    if length.is_some_and(|length| length > bytes_max) {
        return Err(Code::TooLarge.into());
    }
    let read = tokio::time::timeout(Duration::from_secs(BODY_SECONDS), to_bytes(body, bytes_max));
    let bytes = match read.await {
        Ok(Ok(bytes)) => bytes,
        Ok(Err(_)) => return Err(Code::TooLarge.into()),
        Err(_) => return Err(Code::TookTooLong.into()),
    };
    Ok(Request::from_parts(parts, Body::from(bytes)))
}

/// Bytes of a body and seconds of its handler.
fn room(path: &str) -> (usize, u64) {
    if path == LIST_PATH { (LIST_BYTES_MAX, LIST_SECONDS) } else { (BODY_BYTES_MAX, HANDLER_SECONDS) }
}

fn header_bytes(headers: &HeaderMap) -> usize {
    headers.iter().map(|(name, value)| name.as_str().len() + value.len() + 4).sum()
}

impl From<TooMany> for Problem {
    fn from(too_many: TooMany) -> Self {
        Self::new(Code::TooMany).retry_after(too_many.retry_after_seconds)
    }
}

/// Counts a refusal by the notice.
pub(crate) fn count_refusal(app: &App, actor: By) -> Refusals {
    let flood = app.limits().by_actor(Counted::RefusalFlood, actor, app.clock()).is_err();
    match (flood, app.limits().by_actor(Counted::Refusal, actor, app.clock())) {
        (true, _) => Refusals::Flood,
        (false, Err(_)) if app.limits().by_actor(Counted::SupervisorTold, actor, app.clock()).is_ok() => {
            Refusals::Many
        }
        (false, Err(_)) => Refusals::Told,
        (false, Ok(())) => Refusals::Usual,
    }
}

/// Whether an actor has met so many refusals that the next question is not asked.
pub(crate) fn refusals(app: &App, actor: By) -> Refusals {
    if app.limits().is_over(Counted::RefusalFlood, actor, app.clock()) {
        Refusals::Flood
    } else {
        Refusals::Usual
    }
}

/// How many refusals one actor has met lately.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Refusals {
    /// As happens.
    Usual,
    /// More than 30 in an hour: the supervisor is told.
    Many,
    /// More than 30 in an hour, and the supervisor knows.
    Told,
    /// So many that they are no mistake.
    Flood,
}
