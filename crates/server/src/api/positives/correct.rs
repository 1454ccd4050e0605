//! Statens Serum Institut corrects what the list says of one person.

use axum::Json;
use axum::extract::State;
use serde_json::{Value, json};
use services::smittestop::positives::correct;

use crate::api::caller::Caller;
use crate::api::json::Body;
use crate::api::wire::{CorrectPositive, ProblemBody};
use crate::app::App;
use crate::problem::Problem;

/// Statens Serum Institut corrects what the list says of one person, between two lists.
#[utoipa::path(
    post,
    path = "/feeds/positives/correct",
    operation_id = "positives.correct",
    tag = "smitte|stop",
    params(("Idempotency-Key" = String, Header, description = "16 to 128 random characters, new for each write; kept for 24 hours.")),
    request_body = CorrectPositive,
    responses((status = 200, body = Object), (status = "default", body = ProblemBody, content_type = "application/problem+json"))
)]
pub(crate) async fn run(
    State(app): State<App>,
    caller: Caller,
    Body(body): Body<CorrectPositive>,
) -> Result<Json<Value>, Problem> {
    let request = correct::Request { positive: body.positive()? };
    app.act_as(caller.caller(), move |at| correct::run(at, request)).await?;
    Ok(Json(json!({})))
}
