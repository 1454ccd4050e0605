//! A citizen ends a block.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use notice::id::Record;
use services::opt_out::unblock;

use crate::api::caller::Caller;
use crate::api::json::{Body, Empty};
use crate::api::whose::Whose;
use crate::api::wire::{ProblemBody, WireId};
use crate::app::App;
use crate::problem::Problem;

/// A citizen ends a block.
#[utoipa::path(
    post,
    path = "/people/{person}/blocks/{block}/end",
    operation_id = "opt_out.unblock",
    tag = "opt out",
    params(("person" = String, Path, description = "The person; `me` is the caller."), ("block" = String, Path, description = "The block."), ("Idempotency-Key" = String, Header, description = "16 to 128 random characters, new for each write; kept for 24 hours.")),
    responses((status = 204), (status = "default", body = ProblemBody, content_type = "application/problem+json"))
)]
pub(crate) async fn run(
    State(app): State<App>,
    caller: Caller,
    Path((person, block)): Path<(Whose, WireId<Record>)>,
    Body(Empty {}): Body<Empty>,
) -> Result<StatusCode, Problem> {
    let person = person.of(&caller)?;
    let block = block.0;
    app.act_as(caller.caller(), move |at| unblock::run(at, unblock::Request { person, block })).await?;
    Ok(StatusCode::NO_CONTENT)
}
