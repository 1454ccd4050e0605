//! A prescriber pauses an order.

use axum::Json;
use axum::extract::{Path, State};
use notice::id::{Person, Record};
use services::shared_medication_record::pause;

use crate::api::caller::Caller;
use crate::api::json::Body;
use crate::api::version::{IfMatch, version_changed};
use crate::api::wire::{Order, PauseOrder, Preview, ProblemBody, WireId};
use crate::app::App;
use crate::problem::Problem;

/// A prescriber pauses an order.
#[utoipa::path(
    post,
    path = "/patients/{patient}/orders/{order}/pause",
    operation_id = "shared_medication_record.pause",
    tag = "shared medication record",
    params(("patient" = String, Path, description = "The patient."), ("order" = String, Path, description = "The order."), ("If-Match" = String, Header, description = "The `ETag` of the card that was read."), ("Idempotency-Key" = String, Header, description = "16 to 128 random characters, new for each write; kept for 24 hours.")),
    request_body = PauseOrder,
    responses((status = 200, body = Order), (status = "default", body = ProblemBody, content_type = "application/problem+json"))
)]
pub(crate) async fn run(
    State(app): State<App>,
    caller: Caller,
    Path((patient, order)): Path<(WireId<Person>, WireId<Record>)>,
    IfMatch(version): IfMatch,
    Body(body): Body<PauseOrder>,
) -> Result<Json<Order>, Problem> {
    let patient = patient.0;
    let order = order.0;
    app.act_as(caller.caller(), move |at| {
        pause::run(at, pause::Request { patient, version, order, pause: body.into() })
    })
    .await
    .map(|done| Json(done.into()))
    .map_err(version_changed)
}

/// A prescriber pauses an order: what it would do. Nothing is written.
#[utoipa::path(
    post,
    path = "/patients/{patient}/orders/{order}/pause/preview",
    operation_id = "shared_medication_record.pause.preview",
    tag = "shared medication record",
    params(("patient" = String, Path, description = "The patient."), ("order" = String, Path, description = "The order."), ("If-Match" = String, Header, description = "The `ETag` of the card that was read.")),
    request_body = PauseOrder,
    responses((status = 200, body = Preview), (status = "default", body = ProblemBody, content_type = "application/problem+json"))
)]
pub(crate) async fn preview(
    State(app): State<App>,
    caller: Caller,
    Path((patient, order)): Path<(WireId<Person>, WireId<Record>)>,
    IfMatch(version): IfMatch,
    Body(body): Body<PauseOrder>,
) -> Result<Json<Preview>, Problem> {
    let patient = patient.0;
    let order = order.0;
    app.act_as(caller.caller(), move |at| {
        pause::preview(at, &pause::Request { patient, version, order, pause: body.into() })
    })
    .await
    .map(|done| Json(done.into()))
    .map_err(version_changed)
}
