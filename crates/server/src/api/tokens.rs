//! Tokens of systems: opaque, at most five minutes, kept hashed, in exchange for a signed assertion. Threats 4.4.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use axum::Json;
use axum::body::Bytes;
use axum::extract::{Extension, State};
use axum::http::HeaderMap;
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE};
use axum::response::{IntoResponse, Response};
use jsonwebtoken::DecodingKey;
use notice::Actor;
use register::Personal;
use register::identifier::{Cvr, OrganisationNumber};
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;

use crate::app::App;
use crate::config::{Config, Signing, System};
use crate::http::client::Client;
use crate::limits::Counted;
use crate::login::{check_times, checked_claims};
use crate::problem::{Code, Problem};
use crate::security_log::Happened;
use crate::session::{SecretId, SecretKey};

const LIFE_SECONDS: u32 = 300;
const ASSERTION_TYPE: &str = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

/// A system with a token.
#[derive(Clone, Debug)]
pub(crate) struct SystemCaller {
    pub(crate) caller: register::Caller,
    pub(crate) account: SecretKey,
}

/// The systems of the configuration and the tokens they hold.
#[derive(Default)]
pub(crate) struct Tokens {
    systems: Vec<(System, DecodingKey)>,
    live: Mutex<HashMap<SecretKey, Held>>,
    assertions_used: Mutex<HashMap<SecretKey, f64>>,
}

#[derive(Clone, Copy)]
struct Held {
    system: usize,
    until: f64,
}

impl std::fmt::Debug for Tokens {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Tokens({} systems)", self.systems.len())
    }
}

/// The key of a system that cannot be used.
#[derive(Debug, thiserror::Error)]
#[error("the key of system `{client_id}` cannot be used\nhelp: a public key in PEM that fits its algorithm")]
pub struct BadSystemKey {
    client_id: String,
}

impl Tokens {
    /// Reads the keys of all systems.
    pub(crate) fn new(config: &Config) -> Result<Self, BadSystemKey> {
        let read = |system: &System| {
            let bad = || BadSystemKey { client_id: system.client_id.clone() };
            let pem = std::fs::read(&system.key).map_err(|_| bad())?;
            let key = match system.algorithm {
                Signing::Es256 => DecodingKey::from_ec_pem(&pem),
                Signing::Ps256 | Signing::Rs256 => DecodingKey::from_rsa_pem(&pem),
            };
            Ok((system.clone(), key.map_err(|_| bad())?))
        };
        Ok(Self { systems: config.systems.iter().map(read).collect::<Result<_, _>>()?, ..Self::default() })
    }

    /// The system of a token that still holds.
    pub(crate) fn find(&self, token: &SecretId, app: &App) -> Option<SystemCaller> {
        let now = app.clock().monotonic_seconds();
        let held = *self.live.lock().unwrap_or_else(PoisonError::into_inner).get(&token.key())?;
        let (system, _) = self.systems.get(held.system).filter(|_| now < held.until)?;
        let organisation = system.cvr.as_deref().and_then(|cvr| Cvr::parse(cvr).ok());
        let organisation = organisation.map(|cvr| app.register().organisation(&OrganisationNumber::Cvr(cvr)));
        Some(SystemCaller {
            caller: register::Caller {
                actor: Actor { person: None, role: app.role(&system.role)?, organisation },
                name: Personal::new(system.title.clone()),
                organisation_name: None,
                on_behalf_of: None,
                authenticated_at: Some(app.now()),
            },
            account: account(&system.client_id),
        })
    }

    fn issue(&self, client_id: &str, assertion: &str, app: &App) -> Option<SecretId> {
        let (index, (system, key)) =
            self.systems.iter().enumerate().find(|(_, (one, _))| one.client_id == client_id)?;
        let claims = checked_claims(assertion, key, system.algorithm).ok()?;
        check_times(&claims, app.now()).ok()?;
        let text = |name: &str| claims.get(name).and_then(Value::as_str);
        let lives = claims.get("exp")?.as_i64()? - claims.get("iat")?.as_i64()?;
        let good = text("iss") == Some(client_id)
            && text("sub") == Some(client_id)
            && text("aud") == Some(&audience(app))
            && lives <= i64::from(LIFE_SECONDS);
        let jti = text("jti").filter(|jti| good && jti.len() >= 16)?;
        let now = app.clock().monotonic_seconds();
        self.use_once(SecretKey::of(format!("{client_id}\n{jti}").as_bytes()), now)?;
        let token = SecretId::new(app.randomness());
        let mut live = self.live.lock().unwrap_or_else(PoisonError::into_inner);
        live.retain(|_, held| now < held.until);
        live.insert(token.key(), Held { system: index, until: now + f64::from(LIFE_SECONDS) });
        Some(token)
    }

    fn use_once(&self, assertion: SecretKey, now: f64) -> Option<()> {
        let mut used = self.assertions_used.lock().unwrap_or_else(PoisonError::into_inner);
        used.retain(|_, until| now < *until);
        // An assertion lives five minutes and two skews of a minute.
        let fresh = used.insert(assertion, now + f64::from(LIFE_SECONDS) + 120.0).is_none();
        fresh.then_some(())
    }
}

fn account(client_id: &str) -> SecretKey {
    SecretKey::of(format!("system\n{client_id}").as_bytes())
}

fn audience(app: &App) -> String {
    format!("{}/api/v1/token", app.config().site.origin)
}

/// A token for five minutes.
#[derive(Serialize, ToSchema)]
pub(crate) struct Token {
    /// For `Authorization: Bearer`.
    access_token: String,
    /// `Bearer`.
    token_type: &'static str,
    /// Seconds.
    expires_in: u32,
}

/// What a system sends, as a form.
#[derive(serde::Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct TokenRequest {
    /// `client_credentials`.
    grant_type: String,
    /// What the system calls itself.
    client_id: String,
    /// `urn:ietf:params:oauth:client-assertion-type:jwt-bearer`.
    client_assertion_type: String,
    /// A signed token: `iss` and `sub` the client id, `aud` this address, `iat`, `exp` within five minutes, `jti` used once.
    client_assertion: String,
}

/// A system exchanges a signed assertion for a token.
#[utoipa::path(post, path = "/token", tag = "systems", request_body(content = TokenRequest, content_type = "application/x-www-form-urlencoded"), responses((status = 200, body = Token), (status = "default", body = super::wire::ProblemBody)))]
pub(crate) async fn token(
    State(app): State<App>,
    Extension(client): Extension<Client>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Response, Problem> {
    app.limits().from_address(Counted::Token, client.0, app.clock())?;
    let form = headers
        .get(CONTENT_TYPE)
        .is_some_and(|kind| kind.as_bytes().starts_with(b"application/x-www-form-urlencoded"));
    if !form {
        return Err(Code::UnsupportedMediaType.into());
    }
    let request: TokenRequest = serde_urlencoded::from_bytes(&body).map_err(|_| Code::Malformed)?;
    if request.grant_type != "client_credentials" || request.client_assertion_type != ASSERTION_TYPE {
        return Err(Code::Malformed.into());
    }
    let token = app
        .tokens()
        .issue(&request.client_id, &request.client_assertion, &app)
        .ok_or(Code::BadCredentials)?;
    app.security(Happened::SystemToken, Some(client), Some(account(&request.client_id)), None);
    let body = Token { access_token: token.text(), token_type: "Bearer", expires_in: LIFE_SECONDS };
    Ok(([(CACHE_CONTROL, "no-store")], Json(body)).into_response())
}
