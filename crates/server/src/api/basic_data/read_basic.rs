//! A professional sees the basic data of a person whom she treats.

use axum::Json;
use axum::extract::{Path, State};
use notice::id::Person;
use services::basic_data::read_basic;

use crate::api::caller::Caller;
use crate::api::wire::{BasicData, ProblemBody, WireId};
use crate::app::App;
use crate::problem::Problem;

/// A professional sees the basic data of a person whom she treats.
#[utoipa::path(
    get,
    path = "/patients/{person}/basic-data",
    operation_id = "basic_data.read_basic",
    tag = "basic data",
    params(("person" = String, Path, description = "The person; `me` is the caller.")),
    responses((status = 200, body = BasicData), (status = "default", body = ProblemBody, content_type = "application/problem+json"))
)]
pub(crate) async fn run(
    State(app): State<App>,
    caller: Caller,
    Path(person): Path<WireId<Person>>,
) -> Result<Json<BasicData>, Problem> {
    let person = person.0;
    let done =
        app.act_as(caller.caller(), move |at| read_basic::run(at, read_basic::Request { person })).await?;
    Ok(Json(done.into()))
}
