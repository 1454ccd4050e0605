//! A reviewer sees an emergency access with every look made under it.

use axum::Json;
use axum::extract::{Path, State};
use notice::id::{Person, Record};
use services::emergency_access::see_looks;

use crate::api::caller::Caller;
use crate::api::wire::{EmergencyLooks, ProblemBody, WireId};
use crate::app::App;
use crate::problem::Problem;

/// A reviewer sees an emergency access with every look made under it.
#[utoipa::path(
    get,
    path = "/patients/{patient}/emergency-accesses/{access}",
    operation_id = "emergency_access.see_looks",
    tag = "emergency access",
    params(("patient" = String, Path, description = "The patient."), ("access" = String, Path, description = "The emergency access.")),
    responses((status = 200, body = EmergencyLooks), (status = "default", body = ProblemBody, content_type = "application/problem+json"))
)]
pub(crate) async fn run(
    State(app): State<App>,
    caller: Caller,
    Path((patient, access)): Path<(WireId<Person>, WireId<Record>)>,
) -> Result<Json<EmergencyLooks>, Problem> {
    let request = see_looks::Request { patient: patient.0, access: access.0 };
    let seen = app.act_as(caller.caller(), move |at| see_looks::run(at, request)).await?;
    Ok(Json(seen.into()))
}
