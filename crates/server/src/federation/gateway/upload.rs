//! `POST /diagnosiskeys/upload`.

use axum::Json;
use axum::body::Bytes;
use axum::extract::State;
use axum::extract::rejection::BytesRejection;
use axum::http::{HeaderMap, HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use serde_json::json;
use services::gateway_service::Reason;
use services::gateway_service::upload::{self, Request, Uploaded};
use services::smittestop::closing::is_closed;

use super::Gateway;
use super::answer::Failed;
use super::identify::Country;
use super::negotiate::Form;

pub(super) async fn handle(
    State(gateway): State<Gateway>,
    Country(country): Country,
    headers: HeaderMap,
    body: Result<Bytes, BytesRejection>,
) -> Result<Response, Failed> {
    let form = Form::sent(&headers)?;
    let body =
        body.map_err(|rejected| Failed::new(rejected.status(), "the body is too large or broke off"))?;
    let batch = form.read(&body)?;
    let text = |name: &str| headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let tag = text("batchtag").to_owned();
    let request = Request { tag: tag.clone(), signature: text("batchsignature").to_owned(), batch };
    let (rules, known) = (gateway.0.rules.clone(), gateway.0.known.clone());
    let done = gateway.0.door.act(move |at| {
        // Rule SS-45 names what lies in the gateway too. The decision is that of whoever runs this gateway: one that a country
        // takes for its own app stands in the country's register, and closes nothing for the others.
        if is_closed::run::<Reason>(at)? {
            return Err(services::Error::Not(Reason::Closed));
        }
        upload::run(at, &rules, &known, &country, &request)
    });
    let done = done.await?;
    Ok(match done {
        Uploaded::Stored => {
            let mut answer = StatusCode::CREATED.into_response();
            if let Ok(tag) = HeaderValue::from_str(&tag) {
                answer.headers_mut().insert("batchtag", tag);
            }
            answer
        }
        Uploaded::Partly { new, known } => {
            let body = json!({ "201": new, "409": known, "500": [] });
            (StatusCode::MULTI_STATUS, Json(body)).into_response()
        }
    })
}
