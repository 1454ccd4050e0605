//! Statens Serum Institut sends the whole list of those infected.

use axum::Json;
use axum::body::Bytes;
use axum::extract::State;
use axum::http::HeaderMap;
use axum::http::header::CONTENT_TYPE;
use services::smittestop::positives::replace;

use crate::api::caller::Caller;
use crate::api::json::{LIST_ITEMS_MAX, read_up_to};
use crate::api::wire::{PositivesReplaced, ProblemBody, ReplacePositives};
use crate::app::App;
use crate::problem::{Code, Problem};

/// Statens Serum Institut sends the whole list; it takes the place of the one before, in one go or not at all.
#[utoipa::path(
    post,
    path = "/feeds/positives",
    operation_id = "positives.replace",
    tag = "smitte|stop",
    params(("Idempotency-Key" = String, Header, description = "16 to 128 random characters, new for each write; kept for 24 hours.")),
    request_body = ReplacePositives,
    responses((status = 200, body = PositivesReplaced), (status = "default", body = ProblemBody, content_type = "application/problem+json"))
)]
pub(crate) async fn run(
    State(app): State<App>,
    caller: Caller,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Json<PositivesReplaced>, Problem> {
    let kind = headers.get(CONTENT_TYPE).and_then(|value| value.to_str().ok());
    if kind.and_then(|kind| kind.split(';').next()) != Some("application/json") {
        return Err(Code::UnsupportedMediaType.into());
    }
    // A list of a country is longer than other bodies.
    let body: ReplacePositives = read_up_to(&body, LIST_ITEMS_MAX)?;
    let request = body.request()?;
    let replacing = app.act_as(caller.caller(), move |at| replace::run(at, request)).await?;
    Ok(Json(replacing.into()))
}
