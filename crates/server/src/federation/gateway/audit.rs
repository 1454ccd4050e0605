//! `GET /diagnosiskeys/audit/download/{day}/{tag}`: who uploaded what is in a batch.

use axum::Json;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::{IntoResponse, Response};
use serde::Serialize;
use services::gateway_service::audit::{self, Audited};
use services::gateway_service::download::Request;

use super::Gateway;
use super::answer::Failed;
use super::download::day;
use super::identify::Country;
use super::negotiate::{Form, describe};

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Wire {
    country: String,
    uploaded_time: String,
    uploader_certificate: String,
    uploader_thumbprint: String,
    uploader_operator_signature: String,
    signing_certificate: String,
    uploader_signing_thumbprint: String,
    signing_certificate_operator_signature: String,
    amount: usize,
    batch_signature: String,
}

pub(super) async fn handle(
    State(gateway): State<Gateway>,
    Country(country): Country,
    Path((on, tag)): Path<(String, String)>,
    headers: HeaderMap,
) -> Result<Response, Failed> {
    Form::wanted(&headers)?;
    let request = Request { day: day(&on)?, tag: Some(tag) };
    let rules = gateway.0.rules.clone();
    let found = gateway.0.door.act(move |at| audit::run(at, &rules, &country, &request)).await?;
    let wire: Vec<Wire> = found.into_iter().map(wire).collect();
    let mut answer = Json(wire).into_response();
    let json = HeaderValue::from_static("application/json; version=1.0");
    answer.headers_mut().insert(header::CONTENT_TYPE, json);
    describe(answer.headers_mut());
    Ok(answer)
}

fn wire(one: Audited) -> Wire {
    Wire {
        country: one.country,
        uploaded_time: one.uploaded.to_string(),
        uploader_certificate: one.uploader.pem,
        uploader_thumbprint: one.uploader.thumbprint,
        uploader_operator_signature: one.uploader.operator_signature,
        signing_certificate: one.signer.pem,
        uploader_signing_thumbprint: one.signer.thumbprint,
        signing_certificate_operator_signature: one.signer.operator_signature,
        amount: one.amount,
        batch_signature: one.signature,
    }
}
