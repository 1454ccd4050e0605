//! A representative sees who has looked at the person whom she acts for.

use axum::Json;
use axum::extract::{Path, Query, State};
use notice::id::Person;
use services::my_log::see_represented_log;

use crate::api::caller::Caller;
use crate::api::page::{Page, next};
use crate::api::wire::{Log, ProblemBody, WireId};
use crate::app::App;
use crate::problem::Problem;

/// A representative sees who has looked at the person whom she acts for.
#[utoipa::path(
    get,
    path = "/represented/{person}/log",
    operation_id = "my_log.see_represented_log",
    tag = "my log",
    params(("person" = String, Path, description = "The person; `me` is the caller."), ("cursor" = Option<String>, Query, description = "The `next` of the page before."), ("limit" = Option<usize>, Query, description = "At most 100 lines.")),
    responses((status = 200, body = Log), (status = "default", body = ProblemBody, content_type = "application/problem+json"))
)]
pub(crate) async fn run(
    State(app): State<App>,
    caller: Caller,
    Path(person): Path<WireId<Person>>,
    Query(page): Query<Page>,
) -> Result<Json<Log>, Problem> {
    let person = person.0;
    let (before, limit) = page.read(&app, "my_log.see_represented_log", &caller)?;
    let log = app
        .act_as(caller.caller(), move |at| {
            see_represented_log::run(at, see_represented_log::Request { person, before, limit })
        })
        .await?;
    let next = next(&app, "my_log.see_represented_log", &caller, log.more_before);
    Ok(Json(Log::of(log, next)))
}
