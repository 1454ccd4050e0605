//! A citizen shows her prescriptions to a pharmacy.

use axum::Json;
use axum::extract::{Path, State};
use services::presentation::present;

use crate::api::caller::Caller;
use crate::api::json::Body;
use crate::api::whose::Whose;
use crate::api::wire::{NewPresentation, Presented, ProblemBody};
use crate::app::App;
use crate::problem::Problem;

/// A citizen shows her prescriptions to a pharmacy.
#[utoipa::path(
    post,
    path = "/people/{person}/presentations",
    operation_id = "presentation.present",
    tag = "presentation",
    params(("person" = String, Path, description = "The person; `me` is the caller."), ("Idempotency-Key" = String, Header, description = "16 to 128 random characters, new for each write; kept for 24 hours.")),
    request_body = NewPresentation,
    responses((status = 200, body = Presented), (status = "default", body = ProblemBody, content_type = "application/problem+json"))
)]
pub(crate) async fn run(
    State(app): State<App>,
    caller: Caller,
    Path(person): Path<Whose>,
    Body(body): Body<NewPresentation>,
) -> Result<Json<Presented>, Problem> {
    let person = person.of(&caller)?;
    let done = app
        .act_as(caller.caller(), move |at| Ok::<_, Problem>(present::run(at, body.by(person, at.register)?)?))
        .await?;
    Ok(Json(done.into()))
}
