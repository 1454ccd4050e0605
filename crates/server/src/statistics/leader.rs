//! The leader's door for phones: a report comes in, and nothing of whom it came from is kept.

use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::StatusCode;
use register::Unavailable;
use services::smittestop::statistics::{NotCounted, take};
use statistics::Report;

use super::{At, Fault, system};
use crate::app::App;

/// Takes a report.
pub(super) async fn take(
    State(at): State<At>,
    Path(task): Path<String>,
    body: Bytes,
) -> Result<StatusCode, Fault> {
    at.task(&task)?;
    let report = Report::decode(&body).map_err(|_| Fault::Not(NotCounted::Malformed))?;
    taken(&at.app, report).await?;
    Ok(StatusCode::CREATED)
}

/// Takes a report, if this is a leader.
///
/// # Errors
/// As [`take::run`].
pub async fn taken(app: &App, report: Report) -> Result<(), take::Error> {
    let body = app.statistics().cloned().ok_or(Unavailable::Engine)?;
    let caller = system(app).ok_or(Unavailable::Engine)?;
    app.act_as(caller, move |at| take::run(at, take::Request { leader: &body.checker, report })).await
}
