//! A professional opens the whole card under emergency access, with a reason of its own.

use axum::extract::{Path, State};
use notice::id::Person;
use register::Personal;
use services::shared_medication_record::open_private_in_emergency;

use crate::api::caller::Caller;
use crate::api::json::Body;
use crate::api::version::Tagged;
use crate::api::wire::{MedicineCard, ProblemBody, Reason, WireId};
use crate::app::App;
use crate::problem::Problem;

/// A professional opens the whole card under emergency access, with a reason of its own.
#[utoipa::path(
    post,
    path = "/patients/{patient}/medicine-card/private-in-emergency",
    operation_id = "shared_medication_record.open_private_in_emergency",
    tag = "shared medication record",
    params(("patient" = String, Path, description = "The patient.")),
    request_body = Reason,
    responses((status = 200, body = MedicineCard), (status = "default", body = ProblemBody, content_type = "application/problem+json"))
)]
pub(crate) async fn run(
    State(app): State<App>,
    caller: Caller,
    Path(patient): Path<WireId<Person>>,
    Body(body): Body<Reason>,
) -> Result<Tagged<MedicineCard>, Problem> {
    let patient = patient.0;
    let card = app
        .act_as(caller.caller(), move |at| {
            open_private_in_emergency::run(
                at,
                open_private_in_emergency::Request { patient, reason: Personal::new(body.reason) },
            )
        })
        .await?;
    Ok(Tagged(card.version, card.into()))
}
