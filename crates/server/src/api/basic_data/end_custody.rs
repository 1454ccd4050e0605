//! The civil registration system says that custody ends.

use axum::extract::State;
use axum::http::StatusCode;
use services::basic_data::end_custody;

use crate::api::caller::Caller;
use crate::api::json::Body;
use crate::api::wire::{EndCustody, ProblemBody};
use crate::app::App;
use crate::problem::Problem;

/// The civil registration system says that custody ends.
#[utoipa::path(
    post,
    path = "/feeds/custodies/end",
    operation_id = "basic_data.end_custody",
    tag = "basic data",
    params(("Idempotency-Key" = String, Header, description = "16 to 128 random characters, new for each write; kept for 24 hours.")),
    request_body = EndCustody,
    responses((status = 204), (status = "default", body = ProblemBody, content_type = "application/problem+json"))
)]
pub(crate) async fn run(
    State(app): State<App>,
    caller: Caller,
    Body(body): Body<EndCustody>,
) -> Result<StatusCode, Problem> {
    app.act_as(caller.caller(), move |at| {
        Ok::<_, Problem>(end_custody::run(at, body.request(at.register)?)?)
    })
    .await?;
    Ok(StatusCode::NO_CONTENT)
}
