//! The authorisation register sends professionals, new or changed.

use axum::Json;
use axum::extract::State;
use services::professional::import_professional;

use crate::api::caller::Caller;
use crate::api::json::Body;
use crate::api::wire::{ImportProfessionals, Imported, ProblemBody};
use crate::app::App;
use crate::problem::Problem;

/// The authorisation register sends professionals, new or changed.
#[utoipa::path(
    post,
    path = "/feeds/professionals",
    operation_id = "professional.import_professional",
    tag = "professional",
    params(("Idempotency-Key" = String, Header, description = "16 to 128 random characters, new for each write; kept for 24 hours.")),
    request_body = ImportProfessionals,
    responses((status = 200, body = Imported), (status = "default", body = ProblemBody, content_type = "application/problem+json"))
)]
pub(crate) async fn run(
    State(app): State<App>,
    caller: Caller,
    Body(body): Body<ImportProfessionals>,
) -> Result<Json<Imported>, Problem> {
    let done = app
        .act_as(caller.caller(), move |at| Ok::<_, Problem>(import_professional::run(at, body.request()?)?))
        .await
        .map(|people| Imported { people: people.len(), records: people.len() })?;
    Ok(Json(done))
}
