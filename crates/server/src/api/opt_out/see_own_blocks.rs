//! A citizen sees whom she has blocked.

use axum::Json;
use axum::extract::{Path, State};
use services::opt_out::see_own_blocks;

use crate::api::caller::Caller;
use crate::api::whose::Whose;
use crate::api::wire::{Block, List, ProblemBody};
use crate::app::App;
use crate::problem::Problem;

/// A citizen sees whom she has blocked.
#[utoipa::path(
    get,
    path = "/people/{person}/blocks",
    operation_id = "opt_out.see_own_blocks",
    tag = "opt out",
    params(("person" = String, Path, description = "The person; `me` is the caller.")),
    responses((status = 200, body = List<Block>), (status = "default", body = ProblemBody, content_type = "application/problem+json"))
)]
pub(crate) async fn run(
    State(app): State<App>,
    caller: Caller,
    Path(person): Path<Whose>,
) -> Result<Json<List<Block>>, Problem> {
    let person = person.of(&caller)?;
    let done = app
        .act_as(caller.caller(), move |at| see_own_blocks::run(at, see_own_blocks::Request { person }))
        .await
        .map(List::of)?;
    Ok(Json(done))
}
