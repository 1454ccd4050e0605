//! Every version of an entry, with the notes that say what was wrong.

use axum::Json;
use axum::extract::{Path, State};
use notice::id::{Person, Record};
use services::generic_register::history;

use super::find;
use crate::api::caller::Caller;
use crate::api::wire::{Entry, List, ProblemBody, WireId};
use crate::app::App;
use crate::problem::{Code, Problem};

/// Every version of an entry, with the notes that say what was wrong.
#[utoipa::path(
    get,
    path = "/registers/{register}/people/{person}/records/{record}",
    operation_id = "registers.history",
    tag = "registers",
    params(("register" = String, Path, description = "Full name of the register, such as `members.member`."), ("person" = String, Path, description = "The person whom the entry is about."), ("record" = String, Path, description = "The entry.")),
    responses((status = 200, body = List<Entry>), (status = "default", body = ProblemBody, content_type = "application/problem+json"))
)]
pub(crate) async fn run(
    State(app): State<App>,
    caller: Caller,
    Path((register, person, record)): Path<(String, WireId<Person>, WireId<Record>)>,
) -> Result<Json<List<Entry>>, Problem> {
    find(&app, &register)?;
    let request = history::Request { person: person.0, record: record.0 };
    let known = app.clone();
    let done = app
        .act_as(caller.caller(), move |at| {
            let Some(form) = known.forms().find(&register) else { return Err(Problem::from(Code::NotFound)) };
            Ok(history::run(at, form, request)?)
        })
        .await?;
    Ok(Json(List::of(done)))
}
