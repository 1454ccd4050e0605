//! The civil registration system sends people, new or changed.

use axum::Json;
use axum::extract::State;
use services::basic_data::import_person;

use crate::api::caller::Caller;
use crate::api::json::Body;
use crate::api::wire::{ImportPeople, Imported, ProblemBody};
use crate::app::App;
use crate::problem::Problem;

/// The civil registration system sends people, new or changed.
#[utoipa::path(
    post,
    path = "/feeds/people",
    operation_id = "basic_data.import_person",
    tag = "basic data",
    params(("Idempotency-Key" = String, Header, description = "16 to 128 random characters, new for each write; kept for 24 hours.")),
    request_body = ImportPeople,
    responses((status = 200, body = Imported), (status = "default", body = ProblemBody, content_type = "application/problem+json"))
)]
pub(crate) async fn run(
    State(app): State<App>,
    caller: Caller,
    Body(body): Body<ImportPeople>,
) -> Result<Json<Imported>, Problem> {
    let done = app
        .act_as(caller.caller(), move |at| Ok::<_, Problem>(import_person::run(at, body.request()?)?))
        .await
        .map(|people| Imported { people: people.len(), records: people.len() })?;
    Ok(Json(done))
}
