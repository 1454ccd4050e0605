//! The registers that know who treats whom send relations.

use axum::Json;
use axum::extract::State;
use services::treatment_relation::import_relations;

use crate::api::caller::Caller;
use crate::api::json::Body;
use crate::api::wire::{ImportRelations, Imported, ProblemBody};
use crate::app::App;
use crate::problem::Problem;

/// The registers that know who treats whom send relations.
#[utoipa::path(
    post,
    path = "/feeds/treatment-relations",
    operation_id = "treatment_relation.import_relations",
    tag = "treatment relation",
    params(("Idempotency-Key" = String, Header, description = "16 to 128 random characters, new for each write; kept for 24 hours.")),
    request_body = ImportRelations,
    responses((status = 200, body = Imported), (status = "default", body = ProblemBody, content_type = "application/problem+json"))
)]
pub(crate) async fn run(
    State(app): State<App>,
    caller: Caller,
    Body(body): Body<ImportRelations>,
) -> Result<Json<Imported>, Problem> {
    let done = app
        .act_as(caller.caller(), move |at| {
            Ok::<_, Problem>(import_relations::run(at, body.request(at.register)?)?)
        })
        .await
        .map(|records| Imported { people: records, records })?;
    Ok(Json(done))
}
