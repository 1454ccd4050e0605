//! A professional opens the card of a person whom she treats.

use axum::extract::{Path, State};
use notice::id::Person;
use services::shared_medication_record::open_card;

use crate::api::caller::Caller;
use crate::api::version::Tagged;
use crate::api::wire::{MedicineCard, ProblemBody, WireId};
use crate::app::App;
use crate::problem::Problem;

/// A professional opens the card of a person whom she treats.
#[utoipa::path(
    get,
    path = "/patients/{patient}/medicine-card",
    operation_id = "shared_medication_record.open_card",
    tag = "shared medication record",
    params(("patient" = String, Path, description = "The patient.")),
    responses((status = 200, body = MedicineCard), (status = "default", body = ProblemBody, content_type = "application/problem+json"))
)]
pub(crate) async fn run(
    State(app): State<App>,
    caller: Caller,
    Path(patient): Path<WireId<Person>>,
) -> Result<Tagged<MedicineCard>, Problem> {
    let patient = patient.0;
    let card =
        app.act_as(caller.caller(), move |at| open_card::run(at, open_card::Request { patient })).await?;
    Ok(Tagged(card.version, card.into()))
}
