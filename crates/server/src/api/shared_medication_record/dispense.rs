//! A pharmacy hands a medicine over on a prescription.

use axum::Json;
use axum::extract::{Path, State};
use notice::id::{Person, Record};
use services::shared_medication_record::dispense;

use crate::api::caller::Caller;
use crate::api::json::Body;
use crate::api::wire::{Dispense, Dispensed, ProblemBody, WireId};
use crate::app::App;
use crate::problem::Problem;

/// A pharmacy hands a medicine over on a prescription.
#[utoipa::path(
    post,
    path = "/patients/{patient}/prescriptions/{prescription}/dispensings",
    operation_id = "shared_medication_record.dispense",
    tag = "shared medication record",
    params(("patient" = String, Path, description = "The patient."), ("prescription" = String, Path, description = "The prescription."), ("Idempotency-Key" = String, Header, description = "16 to 128 random characters, new for each write; kept for 24 hours.")),
    request_body = Dispense,
    responses((status = 200, body = Dispensed), (status = "default", body = ProblemBody, content_type = "application/problem+json"))
)]
pub(crate) async fn run(
    State(app): State<App>,
    caller: Caller,
    Path((patient, prescription)): Path<(WireId<Person>, WireId<Record>)>,
    Body(body): Body<Dispense>,
) -> Result<Json<Dispensed>, Problem> {
    let patient = patient.0;
    let prescription = prescription.0;
    let done =
        app.act_as(caller.caller(), move |at| dispense::run(at, body.on(patient, prescription))).await?;
    Ok(Json(done.into()))
}

/// A pharmacy hands a medicine over on a prescription: what it would do. Nothing is written.
#[utoipa::path(
    post,
    path = "/patients/{patient}/prescriptions/{prescription}/dispensings/preview",
    operation_id = "shared_medication_record.dispense.preview",
    tag = "shared medication record",
    params(("patient" = String, Path, description = "The patient."), ("prescription" = String, Path, description = "The prescription.")),
    request_body = Dispense,
    responses((status = 200, body = Dispensed), (status = "default", body = ProblemBody, content_type = "application/problem+json"))
)]
pub(crate) async fn preview(
    State(app): State<App>,
    caller: Caller,
    Path((patient, prescription)): Path<(WireId<Person>, WireId<Record>)>,
    Body(body): Body<Dispense>,
) -> Result<Json<Dispensed>, Problem> {
    let patient = patient.0;
    let prescription = prescription.0;
    let done =
        app.act_as(caller.caller(), move |at| dispense::preview(at, &body.on(patient, prescription))).await?;
    Ok(Json(done.into()))
}
