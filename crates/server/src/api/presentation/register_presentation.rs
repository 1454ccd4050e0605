//! A pharmacy registers that a person stands at the counter.

use axum::Json;
use axum::extract::{Path, State};
use notice::id::Person;
use services::presentation::register_presentation;

use crate::api::caller::Caller;
use crate::api::json::{Body, Empty};
use crate::api::wire::{Presented, ProblemBody, WireId};
use crate::app::App;
use crate::problem::Problem;

/// A pharmacy registers that a person stands at the counter.
#[utoipa::path(
    post,
    path = "/patients/{person}/presentations",
    operation_id = "presentation.register_presentation",
    tag = "presentation",
    params(("person" = String, Path, description = "The person; `me` is the caller."), ("Idempotency-Key" = String, Header, description = "16 to 128 random characters, new for each write; kept for 24 hours.")),
    responses((status = 200, body = Presented), (status = "default", body = ProblemBody, content_type = "application/problem+json"))
)]
pub(crate) async fn run(
    State(app): State<App>,
    caller: Caller,
    Path(person): Path<WireId<Person>>,
    Body(Empty {}): Body<Empty>,
) -> Result<Json<Presented>, Problem> {
    let person = person.0;
    let done = app
        .act_as(caller.caller(), move |at| {
            register_presentation::run(at, register_presentation::Request { person })
        })
        .await?;
    Ok(Json(done.into()))
}
