//! The public key of certificates, for key servers.

use axum::Json;
use axum::extract::State;
use serde_json::{Value, json};

use crate::app::App;
use crate::problem::{Code, Problem};

pub(super) async fn run(State(app): State<App>) -> Result<Json<Value>, Problem> {
    let verification = app.verification().ok_or(Code::NotFound)?;
    let tokens = verification.oauth.iter().map(|oauth| oauth.signer.jwk());
    let keys: Vec<Value> = std::iter::once(verification.signer.jwk()).chain(tokens).collect();
    Ok(Json(json!({ "keys": keys })))
}
