//! Somebody says that a declared event has happened to an entry.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use notice::id::{Person, Record};
use services::generic_register::raise;

use super::find;
use crate::api::caller::Caller;
use crate::api::json::Body;
use crate::api::wire::{Happened, ProblemBody, WireId};
use crate::app::App;
use crate::problem::{Code, Problem};

/// Somebody says that a declared event has happened to an entry.
#[utoipa::path(
    post,
    path = "/registers/{register}/people/{person}/records/{record}/events",
    operation_id = "registers.raise",
    tag = "registers",
    params(("register" = String, Path, description = "Full name of the register, such as `members.member`."), ("person" = String, Path, description = "The person whom the entry is about."), ("record" = String, Path, description = "The entry."), ("Idempotency-Key" = String, Header, description = "16 to 128 random characters, new for each write; kept for 24 hours.")),
    request_body = Happened,
    responses((status = 204), (status = "default", body = ProblemBody, content_type = "application/problem+json"))
)]
pub(crate) async fn run(
    State(app): State<App>,
    caller: Caller,
    Path((register, person, record)): Path<(String, WireId<Person>, WireId<Record>)>,
    Body(body): Body<Happened>,
) -> Result<StatusCode, Problem> {
    find(&app, &register)?;
    let request = body.of(person.0, record.0);
    let known = app.clone();
    app.act_as(caller.caller(), move |at| {
        let Some(form) = known.forms().find(&register) else { return Err(Problem::from(Code::NotFound)) };
        Ok(raise::run(at, form, request)?)
    })
    .await?;
    let () = ();
    Ok(StatusCode::NO_CONTENT)
}
