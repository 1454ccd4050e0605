//! Somebody corrects an entry: a new version, with a note beside the one before.

use axum::Json;
use axum::extract::{Path, State};
use notice::id::{Person, Record};
use services::generic_register::correct;

use super::find;
use crate::api::caller::Caller;
use crate::api::json::Body;
use crate::api::wire::{Correction, ProblemBody, Version, WireId};
use crate::app::App;
use crate::problem::{Code, Problem};

/// Somebody corrects an entry: a new version, with a note beside the one before.
#[utoipa::path(
    post,
    path = "/registers/{register}/people/{person}/records/{record}/correct",
    operation_id = "registers.correct",
    tag = "registers",
    params(("register" = String, Path, description = "Full name of the register, such as `members.member`."), ("person" = String, Path, description = "The person whom the entry is about."), ("record" = String, Path, description = "The entry."), ("Idempotency-Key" = String, Header, description = "16 to 128 random characters, new for each write; kept for 24 hours.")),
    request_body = Correction,
    responses((status = 200, body = Version), (status = "default", body = ProblemBody, content_type = "application/problem+json"))
)]
pub(crate) async fn run(
    State(app): State<App>,
    caller: Caller,
    Path((register, person, record)): Path<(String, WireId<Person>, WireId<Record>)>,
    Body(body): Body<Correction>,
) -> Result<Json<Version>, Problem> {
    find(&app, &register)?;
    let request = body.of(person.0, record.0);
    let known = app.clone();
    let done = app
        .act_as(caller.caller(), move |at| {
            let Some(form) = known.forms().find(&register) else { return Err(Problem::from(Code::NotFound)) };
            Ok(correct::run(at, form, request)?)
        })
        .await?;
    Ok(Json(Version { version: done }))
}
