//! A prescriber stops an order.

use axum::Json;
use services::shared_medication_record::stop;

use super::on_card::OnOrder;
use crate::api::json::Body;
use crate::api::wire::{Order, Preview, ProblemBody, Reason};
use crate::problem::Problem;

/// A prescriber stops an order.
#[utoipa::path(
    post,
    path = "/patients/{patient}/orders/{order}/stop",
    operation_id = "shared_medication_record.stop",
    tag = "shared medication record",
    params(("patient" = String, Path, description = "The patient."), ("order" = String, Path, description = "The order."), ("If-Match" = String, Header, description = "The `ETag` of the card that was read."), ("Idempotency-Key" = String, Header, description = "16 to 128 random characters, new for each write; kept for 24 hours.")),
    request_body = Reason,
    responses((status = 200, body = Order), (status = "default", body = ProblemBody, content_type = "application/problem+json"))
)]
pub(crate) async fn run(on: OnOrder, Body(body): Body<Reason>) -> Result<Json<Order>, Problem> {
    on.act(move |at, on| {
        stop::run(
            at,
            stop::Request { patient: on.patient, version: on.version, order: on.order, reason: body.reason },
        )
    })
    .await
}

/// A prescriber stops an order: what it would do. Nothing is written.
#[utoipa::path(
    post,
    path = "/patients/{patient}/orders/{order}/stop/preview",
    operation_id = "shared_medication_record.stop.preview",
    tag = "shared medication record",
    params(("patient" = String, Path, description = "The patient."), ("order" = String, Path, description = "The order."), ("If-Match" = String, Header, description = "The `ETag` of the card that was read.")),
    request_body = Reason,
    responses((status = 200, body = Preview), (status = "default", body = ProblemBody, content_type = "application/problem+json"))
)]
pub(crate) async fn preview(on: OnOrder, Body(body): Body<Reason>) -> Result<Json<Preview>, Problem> {
    on.act(move |at, on| {
        stop::preview(
            at,
            &stop::Request { patient: on.patient, version: on.version, order: on.order, reason: body.reason },
        )
    })
    .await
}
