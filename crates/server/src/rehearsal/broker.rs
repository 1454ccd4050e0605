//! The played login broker of a rehearsal: an OpenID provider where everybody is whom she says she is. What it sends is
//! what a broker sends; our server believes nothing that is not signed, fresh and for this login.

use std::collections::HashMap;
use std::net::Ipv4Addr;
use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};

use aws_lc_rs::digest::{SHA256, digest};
use axum::extract::{Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Redirect, Response};
use axum::routing::{get, post};
use axum::{Form, Json, Router};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jsonwebtoken::{Algorithm, DecodingKey, EncodingKey, Header, Validation};
use notice::Bilingual;
use register::{Clock, Randomness};
use serde_json::{Value, json};
use tokio::sync::watch;

use super::paper::{self, Paper};
use super::{BadRehearsal, Ground};
use crate::config::{Broker as Settings, Claims, Level, People, Signing};

/// Its name in addresses.
pub(super) const ID: &str = "mitid";
const CLIENT: &str = "smittestop";
const LEVEL: &str = "https://data.gov.dk/concept/core/nsis/loa/Substantial";
/// How long its keys are on their way.
const KEYS_TAKE: std::time::Duration = std::time::Duration::from_millis(30);
const CPR_CLAIM: &str = "cprNumberIdentifier";

/// Somebody who can log in.
#[derive(Clone)]
pub struct Person {
    /// The civil registration number.
    pub cpr: String,
    /// The name.
    pub name: String,
    /// The number by which the broker knows the person.
    pub pid: String,
}

impl std::fmt::Debug for Person {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("(person)")
    }
}

/// The broker; clones share it.
#[derive(Clone, Debug)]
pub struct Broker(Arc<Shared>);

struct Shared {
    issuer: String,
    own: Paper,
    signing: EncodingKey,
    client: Paper,
    client_key: DecodingKey,
    clock: Arc<dyn Clock>,
    randomness: Arc<dyn Randomness>,
    people: Mutex<HashMap<String, Person>>,
    under_way: Mutex<HashMap<String, Login>>,
    _stop: watch::Sender<()>,
}

impl std::fmt::Debug for Shared {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Broker({})", self.issuer)
    }
}

/// A login of which the code has been handed out.
struct Login {
    person: Person,
    nonce: String,
    challenge: String,
    redirect_uri: String,
}

impl Broker {
    pub(super) async fn start(ground: &Ground, folder: &Path) -> Result<Self, BadRehearsal> {
        let listener = tokio::net::TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        let own = Paper::make(folder, "broker")?;
        let client = Paper::make(folder, "broker-client")?;
        let (stop, stopped) = watch::channel(());
        let broker = Self(Arc::new(Shared {
            issuer: format!("http://{}", listener.local_addr()?),
            signing: EncodingKey::from_ec_pem(own.private_pem().as_bytes())?,
            client_key: DecodingKey::from_ec_pem(client.public_pem().as_bytes())?,
            own,
            client,
            clock: Arc::clone(&ground.clock),
            randomness: Arc::clone(&ground.randomness),
            people: Mutex::default(),
            under_way: Mutex::default(),
            _stop: stop,
        }));
        let router = Router::new()
            .route("/.well-known/openid-configuration", get(metadata))
            .route("/jwks", get(keys))
            .route("/authorize", get(authorize))
            .route("/token", post(token))
            // Held weakly: the broker stops with its last owner, and not with its own door.
            .with_state(Arc::downgrade(&broker.0));
        tokio::spawn(crate::serve::door(listener, router, stopped));
        Ok(broker)
    }

    /// How a server that believes this broker is configured.
    pub(super) fn settings(&self) -> Settings {
        Settings {
            id: ID.to_owned(),
            title: Bilingual { da: "MitID (prøve)".to_owned(), en: "MitID (rehearsal)".to_owned() },
            issuer: self.0.issuer.clone(),
            redirect_origins: Vec::new(),
            client_id: CLIENT.to_owned(),
            key: self.0.client.private.clone(),
            key_id: "1".to_owned(),
            key_algorithm: Signing::Es256,
            algorithms: vec![Signing::Es256],
            scopes: vec!["ssn".to_owned()],
            people: People::Citizens,
            claims: Claims { cpr: CPR_CLAIM.to_owned(), ..Claims::default() },
            levels: [(LEVEL.to_owned(), Level::Substantial)].into(),
            roles: Vec::new(),
            everybody: None,
        }
    }

    /// This person can log in, once, as whoever brings this number of the broker's.
    pub(super) fn knows(&self, person: &Person) {
        self.0.people().insert(person.pid.clone(), person.clone());
    }
}

impl Shared {
    fn people(&self) -> std::sync::MutexGuard<'_, HashMap<String, Person>> {
        self.people.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn under_way(&self) -> std::sync::MutexGuard<'_, HashMap<String, Login>> {
        self.under_way.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A token for a login whose code was brought back by the one who began it.
    fn token(&self, login: &Login) -> Option<String> {
        let now = self.clock.now().as_second();
        let claims = json!({
            "iss": self.issuer, "sub": login.person.pid, "aud": CLIENT, "nonce": login.nonce,
            "iat": now, "exp": now + 300, "auth_time": now, "acr": LEVEL,
            CPR_CLAIM: login.person.cpr, "name": login.person.name,
        });
        let header = Header { kid: Some("1".to_owned()), ..Header::new(Algorithm::ES256) };
        jsonwebtoken::encode(&header, &claims, &self.signing).ok()
    }

    /// Whether the server that asks is the one that is registered here.
    fn is_client(&self, assertion: &str) -> bool {
        let mut rules = Validation::new(Algorithm::ES256);
        rules.validate_exp = false;
        rules.validate_aud = false;
        let told = jsonwebtoken::decode::<Value>(assertion, &self.client_key, &rules);
        told.is_ok_and(|told| {
            let says = |name: &str, text: &str| told.claims.get(name).and_then(Value::as_str) == Some(text);
            says("aud", &format!("{}/token", self.issuer)) && says("iss", CLIENT)
        })
    }
}

type Played = State<std::sync::Weak<Shared>>;

fn playing(State(broker): Played) -> Result<Arc<Shared>, StatusCode> {
    broker.upgrade().ok_or(StatusCode::SERVICE_UNAVAILABLE)
}

async fn metadata(broker: Played) -> Result<Json<Value>, StatusCode> {
    let issuer = &playing(broker)?.issuer;
    Ok(Json(json!({
        "issuer": issuer,
        "authorization_endpoint": format!("{issuer}/authorize"),
        "token_endpoint": format!("{issuer}/token"),
        "jwks_uri": format!("{issuer}/jwks"),
    })))
}

async fn keys(broker: Played) -> Result<Json<Value>, StatusCode> {
    // A broker is on another machine, and takes its time.
    tokio::time::sleep(KEYS_TAKE).await;
    Ok(Json(json!({ "keys": [playing(broker)?.own.jwk("1")] })))
}

/// Somebody comes with the number that the broker gave her, and is sent back with a code.
async fn authorize(
    broker: Played,
    Query(mut asked): Query<HashMap<String, String>>,
) -> Result<Response, StatusCode> {
    let broker = playing(broker)?;
    let mut take = |name: &str| asked.remove(name).ok_or(StatusCode::BAD_REQUEST);
    let person = broker.people().remove(&take("pid")?).ok_or(StatusCode::FORBIDDEN)?;
    if take("client_id")? != CLIENT || take("code_challenge_method")? != "S256" {
        return Err(StatusCode::BAD_REQUEST);
    }
    let (state, redirect_uri) = (take("state")?, take("redirect_uri")?);
    let code = paper::hex_secret(&*broker.randomness);
    let back = format!("{redirect_uri}?code={code}&state={state}");
    let login = Login { person, nonce: take("nonce")?, challenge: take("code_challenge")?, redirect_uri };
    broker.under_way().insert(code, login);
    Ok(Redirect::to(&back).into_response())
}

async fn token(broker: Played, Form(form): Form<HashMap<String, String>>) -> Result<Json<Value>, StatusCode> {
    let broker = playing(broker)?;
    let field = |name: &str| form.get(name).ok_or(StatusCode::BAD_REQUEST);
    if !broker.is_client(field("client_assertion")?) {
        return Err(StatusCode::UNAUTHORIZED);
    }
    // A code is good once, whether or not the rest fits.
    let login = broker.under_way().remove(field("code")?).ok_or(StatusCode::BAD_REQUEST)?;
    let verified = URL_SAFE_NO_PAD.encode(digest(&SHA256, field("code_verifier")?.as_bytes()));
    if verified != login.challenge || *field("redirect_uri")? != login.redirect_uri {
        return Err(StatusCode::BAD_REQUEST);
    }
    let token = broker.token(&login).ok_or(StatusCode::INTERNAL_SERVER_ERROR)?;
    Ok(Json(json!({ "access_token": "x", "token_type": "Bearer", "id_token": token })))
}
