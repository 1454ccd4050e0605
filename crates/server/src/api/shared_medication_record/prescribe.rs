//! A prescriber orders a medicine, with or without a prescription.

use axum::Json;
use axum::extract::{Path, State};
use notice::id::Person;
use services::shared_medication_record::prescribe;

use crate::api::caller::Caller;
use crate::api::json::Body;
use crate::api::version::{IfMatch, version_changed};
use crate::api::wire::{Prescribe, Prescribed, Preview, ProblemBody, WireId};
use crate::app::App;
use crate::problem::Problem;

/// A prescriber orders a medicine, with or without a prescription.
#[utoipa::path(
    post,
    path = "/patients/{patient}/orders",
    operation_id = "shared_medication_record.prescribe",
    tag = "shared medication record",
    params(("patient" = String, Path, description = "The patient."), ("If-Match" = String, Header, description = "The `ETag` of the card that was read."), ("Idempotency-Key" = String, Header, description = "16 to 128 random characters, new for each write; kept for 24 hours.")),
    request_body = Prescribe,
    responses((status = 200, body = Prescribed), (status = "default", body = ProblemBody, content_type = "application/problem+json"))
)]
pub(crate) async fn run(
    State(app): State<App>,
    caller: Caller,
    Path(patient): Path<WireId<Person>>,
    IfMatch(version): IfMatch,
    Body(body): Body<Prescribe>,
) -> Result<Json<Prescribed>, Problem> {
    let patient = patient.0;
    app.act_as(caller.caller(), move |at| prescribe::run(at, body.on(patient, version)))
        .await
        .map(|done| Json(done.into()))
        .map_err(version_changed)
}

/// A prescriber orders a medicine, with or without a prescription: what it would do. Nothing is written.
#[utoipa::path(
    post,
    path = "/patients/{patient}/orders/preview",
    operation_id = "shared_medication_record.prescribe.preview",
    tag = "shared medication record",
    params(("patient" = String, Path, description = "The patient."), ("If-Match" = String, Header, description = "The `ETag` of the card that was read.")),
    request_body = Prescribe,
    responses((status = 200, body = Preview), (status = "default", body = ProblemBody, content_type = "application/problem+json"))
)]
pub(crate) async fn preview(
    State(app): State<App>,
    caller: Caller,
    Path(patient): Path<WireId<Person>>,
    IfMatch(version): IfMatch,
    Body(body): Body<Prescribe>,
) -> Result<Json<Preview>, Problem> {
    let patient = patient.0;
    app.act_as(caller.caller(), move |at| prescribe::preview(at, &body.on(patient, version)))
        .await
        .map(|done| Json(done.into()))
        .map_err(version_changed)
}
