//! A professional takes emergency access for sixty minutes, with a reason.

use axum::Json;
use axum::extract::{Path, State};
use notice::id::Person;
use register::Personal;
use services::emergency_access::take;

use crate::api::caller::Caller;
use crate::api::json::Body;
use crate::api::wire::{Emergency, ProblemBody, Reason, WireId};
use crate::app::App;
use crate::problem::Problem;
use crate::security_log::Happened;

/// A professional takes emergency access for sixty minutes, with a reason.
#[utoipa::path(
    post,
    path = "/patients/{patient}/emergency-access",
    operation_id = "emergency_access.take",
    tag = "emergency access",
    params(("patient" = String, Path, description = "The patient."), ("Idempotency-Key" = String, Header, description = "16 to 128 random characters, new for each write; kept for 24 hours.")),
    request_body = Reason,
    responses((status = 200, body = Emergency), (status = "default", body = ProblemBody, content_type = "application/problem+json"))
)]
pub(crate) async fn run(
    State(app): State<App>,
    caller: Caller,
    Path(patient): Path<WireId<Person>>,
    Body(body): Body<Reason>,
) -> Result<Json<Emergency>, Problem> {
    let patient = patient.0;
    let done = app
        .act_as(caller.caller(), move |at| {
            take::run(at, take::Request { patient, reason: Personal::new(body.reason) })
        })
        .await?;
    if done.supervisor_told {
        app.alarm(Happened::ManyEmergencies, None, caller.account(), None);
    }
    Ok(Json(done.into()))
}
