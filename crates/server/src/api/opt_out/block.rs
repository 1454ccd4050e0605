//! A citizen blocks a professional, an organisation or everyone.

use axum::Json;
use axum::extract::{Path, State};
use services::opt_out::block;

use crate::api::caller::Caller;
use crate::api::json::Body;
use crate::api::whose::Whose;
use crate::api::wire::{Block, NewBlock, ProblemBody};
use crate::app::App;
use crate::problem::Problem;

/// A citizen blocks a professional, an organisation or everyone.
#[utoipa::path(
    post,
    path = "/people/{person}/blocks",
    operation_id = "opt_out.block",
    tag = "opt out",
    params(("person" = String, Path, description = "The person; `me` is the caller."), ("Idempotency-Key" = String, Header, description = "16 to 128 random characters, new for each write; kept for 24 hours.")),
    request_body = NewBlock,
    responses((status = 200, body = Block), (status = "default", body = ProblemBody, content_type = "application/problem+json"))
)]
pub(crate) async fn run(
    State(app): State<App>,
    caller: Caller,
    Path(person): Path<Whose>,
    Body(body): Body<NewBlock>,
) -> Result<Json<Block>, Problem> {
    let person = person.of(&caller)?;
    let done = app
        .act_as(caller.caller(), move |at| Ok::<_, Problem>(block::run(at, body.by(person, at.register)?)?))
        .await?;
    Ok(Json(done.into()))
}
