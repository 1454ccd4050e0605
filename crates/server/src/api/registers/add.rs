//! Somebody adds an entry about a person.

use axum::Json;
use axum::extract::{Path, State};
use services::generic_register::add;

use super::{controller, find};
use crate::api::caller::Caller;
use crate::api::json::Body;
use crate::api::wire::{Added, NewEntry, ProblemBody};
use crate::app::App;
use crate::problem::{Code, Problem};

/// Somebody adds an entry about a person.
#[utoipa::path(
    post,
    path = "/registers/{register}",
    operation_id = "registers.add",
    tag = "registers",
    params(("register" = String, Path, description = "Full name of the register, such as `members.member`."), ("Idempotency-Key" = String, Header, description = "16 to 128 random characters, new for each write; kept for 24 hours.")),
    request_body = NewEntry,
    responses((status = 200, body = Added), (status = "default", body = ProblemBody, content_type = "application/problem+json"))
)]
pub(crate) async fn run(
    State(app): State<App>,
    caller: Caller,
    Path(register): Path<String>,
    Body(body): Body<NewEntry>,
) -> Result<Json<Added>, Problem> {
    let controller = controller(&app, find(&app, &register)?);
    let request = body.read(&controller)?;
    let known = app.clone();
    let done = app
        .act_as(caller.caller(), move |at| {
            let Some(form) = known.forms().find(&register) else { return Err(Problem::from(Code::NotFound)) };
            Ok(add::run(at, form, request)?)
        })
        .await?;
    Ok(Json(done.into()))
}
