//! A login broker that a test may turn against us.

use std::collections::HashMap;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex};

use aws_lc_rs::digest::{SHA256, digest};
use aws_lc_rs::encoding::AsDer;
use aws_lc_rs::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair, KeyPair as _};
use axum::extract::State;
use axum::http::StatusCode;
use axum::routing::{get, post};
use axum::{Form, Json, Router};
use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use jsonwebtoken::{Algorithm, EncodingKey, Header};
use notice::Bilingual;
use serde_json::{Value, json};
use server::Config;
use server::config::{Broker as Settings, Claims, Level, People, Signing};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};

/// A P-256 key.
pub struct KeyPair {
    pair: EcdsaKeyPair,
    pkcs8: Vec<u8>,
}

impl KeyPair {
    pub fn new() -> Self {
        let pair = EcdsaKeyPair::generate(&ECDSA_P256_SHA256_FIXED_SIGNING).unwrap();
        let pkcs8 = pair.to_pkcs8v1().unwrap().as_ref().to_vec();
        Self { pair, pkcs8 }
    }

    pub fn private_pem(&self) -> String {
        pem("PRIVATE KEY", &self.pkcs8)
    }

    pub fn public_pem(&self) -> String {
        let der = self.pair.public_key().as_der().unwrap();
        pem("PUBLIC KEY", der.as_ref())
    }

    pub fn jwk(&self, id: &str) -> Value {
        let point = self.pair.public_key().as_ref();
        json!({
            "kty": "EC", "crv": "P-256", "use": "sig", "alg": "ES256", "kid": id,
            "x": URL_SAFE_NO_PAD.encode(&point[1..33]), "y": URL_SAFE_NO_PAD.encode(&point[33..65]),
        })
    }

    pub fn sign(&self, claims: &Value, id: Option<&str>) -> String {
        let mut header = Header::new(Algorithm::ES256);
        header.kid = id.map(str::to_owned);
        let key = EncodingKey::from_ec_pem(self.private_pem().as_bytes()).unwrap();
        jsonwebtoken::encode(&header, claims, &key).unwrap()
    }
}

/// Stands before the broker and hands on what is said, unless the broker hangs up.
async fn doorman(listener: TcpListener, behind: SocketAddr, script: Arc<Mutex<Script>>) {
    loop {
        let (mut caller, _) = listener.accept().await.unwrap();
        let script = script.clone();
        tokio::spawn(async move {
            let mut broker = TcpStream::connect(behind).await.unwrap();
            let (mut said, mut answered) = ([0; 8_192], [0; 8_192]);
            let mut is_used = false;
            loop {
                tokio::select! {
                    Ok(many) = caller.read(&mut said) => {
                        let begins = said.starts_with(b"GET ") || said.starts_with(b"POST ");
                        if many == 0 || begins && is_used && script.lock().unwrap().hangs_up {
                            return;
                        }
                        is_used = true;
                        broker.write_all(&said[..many]).await.unwrap();
                    }
                    Ok(many) = broker.read(&mut answered) => {
                        if many == 0 || caller.write_all(&answered[..many]).await.is_err() {
                            return;
                        }
                    }
                    else => return,
                }
            }
        });
    }
}

fn pem(label: &str, der: &[u8]) -> String {
    let text = STANDARD.encode(der);
    let lines: Vec<&str> =
        text.as_bytes().chunks(64).map(|line| std::str::from_utf8(line).unwrap()).collect();
    format!("-----BEGIN {label}-----\n{}\n-----END {label}-----\n", lines.join("\n"))
}

/// How the broker makes its next token.
#[derive(Clone)]
pub enum Makes {
    /// Signed with its key, after a change of the claims.
    Claims(Arc<dyn Fn(&mut Value) + Send + Sync>),
    /// A text of its own making, from the right claims.
    Text(Arc<dyn Fn(&Value, &KeyPair) -> String + Send + Sync>),
}

pub struct Script {
    pub makes: Makes,
    pub nonce: String,
    pub challenge: String,
    pub now: i64,
    pub key_id: String,
    pub keys_fetched: usize,
    pub down: bool,
    /// A connection that is used a second time is closed without an answer.
    pub hangs_up: bool,
    pub codes_used: Vec<String>,
    pub metadata: Value,
}

#[derive(Clone)]
pub struct Broker {
    pub issuer: String,
    pub key: Arc<KeyPair>,
    pub client: Arc<KeyPair>,
    pub script: Arc<Mutex<Script>>,
    folder: Arc<tempfile::TempDir>,
}

pub const LEVEL: &str = "https://data.gov.dk/concept/core/nsis/loa/Substantial";
pub const LEVEL_HIGH: &str = "https://data.gov.dk/concept/core/nsis/loa/High";
pub const LEVEL_LOW: &str = "https://data.gov.dk/concept/core/nsis/loa/Low";

impl Broker {
    pub async fn start(now: i64) -> Self {
        let behind = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let issuer = format!("http://127.0.0.1:{}", listener.local_addr().unwrap().port());
        let script = Script {
            makes: Makes::Claims(Arc::new(|_| {})),
            nonce: String::new(),
            challenge: String::new(),
            now,
            key_id: "1".into(),
            keys_fetched: 0,
            down: false,
            hangs_up: false,
            codes_used: Vec::new(),
            metadata: json!({}),
        };
        let broker = Self {
            issuer,
            key: Arc::new(KeyPair::new()),
            client: Arc::new(KeyPair::new()),
            script: Arc::new(Mutex::new(script)),
            folder: Arc::new(tempfile::tempdir().unwrap()),
        };
        let router = Router::new()
            .route("/.well-known/openid-configuration", get(metadata))
            .route("/jwks", get(keys))
            .route("/token", post(token))
            .with_state(broker.clone());
        tokio::spawn(doorman(listener, behind.local_addr().unwrap(), broker.script.clone()));
        tokio::spawn(async move { axum::serve(behind, router).await.unwrap() });
        broker
    }

    /// The configuration of a server that trusts this broker.
    pub fn configure(&self, config: &mut Config, id: &str, people: People) {
        let key = self.folder.path().join("client.pem");
        std::fs::write(&key, self.client.private_pem()).unwrap();
        let levels = [(LEVEL, Level::Substantial), (LEVEL_HIGH, Level::High), (LEVEL_LOW, Level::Low)];
        config.brokers.push(Settings {
            id: id.into(),
            title: Bilingual { da: "MitID".into(), en: "MitID".into() },
            issuer: self.issuer.clone(),
            redirect_origins: vec!["https://nemlog-in.example".into()],
            client_id: "hjemmel".into(),
            key,
            key_id: "ours".into(),
            key_algorithm: Signing::Es256,
            algorithms: vec![Signing::Es256],
            scopes: vec!["ssn".into()],
            people,
            claims: Claims {
                cpr: "cprNumberIdentifier".into(),
                roles: (people == People::Staff).then(|| "groups".into()),
                ..Claims::default()
            },
            levels: levels.into_iter().map(|(value, level)| (value.to_owned(), level)).collect(),
            roles: if people == People::Staff {
                vec![
                    server::config::RoleOfValue {
                        value: "operators".into(),
                        role: "supplier".into(),
                        persona: "operator".into(),
                    },
                    server::config::RoleOfValue {
                        value: "reviewers".into(),
                        role: "reviewer".into(),
                        persona: "reviewer".into(),
                    },
                ]
            } else {
                Vec::new()
            },
            everybody: None,
        });
    }

    pub fn claims(&self) -> Value {
        let script = self.script.lock().unwrap();
        json!({
            "iss": self.issuer, "sub": "nancy-at-broker", "aud": "hjemmel", "nonce": script.nonce,
            "iat": script.now, "exp": script.now + 300, "auth_time": script.now, "acr": LEVEL,
            "cprNumberIdentifier": "2512489996", "name": "Nancy Ann Berggren",
        })
    }

    pub fn change(&self, change: impl Fn(&mut Value) + Send + Sync + 'static) {
        self.script.lock().unwrap().makes = Makes::Claims(Arc::new(change));
    }

    pub fn text(&self, make: impl Fn(&Value, &KeyPair) -> String + Send + Sync + 'static) {
        self.script.lock().unwrap().makes = Makes::Text(Arc::new(make));
    }
}

async fn metadata(State(broker): State<Broker>) -> Result<Json<Value>, StatusCode> {
    let script = broker.script.lock().unwrap();
    if script.down {
        return Err(StatusCode::BAD_GATEWAY);
    }
    let mut all = json!({
        "issuer": broker.issuer,
        "authorization_endpoint": format!("{}/authorize", broker.issuer),
        "token_endpoint": format!("{}/token", broker.issuer),
        "jwks_uri": format!("{}/jwks", broker.issuer),
        "end_session_endpoint": format!("{}/end", broker.issuer),
    });
    for (name, value) in script.metadata.as_object().unwrap() {
        all[name] = value.clone();
    }
    Ok(Json(all))
}

async fn keys(State(broker): State<Broker>) -> Json<Value> {
    let mut script = broker.script.lock().unwrap();
    script.keys_fetched += 1;
    Json(json!({ "keys": [broker.key.jwk(&script.key_id)] }))
}

// Holds us to what we promised: our assertion, our verifier, a code used once.
async fn token(
    State(broker): State<Broker>,
    Form(form): Form<HashMap<String, String>>,
) -> Result<Json<Value>, StatusCode> {
    let mut script = broker.script.lock().unwrap();
    let assertion = &form["client_assertion"];
    let key = jsonwebtoken::DecodingKey::from_ec_pem(broker.client.public_pem().as_bytes()).unwrap();
    let mut rules = jsonwebtoken::Validation::new(Algorithm::ES256);
    rules.validate_exp = false;
    rules.validate_aud = false;
    let ours =
        jsonwebtoken::decode::<Value>(assertion, &key, &rules).map_err(|_| StatusCode::UNAUTHORIZED)?;
    assert_eq!(ours.claims["aud"], format!("{}/token", broker.issuer));
    assert_eq!((&ours.claims["iss"], &ours.claims["sub"]), (&json!("hjemmel"), &json!("hjemmel")));
    assert!(!form.contains_key("client_secret"));
    let verified = URL_SAFE_NO_PAD.encode(digest(&SHA256, form["code_verifier"].as_bytes()));
    if verified != script.challenge || script.codes_used.contains(&form["code"]) {
        return Err(StatusCode::BAD_REQUEST);
    }
    script.codes_used.push(form["code"].clone());
    let (makes, id) = (script.makes.clone(), script.key_id.clone());
    drop(script);
    let mut claims = broker.claims();
    let token = match makes {
        Makes::Claims(change) => {
            change(&mut claims);
            broker.key.sign(&claims, Some(&id))
        }
        Makes::Text(make) => make(&claims, &broker.key),
    };
    Ok(Json(json!({ "access_token": "x", "token_type": "Bearer", "id_token": token })))
}
