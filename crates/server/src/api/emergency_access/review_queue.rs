//! A reviewer sees the emergency accesses to review.

use axum::Json;
use axum::extract::State;
use services::emergency_access::review_queue;

use crate::api::caller::Caller;
use crate::api::wire::{EmergencyAccess, List, ProblemBody};
use crate::app::App;
use crate::problem::Problem;

/// A reviewer sees the emergency accesses to review.
#[utoipa::path(
    get,
    path = "/emergency-accesses",
    operation_id = "emergency_access.review_queue",
    tag = "emergency access",
    responses((status = 200, body = List<EmergencyAccess>), (status = "default", body = ProblemBody, content_type = "application/problem+json"))
)]
pub(crate) async fn run(
    State(app): State<App>,
    caller: Caller,
) -> Result<Json<List<EmergencyAccess>>, Problem> {
    let done = app
        .act_as(caller.caller(), move |at| {
            review_queue::run(at, review_queue::Request { which: review_queue::Which::Waiting })
        })
        .await
        .map(List::of)?;
    Ok(Json(done))
}
