//! A professional opens the whole card with the consent that the person gives.

use axum::extract::{Path, State};
use notice::id::Person;
use services::shared_medication_record::open_card_with_consent;

use crate::api::caller::Caller;
use crate::api::version::Tagged;
use crate::api::wire::{MedicineCard, ProblemBody, WireId};
use crate::app::App;
use crate::problem::Problem;

/// A professional opens the whole card with the consent that the person gives.
#[utoipa::path(
    get,
    path = "/patients/{patient}/medicine-card/with-consent",
    operation_id = "shared_medication_record.open_card_with_consent",
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
    let card = app
        .act_as(caller.caller(), move |at| {
            open_card_with_consent::run(at, open_card_with_consent::Request { patient })
        })
        .await?;
    Ok(Tagged(card.version, card.into()))
}
