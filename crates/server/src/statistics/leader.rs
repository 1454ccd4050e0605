//! The leader's door for phones: a report comes in, and nothing of whom it came from is kept.

use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use services::smittestop::statistics::{NotCounted, take};
use statistics::Report;

use super::{At, Fault, system};

/// Takes a report.
pub(super) async fn take(
    State(at): State<At>,
    Path(task): Path<String>,
    body: Bytes,
) -> Result<StatusCode, Fault> {
    at.task(&task)?;
    let report = Report::decode(&body).map_err(|_| Fault::Not(NotCounted::Malformed))?;
    let caller = system(&at.app).ok_or(Fault::Unavailable)?;
    at.app.act_as(caller, move |call| take::run(call, take::Request { report })).await?;
    Ok(StatusCode::CREATED)
}
