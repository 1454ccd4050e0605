//! When each entry goes, and why not before.

use axum::Json;
use axum::extract::{Path, Query, State};
use services::generic_register::due;

use super::find;
use crate::api::caller::Caller;
use crate::api::wire::{DuePage, OfPerson, ProblemBody};
use crate::app::App;
use crate::problem::{Code, Problem};

/// When each entry goes, and why not before: a page of the list, or all of one person.
#[utoipa::path(
    get,
    path = "/registers/{register}/due",
    operation_id = "registers.due",
    tag = "registers",
    params(("register" = String, Path, description = "Full name of the register, such as `members.member`."), ("person" = Option<String>, Query, description = "Of this person only."), ("page" = Option<usize>, Query, description = "Which page of everybody's, the first being 0.")),
    responses((status = 200, body = DuePage), (status = "default", body = ProblemBody, content_type = "application/problem+json"))
)]
pub(crate) async fn run(
    State(app): State<App>,
    caller: Caller,
    Path(register): Path<String>,
    Query(of): Query<OfPerson>,
) -> Result<Json<DuePage>, Problem> {
    find(&app, &register)?;
    let (request, page) = of.request();
    let known = app.clone();
    let done = app
        .act_as(caller.caller(), move |at| {
            let Some(form) = known.forms().find(&register) else { return Err(Problem::from(Code::NotFound)) };
            Ok(due::run(at, form, request)?)
        })
        .await?;
    Ok(Json(DuePage::of(done, page)))
}
