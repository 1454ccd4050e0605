//! A citizen sees what is kept, till when, and why.

use axum::Json;
use axum::extract::State;
use services::what_goes_when::see_own;

use crate::api::caller::Caller;
use crate::api::wire::{PlanOfErasure, ProblemBody};
use crate::app::App;
use crate::problem::Problem;

/// A citizen sees what is kept, till when, and why.
#[utoipa::path(
    get,
    path = "/me/what-goes-when",
    operation_id = "what_goes_when.see_own",
    tag = "what goes when",
    responses((status = 200, body = PlanOfErasure), (status = "default", body = ProblemBody, content_type = "application/problem+json"))
)]
pub(crate) async fn run(State(app): State<App>, caller: Caller) -> Result<Json<PlanOfErasure>, Problem> {
    let done =
        app.act_as(caller.caller(), move |at| see_own::run(at, see_own::Request {})).await.map(Into::into)?;
    Ok(Json(done))
}
