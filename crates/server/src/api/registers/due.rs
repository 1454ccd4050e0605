//! When each entry goes, and why not before.

use axum::Json;
use axum::extract::{Path, Query, State};
use services::generic_register::due;

use super::find;
use crate::api::caller::Caller;
use crate::api::wire::{Due, List, OfPerson, ProblemBody};
use crate::app::App;
use crate::problem::{Code, Problem};

/// When each entry goes, and why not before.
#[utoipa::path(
    get,
    path = "/registers/{register}/due",
    operation_id = "registers.due",
    tag = "registers",
    params(("register" = String, Path, description = "Full name of the register, such as `members.member`."), ("person" = Option<String>, Query, description = "Of this person only.")),
    responses((status = 200, body = List<Due>), (status = "default", body = ProblemBody, content_type = "application/problem+json"))
)]
pub(crate) async fn run(
    State(app): State<App>,
    caller: Caller,
    Path(register): Path<String>,
    Query(of): Query<OfPerson>,
) -> Result<Json<List<Due>>, Problem> {
    find(&app, &register)?;
    let known = app.clone();
    let done = app
        .act_as(caller.caller(), move |at| {
            let Some(form) = known.forms().find(&register) else { return Err(Problem::from(Code::NotFound)) };
            Ok(due::run(at, form, of.into())?)
        })
        .await?;
    Ok(Json(List::of(done)))
}
