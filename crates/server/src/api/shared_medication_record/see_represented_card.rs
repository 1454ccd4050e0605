//! A representative sees the card of the person whom she acts for.

use axum::extract::{Path, State};
use notice::id::Person;
use services::shared_medication_record::see_represented_card;

use crate::api::caller::Caller;
use crate::api::version::Tagged;
use crate::api::wire::{MedicineCard, ProblemBody, WireId};
use crate::app::App;
use crate::problem::Problem;

/// A representative sees the card of the person whom she acts for.
#[utoipa::path(
    get,
    path = "/represented/{person}/medicine-card",
    operation_id = "shared_medication_record.see_represented_card",
    tag = "shared medication record",
    params(("person" = String, Path, description = "The person; `me` is the caller.")),
    responses((status = 200, body = MedicineCard), (status = "default", body = ProblemBody, content_type = "application/problem+json"))
)]
pub(crate) async fn run(
    State(app): State<App>,
    caller: Caller,
    Path(person): Path<WireId<Person>>,
) -> Result<Tagged<MedicineCard>, Problem> {
    let person = person.0;
    let card = app
        .act_as(caller.caller(), move |at| {
            see_represented_card::run(at, see_represented_card::Request { person })
        })
        .await?;
    Ok(Tagged(card.version, card.into()))
}
