//! A prescriber calls a prescription off.

use axum::Json;
use axum::extract::{Path, State};
use notice::id::{Person, Record};
use services::shared_medication_record::cancel_prescription;

use crate::api::caller::Caller;
use crate::api::json::Body;
use crate::api::wire::{CancelPrescription, Prescription, ProblemBody, WireId};
use crate::app::App;
use crate::problem::Problem;

/// A prescriber calls a prescription off.
#[utoipa::path(
    post,
    path = "/patients/{patient}/prescriptions/{prescription}/cancel",
    operation_id = "shared_medication_record.cancel_prescription",
    tag = "shared medication record",
    params(("patient" = String, Path, description = "The patient."), ("prescription" = String, Path, description = "The prescription."), ("Idempotency-Key" = String, Header, description = "16 to 128 random characters, new for each write; kept for 24 hours.")),
    request_body = CancelPrescription,
    responses((status = 200, body = Prescription), (status = "default", body = ProblemBody, content_type = "application/problem+json"))
)]
pub(crate) async fn run(
    State(app): State<App>,
    caller: Caller,
    Path((patient, prescription)): Path<(WireId<Person>, WireId<Record>)>,
    Body(body): Body<CancelPrescription>,
) -> Result<Json<Prescription>, Problem> {
    let patient = patient.0;
    let prescription = prescription.0;
    let done = app
        .act_as(caller.caller(), move |at| {
            cancel_prescription::run(
                at,
                cancel_prescription::Request {
                    patient,
                    prescription,
                    version: body.version,
                    reason: body.reason,
                },
            )
        })
        .await?;
    Ok(Json(done.into()))
}
