//! The entries of a register that the caller may see.

use axum::Json;
use axum::extract::{Path, Query, State};
use services::generic_register::list;

use super::find;
use crate::api::caller::Caller;
use crate::api::wire::{Collected, Entry, List, ProblemBody};
use crate::app::App;
use crate::problem::{Code, Problem};

/// The entries of a register that the caller may see.
#[utoipa::path(
    get,
    path = "/registers/{register}",
    operation_id = "registers.list",
    tag = "registers",
    params(("register" = String, Path, description = "Full name of the register, such as `members.member`."), ("from" = Option<String>, Query, description = "Collected from this time on."), ("until" = Option<String>, Query, description = "Collected before this time.")),
    responses((status = 200, body = List<Entry>), (status = "default", body = ProblemBody, content_type = "application/problem+json"))
)]
pub(crate) async fn run(
    State(app): State<App>,
    caller: Caller,
    Path(register): Path<String>,
    Query(span): Query<Collected>,
) -> Result<Json<List<Entry>>, Problem> {
    find(&app, &register)?;
    let known = app.clone();
    let done = app
        .act_as(caller.caller(), move |at| {
            let Some(form) = known.forms().find(&register) else { return Err(Problem::from(Code::NotFound)) };
            Ok(list::run(at, form, span.into())?.entries)
        })
        .await?;
    Ok(Json(List::of(done)))
}
