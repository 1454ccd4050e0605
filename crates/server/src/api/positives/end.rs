//! Statens Serum Institut takes one person off the list.

use axum::Json;
use axum::extract::State;
use serde_json::{Value, json};
use services::smittestop::positives::end;

use crate::api::caller::Caller;
use crate::api::json::Body;
use crate::api::wire::{EndPositive, ProblemBody};
use crate::app::App;
use crate::problem::Problem;

/// Statens Serum Institut takes one person off the list, before the next list comes.
#[utoipa::path(
    post,
    path = "/feeds/positives/end",
    operation_id = "positives.end",
    tag = "smitte|stop",
    params(("Idempotency-Key" = String, Header, description = "16 to 128 random characters, new for each write; kept for 24 hours.")),
    request_body = EndPositive,
    responses((status = 200, body = Object), (status = "default", body = ProblemBody, content_type = "application/problem+json"))
)]
pub(crate) async fn run(
    State(app): State<App>,
    caller: Caller,
    Body(body): Body<EndPositive>,
) -> Result<Json<Value>, Problem> {
    let request = end::Request { cpr: body.cpr()? };
    app.act_as(caller.caller(), move |at| end::run(at, request)).await?;
    Ok(Json(json!({})))
}
