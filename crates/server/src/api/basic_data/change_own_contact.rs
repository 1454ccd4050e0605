//! A citizen changes how she, or a person for whom she acts, is reached.

use axum::Json;
use axum::extract::{Path, State};
use services::basic_data::change_own_contact;

use crate::api::caller::Caller;
use crate::api::json::Body;
use crate::api::whose::Whose;
use crate::api::wire::{BasicData, Contact, ProblemBody};
use crate::app::App;
use crate::problem::Problem;

/// A citizen changes how she, or a person for whom she acts, is reached.
#[utoipa::path(
    put,
    path = "/people/{person}/basic-data/contact",
    operation_id = "basic_data.change_own_contact",
    tag = "basic data",
    params(("person" = String, Path, description = "The person; `me` is the caller."), ("Idempotency-Key" = String, Header, description = "16 to 128 random characters, new for each write; kept for 24 hours.")),
    request_body = Contact,
    responses((status = 200, body = BasicData), (status = "default", body = ProblemBody, content_type = "application/problem+json"))
)]
pub(crate) async fn run(
    State(app): State<App>,
    caller: Caller,
    Path(person): Path<Whose>,
    Body(body): Body<Contact>,
) -> Result<Json<BasicData>, Problem> {
    let person = person.of(&caller)?;
    let done = app
        .act_as(caller.caller(), move |at| {
            change_own_contact::run(at, change_own_contact::Request { person, contact: body.into() })
        })
        .await?;
    Ok(Json(done.into()))
}
