//! A holder of custody sees who has looked at a child under 15.

use axum::Json;
use axum::extract::{Path, Query, State};
use notice::id::Person;
use services::my_log::see_child_log;

use crate::api::caller::Caller;
use crate::api::page::{Page, next};
use crate::api::wire::{Log, ProblemBody, WireId};
use crate::app::App;
use crate::problem::Problem;

/// A holder of custody sees who has looked at a child under 15.
#[utoipa::path(
    get,
    path = "/children/{child}/log",
    operation_id = "my_log.see_child_log",
    tag = "my log",
    params(("child" = String, Path, description = "The child."), ("cursor" = Option<String>, Query, description = "The `next` of the page before."), ("limit" = Option<usize>, Query, description = "At most 100 lines.")),
    responses((status = 200, body = Log), (status = "default", body = ProblemBody, content_type = "application/problem+json"))
)]
pub(crate) async fn run(
    State(app): State<App>,
    caller: Caller,
    Path(child): Path<WireId<Person>>,
    Query(page): Query<Page>,
) -> Result<Json<Log>, Problem> {
    let child = child.0;
    let (before, limit) = page.read(&app, "my_log.see_child_log", &caller)?;
    let log = app
        .act_as(caller.caller(), move |at| {
            see_child_log::run(at, see_child_log::Request { child, before, limit })
        })
        .await?;
    let next = next(&app, "my_log.see_child_log", &caller, log.more_before);
    Ok(Json(Log::of(log, next)))
}
