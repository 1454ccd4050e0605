//! The caller sees what is kept about herself, when it goes, and who has looked.

use axum::Json;
use axum::extract::{Path, Query, State};
use services::generic_register::see_own;

use super::find;
use crate::api::caller::Caller;
use crate::api::page::{Page, next};
use crate::api::wire::{OwnEntries, ProblemBody};
use crate::app::App;
use crate::problem::{Code, Problem};

/// The caller sees what is kept about herself, when it goes, and who has looked.
#[utoipa::path(
    get,
    path = "/registers/{register}/me",
    operation_id = "registers.see_own",
    tag = "registers",
    params(("register" = String, Path, description = "Full name of the register, such as `members.member`."), ("cursor" = Option<String>, Query, description = "Of the page before."), ("limit" = Option<usize>, Query, description = "1 to 100 lines of the log; 50 if absent.")),
    responses((status = 200, body = OwnEntries), (status = "default", body = ProblemBody, content_type = "application/problem+json"))
)]
pub(crate) async fn run(
    State(app): State<App>,
    caller: Caller,
    Path(register): Path<String>,
    Query(page): Query<Page>,
) -> Result<Json<OwnEntries>, Problem> {
    find(&app, &register)?;
    let list = format!("registers/{register}/me");
    let (before, limit) = page.read(&app, &list, &caller)?;
    let request = see_own::Request { before, limit };
    let known = app.clone();
    let done = app
        .act_as(caller.caller(), move |at| {
            let Some(form) = known.forms().find(&register) else { return Err(Problem::from(Code::NotFound)) };
            Ok(see_own::run(at, form, request)?)
        })
        .await?;
    let more = next(&app, &list, &caller, done.more_before);
    Ok(Json(OwnEntries::of(done, more)))
}
