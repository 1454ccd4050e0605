//! A pharmacy ends a presentation.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use notice::id::{Person, Record};
use services::presentation::end;

use crate::api::caller::Caller;
use crate::api::json::{Body, Empty};
use crate::api::wire::{ProblemBody, WireId};
use crate::app::App;
use crate::problem::Problem;

/// A pharmacy ends a presentation.
#[utoipa::path(
    post,
    path = "/patients/{person}/presentations/{presentation}/end",
    operation_id = "presentation.end",
    tag = "presentation",
    params(("person" = String, Path, description = "The person; `me` is the caller."), ("presentation" = String, Path, description = "The presentation."), ("Idempotency-Key" = String, Header, description = "16 to 128 random characters, new for each write; kept for 24 hours.")),
    responses((status = 204), (status = "default", body = ProblemBody, content_type = "application/problem+json"))
)]
pub(crate) async fn run(
    State(app): State<App>,
    caller: Caller,
    Path((person, presentation)): Path<(WireId<Person>, WireId<Record>)>,
    Body(Empty {}): Body<Empty>,
) -> Result<StatusCode, Problem> {
    let person = person.0;
    let presentation = presentation.0;
    app.act_as(caller.caller(), move |at| end::run(at, end::Request { person, presentation })).await?;
    Ok(StatusCode::NO_CONTENT)
}
