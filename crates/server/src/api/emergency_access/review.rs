//! A reviewer gives her verdict on an emergency access.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use notice::id::{Person, Record};
use services::emergency_access::{Verdict, review};

use crate::api::caller::Caller;
use crate::api::json::Body;
use crate::api::wire::{ProblemBody, ReviewEmergency, WireId};
use crate::app::App;
use crate::problem::Problem;
use crate::security_log::Happened;

/// A reviewer gives her verdict on an emergency access.
#[utoipa::path(
    post,
    path = "/patients/{patient}/emergency-accesses/{access}/review",
    operation_id = "emergency_access.review",
    tag = "emergency access",
    params(("patient" = String, Path, description = "The patient."), ("access" = String, Path, description = "The emergency access."), ("Idempotency-Key" = String, Header, description = "16 to 128 random characters, new for each write; kept for 24 hours.")),
    request_body = ReviewEmergency,
    responses((status = 204), (status = "default", body = ProblemBody, content_type = "application/problem+json"))
)]
pub(crate) async fn run(
    State(app): State<App>,
    caller: Caller,
    Path((patient, access)): Path<(WireId<Person>, WireId<Record>)>,
    Body(body): Body<ReviewEmergency>,
) -> Result<StatusCode, Problem> {
    let patient = patient.0;
    let access = access.0;
    let request = body.of(patient, access);
    let verdict = request.verdict;
    app.act_as(caller.caller(), move |at| review::run(at, request)).await?;
    if verdict == Verdict::NotJustified {
        app.alarm(Happened::EmergencyNotJustified, None, caller.account(), None);
    }
    Ok(StatusCode::NO_CONTENT)
}
