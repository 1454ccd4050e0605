//! A reviewer decides that looks under inquiry stay in the log for five years.

use axum::Json;
use axum::extract::{Path, State};
use notice::id::Person;
use services::emergency_access::keep_longer;

use crate::api::caller::Caller;
use crate::api::json::Body;
use crate::api::wire::{KeepLonger, KeptLines, ProblemBody, WireId};
use crate::app::App;
use crate::problem::Problem;

/// A reviewer decides that looks under inquiry stay in the log for five years; after a fresh login.
#[utoipa::path(
    post,
    path = "/patients/{patient}/log/keep-longer",
    operation_id = "emergency_access.keep_longer",
    tag = "emergency access",
    params(("patient" = String, Path, description = "The patient."), ("Idempotency-Key" = String, Header, description = "16 to 128 random characters, new for each write; kept for 24 hours.")),
    request_body = KeepLonger,
    responses((status = 200, body = KeptLines), (status = "default", body = ProblemBody, content_type = "application/problem+json"))
)]
pub(crate) async fn run(
    State(app): State<App>,
    caller: Caller,
    Path(patient): Path<WireId<Person>>,
    Body(body): Body<KeepLonger>,
) -> Result<Json<KeptLines>, Problem> {
    let patient = patient.0;
    let kept = app.act_as(caller.caller(), move |at| keep_longer::run(at, body.of(patient))).await?;
    Ok(Json(kept.into()))
}
