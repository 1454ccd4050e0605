//! A professional finds a person by number.

use axum::extract::State;
use axum::{Extension, Json};
use register::Identifier;
use services::basic_data::find_patient;

use crate::api::caller::Caller;
use crate::api::json::Body;
use crate::api::wire::{Find, Found, ProblemBody};
use crate::app::App;
use crate::http::looks::Told;
use crate::problem::{Code, Problem};

/// A professional finds a person by number.
#[utoipa::path(
    post,
    path = "/patients/find",
    operation_id = "basic_data.find_patient",
    tag = "basic data",
    request_body = Find,
    responses((status = 200, body = Found), (status = "default", body = ProblemBody, content_type = "application/problem+json"))
)]
pub(crate) async fn run(
    State(app): State<App>,
    caller: Caller,
    Body(body): Body<Find>,
) -> Result<(Extension<Told>, Json<Found>), Problem> {
    caller.count_search(&app)?;
    let number = Identifier::person_number(&body.cpr).map_err(|_| {
        Problem::new(Code::Unfit).field(
            "cpr",
            "not-a-cpr",
            "Et CPR-nummer har ti cifre, med eller uden bindestreg.",
            "A CPR number has ten digits, with or without a hyphen.",
        )
    })?;
    let done = app
        .act_as(caller.caller(), move |at| find_patient::run(at, find_patient::Request { number }))
        .await?;
    Ok((Extension(Told(done.person)), Json(done.into())))
}
