//! A pharmacy sees the prescriptions that a person has presented.

use axum::Json;
use axum::extract::{Path, State};
use notice::id::Person;
use services::shared_medication_record::find_prescriptions;

use crate::api::caller::Caller;
use crate::api::wire::{List, Prescription, ProblemBody, WireId};
use crate::app::App;
use crate::problem::Problem;

/// A pharmacy sees the prescriptions that a person has presented.
#[utoipa::path(
    get,
    path = "/patients/{patient}/prescriptions",
    operation_id = "shared_medication_record.find_prescriptions",
    tag = "shared medication record",
    params(("patient" = String, Path, description = "The patient.")),
    responses((status = 200, body = List<Prescription>), (status = "default", body = ProblemBody, content_type = "application/problem+json"))
)]
pub(crate) async fn run(
    State(app): State<App>,
    caller: Caller,
    Path(patient): Path<WireId<Person>>,
) -> Result<Json<List<Prescription>>, Problem> {
    let patient = patient.0;
    let done = app
        .act_as(caller.caller(), move |at| {
            find_prescriptions::run(at, find_prescriptions::Request { patient })
        })
        .await
        .map(|found| List::of(found.prescriptions))?;
    Ok(Json(done))
}
