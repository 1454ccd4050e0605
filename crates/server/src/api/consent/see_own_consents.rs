//! A citizen sees her consents.

use axum::Json;
use axum::extract::{Path, State};
use services::consent::see_own_consents;

use crate::api::caller::Caller;
use crate::api::whose::Whose;
use crate::api::wire::{Consent, List, ProblemBody};
use crate::app::App;
use crate::problem::Problem;

/// A citizen sees her consents.
#[utoipa::path(
    get,
    path = "/people/{person}/consents",
    operation_id = "consent.see_own_consents",
    tag = "consent",
    params(("person" = String, Path, description = "The person; `me` is the caller.")),
    responses((status = 200, body = List<Consent>), (status = "default", body = ProblemBody, content_type = "application/problem+json"))
)]
pub(crate) async fn run(
    State(app): State<App>,
    caller: Caller,
    Path(person): Path<Whose>,
) -> Result<Json<List<Consent>>, Problem> {
    let person = person.of(&caller)?;
    let done = app
        .act_as(caller.caller(), move |at| see_own_consents::run(at, see_own_consents::Request { person }))
        .await
        .map(List::of)?;
    Ok(Json(done))
}
