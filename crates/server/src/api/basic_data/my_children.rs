//! A citizen sees the children in her custody.

use axum::Json;
use axum::extract::State;
use services::basic_data::my_children;

use crate::api::caller::Caller;
use crate::api::wire::{Child, List, ProblemBody};
use crate::app::App;
use crate::problem::Problem;

/// A citizen sees the children in her custody.
#[utoipa::path(
    get,
    path = "/me/children",
    operation_id = "basic_data.my_children",
    tag = "basic data",
    responses((status = 200, body = List<Child>), (status = "default", body = ProblemBody, content_type = "application/problem+json"))
)]
pub(crate) async fn run(State(app): State<App>, caller: Caller) -> Result<Json<List<Child>>, Problem> {
    let done = app
        .act_as(caller.caller(), move |at| my_children::run(at, my_children::Request {}))
        .await
        .map(List::of)?;
    Ok(Json(done))
}
