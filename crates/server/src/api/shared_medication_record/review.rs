//! A professional has gone through orders of the card and found them right.

use axum::Json;
use services::shared_medication_record::review;

use super::on_card::OnPatient;
use crate::api::json::Body;
use crate::api::wire::{ProblemBody, Review, Reviewed};
use crate::problem::Problem;

/// A professional has gone through orders of the card and found them right.
#[utoipa::path(
    post,
    path = "/patients/{patient}/reviews",
    operation_id = "shared_medication_record.review",
    tag = "shared medication record",
    params(("patient" = String, Path, description = "The patient."), ("If-Match" = String, Header, description = "The `ETag` of the card that was read."), ("Idempotency-Key" = String, Header, description = "16 to 128 random characters, new for each write; kept for 24 hours.")),
    request_body = Review,
    responses((status = 200, body = Reviewed), (status = "default", body = ProblemBody, content_type = "application/problem+json"))
)]
pub(crate) async fn run(on: OnPatient, Body(body): Body<Review>) -> Result<Json<Reviewed>, Problem> {
    on.act(move |at, patient, version| review::run(at, body.on(patient, version))).await
}

/// A professional has gone through orders of the card and found them right: what it would do. Nothing is written.
#[utoipa::path(
    post,
    path = "/patients/{patient}/reviews/preview",
    operation_id = "shared_medication_record.review.preview",
    tag = "shared medication record",
    params(("patient" = String, Path, description = "The patient."), ("If-Match" = String, Header, description = "The `ETag` of the card that was read.")),
    request_body = Review,
    responses((status = 200, body = Reviewed), (status = "default", body = ProblemBody, content_type = "application/problem+json"))
)]
pub(crate) async fn preview(on: OnPatient, Body(body): Body<Review>) -> Result<Json<Reviewed>, Problem> {
    on.act(move |at, patient, version| review::preview(at, &body.on(patient, version))).await
}
