//! `GET /federation/callback`: the gateway says that there is something new.
//!
//! Anybody may say so. Nothing of what is said is believed or kept; it brings forward a download that would come anyway,
//! once a minute at most.

use axum::Router;
use axum::extract::State;
use axum::http::StatusCode;
use axum::routing::get;

use crate::app::App;
use crate::problem::{Code, Problem};

/// Its address.
pub(crate) fn routes() -> Router<App> {
    Router::new().route("/federation/callback", get(handle))
}

async fn handle(State(app): State<App>) -> Result<StatusCode, Problem> {
    let client = app.between().client.as_ref().ok_or(Code::NotFound)?;
    client.wake();
    Ok(StatusCode::NO_CONTENT)
}
