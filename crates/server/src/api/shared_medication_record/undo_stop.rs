//! A prescriber takes a stop back.

use axum::Json;
use axum::extract::{Path, State};
use notice::id::{Person, Record};
use services::shared_medication_record::undo_stop;

use crate::api::caller::Caller;
use crate::api::json::{Body, Empty};
use crate::api::version::{IfMatch, version_changed};
use crate::api::wire::{Order, Preview, ProblemBody, WireId};
use crate::app::App;
use crate::problem::Problem;

/// A prescriber takes a stop back.
#[utoipa::path(
    post,
    path = "/patients/{patient}/orders/{order}/undo-stop",
    operation_id = "shared_medication_record.undo_stop",
    tag = "shared medication record",
    params(("patient" = String, Path, description = "The patient."), ("order" = String, Path, description = "The order."), ("If-Match" = String, Header, description = "The `ETag` of the card that was read."), ("Idempotency-Key" = String, Header, description = "16 to 128 random characters, new for each write; kept for 24 hours.")),
    responses((status = 200, body = Order), (status = "default", body = ProblemBody, content_type = "application/problem+json"))
)]
pub(crate) async fn run(
    State(app): State<App>,
    caller: Caller,
    Path((patient, order)): Path<(WireId<Person>, WireId<Record>)>,
    IfMatch(version): IfMatch,
    Body(Empty {}): Body<Empty>,
) -> Result<Json<Order>, Problem> {
    let patient = patient.0;
    let order = order.0;
    app.act_as(caller.caller(), move |at| undo_stop::run(at, undo_stop::Request { patient, version, order }))
        .await
        .map(|done| Json(done.into()))
        .map_err(version_changed)
}

/// A prescriber takes a stop back: what it would do. Nothing is written.
#[utoipa::path(
    post,
    path = "/patients/{patient}/orders/{order}/undo-stop/preview",
    operation_id = "shared_medication_record.undo_stop.preview",
    tag = "shared medication record",
    params(("patient" = String, Path, description = "The patient."), ("order" = String, Path, description = "The order."), ("If-Match" = String, Header, description = "The `ETag` of the card that was read.")),
    responses((status = 200, body = Preview), (status = "default", body = ProblemBody, content_type = "application/problem+json"))
)]
pub(crate) async fn preview(
    State(app): State<App>,
    caller: Caller,
    Path((patient, order)): Path<(WireId<Person>, WireId<Record>)>,
    IfMatch(version): IfMatch,
    Body(Empty {}): Body<Empty>,
) -> Result<Json<Preview>, Problem> {
    let patient = patient.0;
    let order = order.0;
    app.act_as(caller.caller(), move |at| {
        undo_stop::preview(at, &undo_stop::Request { patient, version, order })
    })
    .await
    .map(|done| Json(done.into()))
    .map_err(version_changed)
}
