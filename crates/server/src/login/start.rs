//! A login begins: the browser is sent to the broker with a secret that only this browser can bring back.

use aws_lc_rs::digest::{SHA256, digest};
use axum::extract::{Extension, Path, State};
use axum::http::header::{LOCATION, SET_COOKIE};
use axum::http::{HeaderValue, StatusCode};
use axum::response::{IntoResponse, Response};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::ToSpan;
use notice::Lang;
use serde::Deserialize;

use super::pending::Pending;
use super::provider::{Metadata, Provider};
use super::{ReturnPath, redirect_uri};
use crate::app::App;
use crate::http::client::Client;
use crate::limits::Counted;
use crate::posted::Posted;
use crate::problem::{Code, Problem};
use crate::session::{SecretId, login_cookie};

/// An ordinary login may lean on one at the broker that is this old.
const LOGIN_AGE_SECONDS_MAX: i64 = 300;

/// The form on the login page, and the one that asks for a fresh login.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Fields {
    #[serde(default)]
    r#return: String,
    #[serde(default)]
    role: String,
    #[serde(default)]
    fresh: String,
}

pub(super) async fn start(
    State(app): State<App>,
    Path((lang, broker)): Path<(String, String)>,
    Extension(client): Extension<Client>,
    Posted(fields): Posted<Fields>,
) -> Result<Response, Problem> {
    app.limits().from_address(Counted::Login, client.0, app.clock())?;
    let lang = Lang::from_tag(&lang).ok_or(Code::NotFound)?;
    let provider = app.logins().provider(&broker).ok_or(Code::NotFound)?;
    let metadata =
        provider.metadata().await.map_err(|_| Problem::new(Code::BrokerUnavailable).retry_after(30))?;
    let id = SecretId::new(app.randomness());
    let secret = || SecretId::new(app.randomness()).text();
    let age_seconds_max = if fields.fresh.is_empty() { LOGIN_AGE_SECONDS_MAX } else { 0 };
    let pending = Pending {
        broker,
        state: secret(),
        nonce: secret(),
        verifier: secret(),
        return_to: ReturnPath::parse(&fields.r#return),
        lang,
        role: (!fields.role.is_empty()).then_some(fields.role),
        logged_in_since: app.now().checked_sub(age_seconds_max.seconds()).unwrap_or(app.now()),
    };
    let address =
        address(provider, &metadata, &pending, &redirect_uri(&app, &pending.broker), age_seconds_max)?;
    app.logins()
        .pending
        .keep(&id, pending, app.clock().monotonic_seconds())
        .ok_or_else(|| Problem::new(Code::TooMany).retry_after(60))?;
    let location = HeaderValue::from_str(&address).map_err(|_| Code::BrokerUnavailable)?;
    Ok((StatusCode::SEE_OTHER, [(LOCATION, location), (SET_COOKIE, login_cookie(&id))]).into_response())
}

fn address(
    provider: &Provider,
    metadata: &Metadata,
    pending: &Pending,
    redirect_uri: &str,
    age_seconds_max: i64,
) -> Result<String, Problem> {
    let scope = std::iter::once("openid")
        .chain(provider.settings.scopes.iter().map(String::as_str))
        .collect::<Vec<_>>()
        .join(" ");
    let levels: Vec<&str> = provider
        .settings
        .levels
        .iter()
        .filter(|(_, level)| **level >= crate::config::Level::Substantial)
        .map(|(value, _)| value.as_str())
        .collect();
    let challenge = URL_SAFE_NO_PAD.encode(digest(&SHA256, pending.verifier.as_bytes()));
    let age = age_seconds_max.to_string();
    let acr = levels.join(" ");
    let mut parameters = vec![
        ("response_type", "code"),
        ("client_id", provider.settings.client_id.as_str()),
        ("redirect_uri", redirect_uri),
        ("scope", &scope),
        ("state", &pending.state),
        ("nonce", &pending.nonce),
        ("code_challenge", &challenge),
        ("code_challenge_method", "S256"),
        ("max_age", &age),
        ("acr_values", &acr),
        ("ui_locales", pending.lang.tag()),
    ];
    if age_seconds_max == 0 {
        parameters.push(("prompt", "login"));
    }
    let query = serde_urlencoded::to_string(parameters).map_err(|_| Code::BrokerUnavailable)?;
    let join = if metadata.authorization_endpoint.contains('?') { '&' } else { '?' };
    Ok(format!("{}{join}{query}", metadata.authorization_endpoint))
}
