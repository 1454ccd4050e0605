//! A prescriber ends a pause.

use axum::Json;
use services::shared_medication_record::resume;

use super::on_card::OnOrder;
use crate::api::json::{Body, Empty};
use crate::api::wire::{Order, Preview, ProblemBody};
use crate::problem::Problem;

/// A prescriber ends a pause.
#[utoipa::path(
    post,
    path = "/patients/{patient}/orders/{order}/resume",
    operation_id = "shared_medication_record.resume",
    tag = "shared medication record",
    params(("patient" = String, Path, description = "The patient."), ("order" = String, Path, description = "The order."), ("If-Match" = String, Header, description = "The `ETag` of the card that was read."), ("Idempotency-Key" = String, Header, description = "16 to 128 random characters, new for each write; kept for 24 hours.")),
    responses((status = 200, body = Order), (status = "default", body = ProblemBody, content_type = "application/problem+json"))
)]
pub(crate) async fn run(on: OnOrder, Body(Empty {}): Body<Empty>) -> Result<Json<Order>, Problem> {
    on.act(move |at, on| {
        resume::run(at, resume::Request { patient: on.patient, version: on.version, order: on.order })
    })
    .await
}

/// A prescriber ends a pause: what it would do. Nothing is written.
#[utoipa::path(
    post,
    path = "/patients/{patient}/orders/{order}/resume/preview",
    operation_id = "shared_medication_record.resume.preview",
    tag = "shared medication record",
    params(("patient" = String, Path, description = "The patient."), ("order" = String, Path, description = "The order."), ("If-Match" = String, Header, description = "The `ETag` of the card that was read.")),
    responses((status = 200, body = Preview), (status = "default", body = ProblemBody, content_type = "application/problem+json"))
)]
pub(crate) async fn preview(on: OnOrder, Body(Empty {}): Body<Empty>) -> Result<Json<Preview>, Problem> {
    on.act(move |at, on| {
        resume::preview(at, &resume::Request { patient: on.patient, version: on.version, order: on.order })
    })
    .await
}
