//! A citizen marks an order and what hangs on it private.

use axum::Json;
use axum::extract::{Path, State};
use notice::id::Record;
use services::shared_medication_record::mark_private;

use crate::api::caller::Caller;
use crate::api::json::{Body, Empty};
use crate::api::whose::Whose;
use crate::api::wire::{Count, ProblemBody, WireId};
use crate::app::App;
use crate::problem::Problem;

/// A citizen marks an order and what hangs on it private.
#[utoipa::path(
    post,
    path = "/people/{person}/medicine-card/orders/{order}/private",
    operation_id = "shared_medication_record.mark_private",
    tag = "shared medication record",
    params(("person" = String, Path, description = "The person; `me` is the caller."), ("order" = String, Path, description = "The order."), ("Idempotency-Key" = String, Header, description = "16 to 128 random characters, new for each write; kept for 24 hours.")),
    responses((status = 200, body = Count), (status = "default", body = ProblemBody, content_type = "application/problem+json"))
)]
pub(crate) async fn run(
    State(app): State<App>,
    caller: Caller,
    Path((person, order)): Path<(Whose, WireId<Record>)>,
    Body(Empty {}): Body<Empty>,
) -> Result<Json<Count>, Problem> {
    let person = person.of(&caller)?;
    let order = order.0;
    let done = app
        .act_as(caller.caller(), move |at| mark_private::run(at, mark_private::Request { person, order }))
        .await
        .map(|records| Count { records })?;
    Ok(Json(done))
}
