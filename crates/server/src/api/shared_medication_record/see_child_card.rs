//! A holder of custody sees the card of a child under 15.

use axum::extract::{Path, State};
use notice::id::Person;
use services::shared_medication_record::see_child_card;

use crate::api::caller::Caller;
use crate::api::version::Tagged;
use crate::api::wire::{MedicineCard, ProblemBody, WireId};
use crate::app::App;
use crate::problem::Problem;

/// A holder of custody sees the card of a child under 15.
#[utoipa::path(
    get,
    path = "/children/{child}/medicine-card",
    operation_id = "shared_medication_record.see_child_card",
    tag = "shared medication record",
    params(("child" = String, Path, description = "The child.")),
    responses((status = 200, body = MedicineCard), (status = "default", body = ProblemBody, content_type = "application/problem+json"))
)]
pub(crate) async fn run(
    State(app): State<App>,
    caller: Caller,
    Path(child): Path<WireId<Person>>,
) -> Result<Tagged<MedicineCard>, Problem> {
    let child = child.0;
    let card = app
        .act_as(caller.caller(), move |at| see_child_card::run(at, see_child_card::Request { child }))
        .await?;
    Ok(Tagged(card.version, card.into()))
}
