//! A professional sees her own authorisations.

use axum::Json;
use axum::extract::State;
use services::professional::see_own;

use crate::api::caller::Caller;
use crate::api::wire::{List, ProblemBody, Professional};
use crate::app::App;
use crate::problem::Problem;

/// A professional sees her own authorisations.
#[utoipa::path(
    get,
    path = "/me/authorisations",
    operation_id = "professional.see_own",
    tag = "professional",
    responses((status = 200, body = List<Professional>), (status = "default", body = ProblemBody, content_type = "application/problem+json"))
)]
pub(crate) async fn run(State(app): State<App>, caller: Caller) -> Result<Json<List<Professional>>, Problem> {
    let done =
        app.act_as(caller.caller(), move |at| see_own::run(at, see_own::Request {})).await.map(List::of)?;
    Ok(Json(done))
}
