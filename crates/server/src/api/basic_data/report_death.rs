//! The civil registration system reports a death, or takes a report back.

use axum::extract::State;
use axum::http::StatusCode;
use services::basic_data::report_death;

use crate::api::caller::Caller;
use crate::api::json::Body;
use crate::api::wire::{ProblemBody, ReportDeath};
use crate::app::App;
use crate::problem::Problem;

/// The civil registration system reports a death, or takes a report back.
#[utoipa::path(
    post,
    path = "/feeds/deaths",
    operation_id = "basic_data.report_death",
    tag = "basic data",
    params(("Idempotency-Key" = String, Header, description = "16 to 128 random characters, new for each write; kept for 24 hours.")),
    request_body = ReportDeath,
    responses((status = 204), (status = "default", body = ProblemBody, content_type = "application/problem+json"))
)]
pub(crate) async fn run(
    State(app): State<App>,
    caller: Caller,
    Body(body): Body<ReportDeath>,
) -> Result<StatusCode, Problem> {
    app.act_as(caller.caller(), move |at| {
        Ok::<_, Problem>(report_death::run(at, body.request(at.register)?)?)
    })
    .await?;
    Ok(StatusCode::NO_CONTENT)
}
