//! A citizen takes a presentation back.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use notice::id::Record;
use services::presentation::take_back;

use crate::api::caller::Caller;
use crate::api::json::{Body, Empty};
use crate::api::whose::Whose;
use crate::api::wire::{ProblemBody, WireId};
use crate::app::App;
use crate::problem::Problem;

/// A citizen takes a presentation back.
#[utoipa::path(
    post,
    path = "/people/{person}/presentations/{presentation}/take-back",
    operation_id = "presentation.take_back",
    tag = "presentation",
    params(("person" = String, Path, description = "The person; `me` is the caller."), ("presentation" = String, Path, description = "The presentation."), ("Idempotency-Key" = String, Header, description = "16 to 128 random characters, new for each write; kept for 24 hours.")),
    responses((status = 204), (status = "default", body = ProblemBody, content_type = "application/problem+json"))
)]
pub(crate) async fn run(
    State(app): State<App>,
    caller: Caller,
    Path((person, presentation)): Path<(Whose, WireId<Record>)>,
    Body(Empty {}): Body<Empty>,
) -> Result<StatusCode, Problem> {
    let person = person.of(&caller)?;
    let presentation = presentation.0;
    app.act_as(caller.caller(), move |at| take_back::run(at, take_back::Request { person, presentation }))
        .await?;
    Ok(StatusCode::NO_CONTENT)
}
