//! A citizen gives consent.

use axum::Json;
use axum::extract::{Path, State};
use services::consent::give;

use crate::api::caller::Caller;
use crate::api::json::Body;
use crate::api::whose::Whose;
use crate::api::wire::{Consent, NewConsent, ProblemBody};
use crate::app::App;
use crate::problem::Problem;

/// A citizen gives consent.
#[utoipa::path(
    post,
    path = "/people/{person}/consents",
    operation_id = "consent.give",
    tag = "consent",
    params(("person" = String, Path, description = "The person; `me` is the caller."), ("Idempotency-Key" = String, Header, description = "16 to 128 random characters, new for each write; kept for 24 hours.")),
    request_body = NewConsent,
    responses((status = 200, body = Consent), (status = "default", body = ProblemBody, content_type = "application/problem+json"))
)]
pub(crate) async fn run(
    State(app): State<App>,
    caller: Caller,
    Path(person): Path<Whose>,
    Body(body): Body<NewConsent>,
) -> Result<Json<Consent>, Problem> {
    let person = person.of(&caller)?;
    let done = app
        .act_as(caller.caller(), move |at| Ok::<_, Problem>(give::run(at, body.by(person, at.register)?)?))
        .await?;
    Ok(Json(done.into()))
}
