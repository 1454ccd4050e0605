//! A citizen sees to which pharmacies she has shown her prescriptions.

use axum::Json;
use axum::extract::{Path, State};
use services::presentation::see_own_presentations;

use crate::api::caller::Caller;
use crate::api::whose::Whose;
use crate::api::wire::{List, Presentation, ProblemBody};
use crate::app::App;
use crate::problem::Problem;

/// A citizen sees to which pharmacies she has shown her prescriptions.
#[utoipa::path(
    get,
    path = "/people/{person}/presentations",
    operation_id = "presentation.see_own_presentations",
    tag = "presentation",
    params(("person" = String, Path, description = "The person; `me` is the caller.")),
    responses((status = 200, body = List<Presentation>), (status = "default", body = ProblemBody, content_type = "application/problem+json"))
)]
pub(crate) async fn run(
    State(app): State<App>,
    caller: Caller,
    Path(person): Path<Whose>,
) -> Result<Json<List<Presentation>>, Problem> {
    let person = person.of(&caller)?;
    let done = app
        .act_as(caller.caller(), move |at| {
            see_own_presentations::run(at, see_own_presentations::Request { person })
        })
        .await
        .map(List::of)?;
    Ok(Json(done))
}
