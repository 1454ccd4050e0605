//! `POST /api/certificate`: a phone brings its token and what ties the certificate to its keys, and gets the certificate.

use axum::body::Bytes;
use axum::extract::{Extension, State};
use axum::http::HeaderMap;
use axum::response::Response;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use register::Personal;
use serde::Deserialize;
use serde_json::{Map, Value, json};
use services::smittestop::verification::certify;

use super::Asked;
use super::answer::Fault;
use super::question::answered;
use super::verify::system;
use crate::api::json::read;
use crate::app::App;
use crate::http::client::Client;
use crate::problem::Problem;

/// What a phone sends; other fields, such as padding, are its own affair.
#[derive(Deserialize)]
struct Request {
    token: String,
    ekeyhmac: String,
}

pub(super) async fn run(
    State(app): State<App>,
    Extension(client): Extension<Client>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Problem> {
    answered(&app, Asked::Certify, client, &headers, certified(&app, &body)).await
}

async fn certified(app: &App, body: &Bytes) -> Result<Map<String, Value>, Fault> {
    let verification = app.verification().ok_or(Fault::Unavailable)?;
    let request: Request = read(body).map_err(|_| Fault::Unparsable)?;
    // Looked at first: a token is not spent on what cannot be attested.
    let tekmac = STANDARD.decode(&request.ekeyhmac).ok().and_then(|bytes| <[u8; 32]>::try_from(bytes).ok());
    let tekmac = zeroize::Zeroizing::new(tekmac.ok_or(Fault::Hmac)?);
    let caller = system(app).ok_or(Fault::Unavailable)?;
    let request = certify::Request { token: Personal::new(request.token) };
    let behind =
        app.act_as(caller, move |at| certify::run(at, request)).await.map_err(|error| match error {
            services::Error::Not(_) => Fault::Token,
            _ => Fault::Unavailable,
        })?;
    let certificate = verification.signer.attest(behind.onset, &tekmac, app.now(), app.randomness());
    let certificate = certificate.ok_or(Fault::Unavailable)?;
    Ok(Map::from_iter([("certificate".to_owned(), json!(certificate))]))
}
