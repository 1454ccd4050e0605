//! A citizen sees the emergency accesses to her data, and what the review of each found.

use axum::Json;
use axum::extract::State;
use services::emergency_access::see_own;

use crate::api::caller::Caller;
use crate::api::wire::{EmergencyAccess, List, ProblemBody};
use crate::app::App;
use crate::problem::Problem;

/// A citizen sees the emergency accesses to her data, and what the review of each found.
#[utoipa::path(
    get,
    path = "/me/emergency-accesses",
    operation_id = "emergency_access.see_own",
    tag = "emergency access",
    responses((status = 200, body = List<EmergencyAccess>), (status = "default", body = ProblemBody, content_type = "application/problem+json"))
)]
pub(crate) async fn run(
    State(app): State<App>,
    caller: Caller,
) -> Result<Json<List<EmergencyAccess>>, Problem> {
    let own = app.act_as(caller.caller(), |at| see_own::run(at, see_own::Request {})).await?;
    Ok(Json(List::of(own)))
}
