//! A citizen sees her own medicine card.

use axum::extract::State;
use services::shared_medication_record::see_own_card;

use crate::api::caller::Caller;
use crate::api::version::Tagged;
use crate::api::wire::{MedicineCard, ProblemBody};
use crate::app::App;
use crate::problem::Problem;

/// A citizen sees her own medicine card.
#[utoipa::path(
    get,
    path = "/me/medicine-card",
    operation_id = "shared_medication_record.see_own_card",
    tag = "shared medication record",
    responses((status = 200, body = MedicineCard), (status = "default", body = ProblemBody, content_type = "application/problem+json"))
)]
pub(crate) async fn run(State(app): State<App>, caller: Caller) -> Result<Tagged<MedicineCard>, Problem> {
    let card = app.act_as(caller.caller(), move |at| see_own_card::run(at, see_own_card::Request {})).await?;
    Ok(Tagged(card.version, card.into()))
}
