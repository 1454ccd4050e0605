//! `/diagnosiskeys/callback`: the addresses of a country that want to be told.

use axum::Json;
use axum::extract::{Path, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use serde::Deserialize;
use serde_json::json;
use services::gateway_service::{Reason, callbacks};

use super::Gateway;
use super::address::Target;
use super::answer::Failed;
use super::identify::Country;

#[derive(Deserialize)]
pub(super) struct Asked {
    url: String,
}

pub(super) async fn list(
    State(gateway): State<Gateway>,
    Country(country): Country,
) -> Result<Response, Failed> {
    let all = gateway.0.door.act(move |at| callbacks::list(at, &country)).await?;
    let wire: Vec<_> = all.iter().map(|one| json!({ "callbackId": one.id, "url": one.url })).collect();
    Ok(Json(wire).into_response())
}

pub(super) async fn put(
    State(gateway): State<Gateway>,
    Country(country): Country,
    Path(id): Path<String>,
    Query(asked): Query<Asked>,
) -> Result<StatusCode, Failed> {
    let bad = || Failed::from(services::Error::Not(Reason::BadAddress));
    let target = Target::parse(&asked.url).ok_or_else(bad)?;
    // Looked up now and again at each call: what is public today may point inward tomorrow.
    target.resolved(&*gateway.0.resolver, gateway.0.addresses).await.ok_or_else(bad)?;
    gateway.0.door.act(move |at| callbacks::put(at, &country, &id, &asked.url)).await?;
    Ok(StatusCode::OK)
}

pub(super) async fn delete(
    State(gateway): State<Gateway>,
    Country(country): Country,
    Path(id): Path<String>,
) -> Result<StatusCode, Failed> {
    gateway.0.door.act(move |at| callbacks::delete(at, &country, &id)).await?;
    Ok(StatusCode::OK)
}
