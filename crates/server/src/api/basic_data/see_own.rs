//! A citizen sees her own basic data.

use axum::Json;
use axum::extract::State;
use services::basic_data::see_own;

use crate::api::caller::Caller;
use crate::api::wire::{BasicData, ProblemBody};
use crate::app::App;
use crate::problem::Problem;

/// A citizen sees her own basic data.
#[utoipa::path(
    get,
    path = "/me/basic-data",
    operation_id = "basic_data.see_own",
    tag = "basic data",
    responses((status = 200, body = BasicData), (status = "default", body = ProblemBody, content_type = "application/problem+json"))
)]
pub(crate) async fn run(State(app): State<App>, caller: Caller) -> Result<Json<BasicData>, Problem> {
    let done = app.act_as(caller.caller(), move |at| see_own::run(at, see_own::Request {})).await?;
    Ok(Json(done.into()))
}
