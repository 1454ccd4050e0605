//! Somebody says that a professional or an organisation treats a person.

use axum::Json;
use axum::extract::{Path, State};
use notice::id::Person;
use services::treatment_relation::register_relation;

use crate::api::caller::Caller;
use crate::api::json::Body;
use crate::api::wire::{NewRelation, ProblemBody, Relation, WireId};
use crate::app::App;
use crate::problem::Problem;

/// Somebody says that a professional or an organisation treats a person.
#[utoipa::path(
    post,
    path = "/patients/{patient}/treatment-relations",
    operation_id = "treatment_relation.register_relation",
    tag = "treatment relation",
    params(("patient" = String, Path, description = "The patient."), ("Idempotency-Key" = String, Header, description = "16 to 128 random characters, new for each write; kept for 24 hours.")),
    request_body = NewRelation,
    responses((status = 200, body = Relation), (status = "default", body = ProblemBody, content_type = "application/problem+json"))
)]
pub(crate) async fn run(
    State(app): State<App>,
    caller: Caller,
    Path(patient): Path<WireId<Person>>,
    Body(body): Body<NewRelation>,
) -> Result<Json<Relation>, Problem> {
    let patient = patient.0;
    let done = app
        .act_as(caller.caller(), move |at| {
            Ok::<_, Problem>(register_relation::run(at, body.of(patient, at.register)?)?)
        })
        .await?;
    Ok(Json(done.into()))
}
