//! A prescriber changes an order: the whole order is replaced.

use axum::Json;
use services::shared_medication_record::change_order;

use super::on_card::OnOrder;
use crate::api::json::Body;
use crate::api::wire::{ChangeOrder, Order, Preview, ProblemBody};
use crate::problem::Problem;

/// A prescriber changes an order: the whole order is replaced.
#[utoipa::path(
    put,
    path = "/patients/{patient}/orders/{order}",
    operation_id = "shared_medication_record.change_order",
    tag = "shared medication record",
    params(("patient" = String, Path, description = "The patient."), ("order" = String, Path, description = "The order."), ("If-Match" = String, Header, description = "The `ETag` of the card that was read."), ("Idempotency-Key" = String, Header, description = "16 to 128 random characters, new for each write; kept for 24 hours.")),
    request_body = ChangeOrder,
    responses((status = 200, body = Order), (status = "default", body = ProblemBody, content_type = "application/problem+json"))
)]
pub(crate) async fn run(on: OnOrder, Body(body): Body<ChangeOrder>) -> Result<Json<Order>, Problem> {
    on.act(move |at, on| change_order::run(at, body.on(on.patient, on.order, on.version))).await
}

/// A prescriber changes an order: the whole order is replaced: what it would do. Nothing is written.
#[utoipa::path(
    post,
    path = "/patients/{patient}/orders/{order}/change/preview",
    operation_id = "shared_medication_record.change_order.preview",
    tag = "shared medication record",
    params(("patient" = String, Path, description = "The patient."), ("order" = String, Path, description = "The order."), ("If-Match" = String, Header, description = "The `ETag` of the card that was read.")),
    request_body = ChangeOrder,
    responses((status = 200, body = Preview), (status = "default", body = ProblemBody, content_type = "application/problem+json"))
)]
pub(crate) async fn preview(on: OnOrder, Body(body): Body<ChangeOrder>) -> Result<Json<Preview>, Problem> {
    on.act(move |at, on| change_order::preview(at, &body.on(on.patient, on.order, on.version))).await
}
