//! A professional has gone through orders of the card and found them right.

use axum::Json;
use axum::extract::{Path, State};
use notice::id::Person;
use services::shared_medication_record::review;

use crate::api::caller::Caller;
use crate::api::json::Body;
use crate::api::version::{IfMatch, version_changed};
use crate::api::wire::{ProblemBody, Review, Reviewed, WireId};
use crate::app::App;
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
pub(crate) async fn run(
    State(app): State<App>,
    caller: Caller,
    Path(patient): Path<WireId<Person>>,
    IfMatch(version): IfMatch,
    Body(body): Body<Review>,
) -> Result<Json<Reviewed>, Problem> {
    let patient = patient.0;
    app.act_as(caller.caller(), move |at| review::run(at, body.on(patient, version)))
        .await
        .map(|done| Json(done.into()))
        .map_err(version_changed)
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
pub(crate) async fn preview(
    State(app): State<App>,
    caller: Caller,
    Path(patient): Path<WireId<Person>>,
    IfMatch(version): IfMatch,
    Body(body): Body<Review>,
) -> Result<Json<Reviewed>, Problem> {
    let patient = patient.0;
    app.act_as(caller.caller(), move |at| review::preview(at, &body.on(patient, version)))
        .await
        .map(|done| Json(done.into()))
        .map_err(version_changed)
}
