//! A citizen withdraws a consent.

use axum::extract::{Path, State};
use axum::http::StatusCode;
use notice::id::Record;
use services::consent::withdraw;

use crate::api::caller::Caller;
use crate::api::json::{Body, Empty};
use crate::api::whose::Whose;
use crate::api::wire::{ProblemBody, WireId};
use crate::app::App;
use crate::problem::Problem;

/// A citizen withdraws a consent.
#[utoipa::path(
    post,
    path = "/people/{person}/consents/{consent}/withdraw",
    operation_id = "consent.withdraw",
    tag = "consent",
    params(("person" = String, Path, description = "The person; `me` is the caller."), ("consent" = String, Path, description = "The consent."), ("Idempotency-Key" = String, Header, description = "16 to 128 random characters, new for each write; kept for 24 hours.")),
    responses((status = 204), (status = "default", body = ProblemBody, content_type = "application/problem+json"))
)]
pub(crate) async fn run(
    State(app): State<App>,
    caller: Caller,
    Path((person, consent)): Path<(Whose, WireId<Record>)>,
    Body(Empty {}): Body<Empty>,
) -> Result<StatusCode, Problem> {
    let person = person.of(&caller)?;
    let consent = consent.0;
    app.act_as(caller.caller(), move |at| withdraw::run(at, withdraw::Request { person, consent })).await?;
    Ok(StatusCode::NO_CONTENT)
}
