//! How every question of a phone begins and ends: counted, timed, and a decoy answered like the rest. One way for all of
//! them, so that their answers cannot come apart.

use std::future::Future;
use std::time::Duration;

use axum::http::HeaderMap;
use axum::response::Response;
use serde_json::{Map, Value};

use super::Asked;
use super::answer::{Fault, fault, good};
use super::chaff::is_decoy;
use crate::app::App;
use crate::http::client::Client;
use crate::limits::Counted;
use crate::problem::{Code, Problem};

/// No answer comes sooner, also not to somebody who asks too often. A used code and one that never was, a report and a decoy, differ by a fraction of it.
const ANSWER_TAKES: Duration = Duration::from_millis(20);

/// Answers a question. `work` is not begun for a decoy, or for somebody who asks too often.
pub(super) async fn answered(
    app: &App,
    asked: Asked,
    client: Client,
    headers: &HeaderMap,
    work: impl Future<Output = Result<Map<String, Value>, Fault>>,
) -> Result<Response, Problem> {
    let verification = app.verification().ok_or(Code::NotFound)?;
    let began = app.clock().monotonic_seconds();
    let floor = tokio::time::sleep(ANSWER_TAKES);
    if let Err(too_many) = app.limits().from_address(Counted::Code, client.0, app.clock()) {
        floor.await;
        return Ok(fault(Fault::TooOften(too_many.retry_after_seconds), app.randomness()));
    }
    let recent = verification.recent(asked);
    if is_decoy(headers) {
        recent.wait(app.randomness()).await;
        floor.await;
        return Ok(good(Map::new(), app.randomness()));
    }
    let answer = match work.await {
        Ok(fields) => {
            // A decoy stands for a question that was answered, and for one of its own kind.
            recent.took(app.clock().monotonic_seconds() - began);
            good(fields, app.randomness())
        }
        Err(why) => fault(why, app.randomness()),
    };
    floor.await;
    Ok(answer)
}
