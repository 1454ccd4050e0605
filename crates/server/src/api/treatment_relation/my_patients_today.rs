//! A professional sees whom she treats today.

use axum::Json;
use axum::extract::State;
use services::treatment_relation::my_patients_today;

use crate::api::caller::Caller;
use crate::api::wire::{List, Patient, ProblemBody};
use crate::app::App;
use crate::problem::Problem;

/// A professional sees whom she treats today.
#[utoipa::path(
    get,
    path = "/me/patients",
    operation_id = "treatment_relation.my_patients_today",
    tag = "treatment relation",
    responses((status = 200, body = List<Patient>), (status = "default", body = ProblemBody, content_type = "application/problem+json"))
)]
pub(crate) async fn run(State(app): State<App>, caller: Caller) -> Result<Json<List<Patient>>, Problem> {
    let done = app
        .act_as(caller.caller(), move |at| my_patients_today::run(at, my_patients_today::Request {}))
        .await
        .map(List::of)?;
    Ok(Json(done))
}
