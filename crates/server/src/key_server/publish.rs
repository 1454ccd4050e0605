//! `POST /v1/publish`: rolling IDs with a certificate for just these.

use axum::body::Bytes;
use axum::extract::State;
use axum::http::{HeaderMap, StatusCode};
use axum::response::Response;
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use exposure::publish::COUNTRIES;
use serde::Deserialize;
use services::smittestop::keys::publish::{Error, Not, Output, Request, SentKey, run};
use zeroize::Zeroizing;

use super::answer::{Published, Refused, padded};
use super::authority::NotBelieved;
use super::chaff::{self, Sample};
use super::{KeyServer, caller};
use crate::app::App;

/// The header of a decoy.
const CHAFF: &str = "x-chaff";

/// What a phone sends.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct Upload {
    temporary_exposure_keys: Vec<KeyWire>,
    #[serde(rename = "healthAuthorityID")]
    health_authority: String,
    verification_payload: String,
    hmac_key: String,
    #[serde(default)]
    symptom_onset_interval: Option<i64>,
    #[serde(default, rename = "traveler")]
    _traveler: bool,
    #[serde(default)]
    visited_countries: Vec<String>,
    #[serde(default)]
    revision_token: Option<String>,
    #[serde(default, rename = "padding")]
    _padding: serde::de::IgnoredAny,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
struct KeyWire {
    key: String,
    rolling_start_number: i64,
    rolling_period: i64,
    #[serde(default)]
    transmission_risk: i64,
}

pub(super) async fn publish(State(app): State<App>, headers: HeaderMap, body: Bytes) -> Response {
    let began = app.clock().monotonic_seconds();
    if headers.contains_key(CHAFF) {
        return chaff::answer(&app, began).await;
    }
    let request = app.key_server().ok_or(Refused::INTERNAL).and_then(|server| read(server, &body));
    let answer = match request {
        Ok(request) => take(&app, request).await,
        Err(refused) => Err(refused),
    };
    match answer {
        Ok(output) => {
            let seconds = app.clock().monotonic_seconds() - began;
            remember(&app, &output, seconds);
            padded(StatusCode::OK, &told(&output), app.randomness())
        }
        Err(why) => chaff::refused(&app, why, began).await,
    }
}

fn read(server: &KeyServer, body: &[u8]) -> Result<Request, Refused> {
    let unreadable = || {
        Refused::new(StatusCode::BAD_REQUEST, "bad_request", "the body is not as the interface describes it")
    };
    let upload: Upload = serde_json::from_slice(body).map_err(|_| unreadable())?;
    let countries = countries(upload.visited_countries).ok_or_else(unreadable)?;
    let hmac_key = STANDARD.decode(upload.hmac_key.as_bytes()).map_err(|_| unreadable())?;
    let certificate = server
        .authorities
        .read(&upload.health_authority, &upload.verification_payload)
        .map_err(|not| match not {
            NotBelieved::UnknownAuthority => {
                let words = "use the id that the authority publishes";
                Refused::new(StatusCode::UNAUTHORIZED, "unknown_health_authority_id", words)
            }
            NotBelieved::Certificate => refusal(Not::Certificate),
        })?;
    let keys = upload.temporary_exposure_keys.into_iter().map(|key| SentKey {
        key: key.key,
        start: key.rolling_start_number,
        period: key.rolling_period,
        risk: key.transmission_risk,
    });
    let token = upload.revision_token.unwrap_or_default();
    Ok(Request {
        keys: keys.collect(),
        certificate,
        hmac_key: Zeroizing::new(hmac_key),
        onset: upload.symptom_onset_interval.filter(|interval| *interval > 0),
        countries,
        revision_token: STANDARD.decode(token).unwrap_or_default(),
    })
}

/// Sorted, each once, without our own; `None` if one of them takes no part.
pub(super) fn countries(mut named: Vec<String>) -> Option<Vec<String>> {
    named.retain(|one| one != "DK");
    named.sort_unstable();
    named.dedup();
    named.iter().all(|one| COUNTRIES.contains(&one.as_str())).then_some(named)
}

/// Hands it to the service.
pub(super) async fn take(app: &App, request: Request) -> Result<Output, Refused> {
    let caller = caller(app, "system", "key server").ok_or(Refused::INTERNAL)?;
    let shared = app.clone();
    let taken = app.act_as(caller, move |at| match shared.key_server() {
        Some(server) => run(at, request, &server.taking),
        None => Err(Error::Unavailable(register::Unavailable::Closing)),
    });
    taken.await.map_err(|error| match error {
        Error::Not(not) => refusal(not),
        Error::Invalid(_) => refusal(Not::BadRequest),
        Error::Refused(_) | Error::Unavailable(_) | Error::Conflict(_) => {
            tracing::error!(target: "technical", problem = %error, "an upload was not taken");
            Refused::INTERNAL
        }
    })
}

pub(super) fn remember(app: &App, output: &Output, seconds: f64) {
    if let Some(server) = app.key_server() {
        let sample = Sample { seconds, inserted: output.inserted, token_bytes: output.revision_token.len() };
        server.traffic.lock().unwrap_or_else(std::sync::PoisonError::into_inner).remember(sample);
    }
}

fn told(output: &Output) -> Published {
    let partial = output.wrong > 0;
    let far = || format!("{} keys lie more than 14 days from the onset of symptoms", output.far);
    Published {
        revision_token: Some(STANDARD.encode(&output.revision_token)),
        inserted_exposures: output.inserted,
        error: partial.then_some("some keys were left out: not a key, too old, or of a day to come"),
        code: partial.then_some("partial_failure"),
        warnings: if output.far > 0 { vec![far()] } else { Vec::new() },
    }
}

/// Each reason with its status, and what the client should do.
pub(super) fn refusal(not: Not) -> Refused {
    let (status, code, words) = match not {
        Not::BadRequest => {
            (StatusCode::BAD_REQUEST, "bad_request", "send 1 to 30 keys that do not overlap, none twice")
        }
        Not::Certificate => (
            StatusCode::UNAUTHORIZED,
            "health_authority_verification_certificate_invalid",
            "ask for a new certificate for just these keys",
        ),
        Not::MissingRevisionToken => (
            StatusCode::BAD_REQUEST,
            "missing_revision_token",
            "a key is known already; send the revision token of its upload",
        ),
        Not::InvalidRevisionToken => (
            StatusCode::BAD_REQUEST,
            "invalid_revision_token",
            "the revision token is not for these keys; send only those of its upload",
        ),
        Not::AlreadyRevised => {
            (StatusCode::BAD_REQUEST, "key_already_revised", "a key can be revised once; leave it out")
        }
        Not::ReportTypeTransition => (
            StatusCode::BAD_REQUEST,
            "invalid_report_type_transition",
            "what was reported first cannot be followed by this",
        ),
        Not::Closed => (StatusCode::GONE, "deprecated", "the app is closed; remove it"),
    };
    Refused::new(status, code, words)
}
