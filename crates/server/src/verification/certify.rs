//! `POST /api/certificate`: a phone brings its token and what ties the certificate to its keys, and gets the certificate.

use axum::body::Bytes;
use axum::extract::{Extension, State};
use axum::http::HeaderMap;
use axum::response::Response;
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use register::Personal;
use serde::Deserialize;
use serde_json::{Map, json};
use services::smittestop::verification::certify;

use super::Verification;
use super::answer::{Fault, fault, good};
use super::chaff::is_decoy;
use super::verify::system;
use crate::api::json::read;
use crate::app::App;
use crate::http::client::Client;
use crate::limits::Counted;
use crate::problem::{Code, Problem};

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
    let verification = app.verification().ok_or(Code::NotFound)?;
    let began = app.clock().monotonic_seconds();
    if let Err(too_many) = app.limits().from_address(Counted::Code, client.0, app.clock()) {
        return Ok(fault(Fault::TooOften(too_many.retry_after_seconds), app.randomness()));
    }
    if is_decoy(&headers) {
        verification.recent.wait(app.randomness()).await;
        return Ok(good(Map::new(), app.randomness()));
    }
    let answer = certified(&app, verification, &body).await;
    verification.recent.took(app.clock().monotonic_seconds() - began);
    Ok(match answer {
        Ok(certificate) => {
            let mut fields = Map::new();
            fields.insert("certificate".to_owned(), json!(certificate));
            good(fields, app.randomness())
        }
        Err(why) => fault(why, app.randomness()),
    })
}

async fn certified(app: &App, verification: &Verification, body: &Bytes) -> Result<String, Fault> {
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
    verification.signer.attest(behind.onset, &tekmac, app.now(), app.randomness()).ok_or(Fault::Unavailable)
}
