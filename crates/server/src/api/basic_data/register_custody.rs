//! The civil registration system sends who has custody.

use axum::Json;
use axum::extract::State;
use services::basic_data::register_custody;

use crate::api::caller::Caller;
use crate::api::json::Body;
use crate::api::wire::{ImportCustodies, Imported, ProblemBody};
use crate::app::App;
use crate::problem::Problem;

/// The civil registration system sends who has custody.
#[utoipa::path(
    post,
    path = "/feeds/custodies",
    operation_id = "basic_data.register_custody",
    tag = "basic data",
    params(("Idempotency-Key" = String, Header, description = "16 to 128 random characters, new for each write; kept for 24 hours.")),
    request_body = ImportCustodies,
    responses((status = 200, body = Imported), (status = "default", body = ProblemBody, content_type = "application/problem+json"))
)]
pub(crate) async fn run(
    State(app): State<App>,
    caller: Caller,
    Body(body): Body<ImportCustodies>,
) -> Result<Json<Imported>, Problem> {
    let done = app
        .act_as(caller.caller(), move |at| {
            Ok::<_, Problem>(register_custody::run(at, body.request(at.register)?)?)
        })
        .await
        .map(|records| Imported { people: records.len(), records: records.len() })?;
    Ok(Json(done))
}
