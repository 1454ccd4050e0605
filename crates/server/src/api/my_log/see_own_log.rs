//! A citizen sees who has looked.

use axum::Json;
use axum::extract::{Query, State};
use services::my_log::see_own_log;

use crate::api::caller::Caller;
use crate::api::page::{Page, next};
use crate::api::wire::{Log, ProblemBody};
use crate::app::App;
use crate::problem::Problem;

/// A citizen sees who has looked.
#[utoipa::path(
    get,
    path = "/me/log",
    operation_id = "my_log.see_own_log",
    tag = "my log",
    params(("cursor" = Option<String>, Query, description = "The `next` of the page before."), ("limit" = Option<usize>, Query, description = "At most 100 lines.")),
    responses((status = 200, body = Log), (status = "default", body = ProblemBody, content_type = "application/problem+json"))
)]
pub(crate) async fn run(
    State(app): State<App>,
    caller: Caller,
    Query(page): Query<Page>,
) -> Result<Json<Log>, Problem> {
    let (before, limit) = page.read(&app, "my_log.see_own_log", &caller)?;
    let log = app
        .act_as(caller.caller(), move |at| see_own_log::run(at, see_own_log::Request { before, limit }))
        .await?;
    let next = next(&app, "my_log.see_own_log", &caller, log.more_before);
    Ok(Json(Log::of(log, next)))
}
