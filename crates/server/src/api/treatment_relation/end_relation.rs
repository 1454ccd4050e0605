//! A treatment relation ends.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use notice::id::{Person, Record};
use services::treatment_relation::end_relation;

use crate::api::caller::Caller;
use crate::api::json::{Body, Empty};
use crate::api::wire::{ProblemBody, WireId};
use crate::app::App;
use crate::problem::Problem;

/// A treatment relation ends.
#[utoipa::path(
    post,
    path = "/patients/{patient}/treatment-relations/{relation}/end",
    operation_id = "treatment_relation.end_relation",
    tag = "treatment relation",
    params(("patient" = String, Path, description = "The patient."), ("relation" = String, Path, description = "The relation."), ("Idempotency-Key" = String, Header, description = "16 to 128 random characters, new for each write; kept for 24 hours.")),
    responses((status = 204), (status = "default", body = ProblemBody, content_type = "application/problem+json"))
)]
pub(crate) async fn run(
    State(app): State<App>,
    caller: Caller,
    Path((patient, relation)): Path<(WireId<Person>, WireId<Record>)>,
    Body(Empty {}): Body<Empty>,
) -> Result<StatusCode, Problem> {
    let patient = patient.0;
    let relation = relation.0;
    app.act_as(caller.caller(), move |at| end_relation::run(at, end_relation::Request { patient, relation }))
        .await?;
    Ok(StatusCode::NO_CONTENT)
}
