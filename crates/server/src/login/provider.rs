//! A login broker: what it publishes about itself, its keys, and the exchange of a code for a token.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use jiff::Timestamp;
use jsonwebtoken::jwk::JwkSet;
use jsonwebtoken::{EncodingKey, Header};
use register::{Clock, Randomness};
use reqwest::{RequestBuilder, Response};
use serde::Deserialize;
use serde_json::json;

use super::token::{Expected, Fault, Identified, verify};
use crate::config::{Broker, Signing};
use crate::session::SecretId;

/// Keys are fetched again at most this often.
const KEYS_SECONDS_MIN: f64 = 60.0;
const ANSWER_BYTES_MAX: usize = 256 * 1024;
const ASSERTION_SECONDS: i64 = 60;
/// A connection that nobody has used for so long is not used again: soon the broker will close it.
const IDLE: Duration = Duration::from_secs(4);

/// A broker that is configured.
pub(crate) struct Provider {
    pub(crate) settings: Broker,
    key: EncodingKey,
    http: reqwest::Client,
    learnt: Mutex<Learnt>,
    /// Held by the one who fetches keys: whoever logs in meanwhile waits for the same.
    fetching: tokio::sync::Mutex<()>,
}

impl std::fmt::Debug for Provider {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Provider({})", self.settings.id)
    }
}

#[derive(Default)]
struct Learnt {
    metadata: Option<Metadata>,
    keys: Option<JwkSet>,
    keys_at: Option<f64>,
}

/// What a broker publishes about itself.
#[derive(Clone, Debug, Deserialize)]
pub(crate) struct Metadata {
    pub(crate) issuer: String,
    pub(crate) authorization_endpoint: String,
    pub(crate) token_endpoint: String,
    pub(crate) jwks_uri: String,
    pub(crate) end_session_endpoint: Option<String>,
    #[serde(default)]
    pub(crate) authorization_response_iss_parameter_supported: bool,
}

/// The broker did not give what was asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Failed {
    /// It does not answer, or not as it should.
    Unavailable,
    /// It does not take the code.
    Code,
    /// Its token is not good.
    Token(Fault),
}

/// A provider that cannot be made.
#[derive(Debug, thiserror::Error)]
#[error(
    "the key of broker `{broker}` cannot be used: {problem}\nhelp: a private key in PEM (PKCS#8) that fits its algorithm"
)]
pub struct BadKey {
    broker: String,
    problem: String,
}

/// The answer to one login under way.
#[derive(Debug)]
pub(crate) struct Exchange<'a> {
    pub(crate) code: &'a str,
    pub(crate) verifier: &'a str,
    pub(crate) nonce: &'a str,
    pub(crate) redirect_uri: &'a str,
    pub(crate) logged_in_since: Timestamp,
}

impl Provider {
    /// Reads the key.
    pub(crate) fn new(settings: Broker) -> Result<Self, BadKey> {
        let bad = |problem: String| BadKey { broker: settings.id.clone(), problem };
        let pem =
            zeroize::Zeroizing::new(std::fs::read(&settings.key).map_err(|error| bad(error.to_string()))?);
        let key = match settings.key_algorithm {
            Signing::Es256 => EncodingKey::from_ec_pem(&pem),
            Signing::Ps256 | Signing::Rs256 => EncodingKey::from_rsa_pem(&pem),
        };
        let key = key.map_err(|_| bad("not such a key".to_owned()))?;
        let http = reqwest::Client::builder()
            .redirect(reqwest::redirect::Policy::none())
            .connect_timeout(Duration::from_secs(3))
            .timeout(Duration::from_secs(5))
            .pool_idle_timeout(IDLE)
            .no_proxy()
            .https_only(settings.issuer.starts_with("https://"))
            .build()
            .map_err(|error| bad(error.to_string()))?;
        Ok(Self { settings, key, http, learnt: Mutex::default(), fetching: tokio::sync::Mutex::default() })
    }

    /// What the broker publishes; fetched once.
    pub(crate) async fn metadata(&self) -> Result<Metadata, Failed> {
        if let Some(known) = self.learnt(|learnt| learnt.metadata.clone()) {
            return Ok(known);
        }
        let address =
            format!("{}/.well-known/openid-configuration", self.settings.issuer.trim_end_matches('/'));
        let metadata: Metadata = self.fetch(&address).await?;
        let endpoints = [&metadata.authorization_endpoint, &metadata.token_endpoint, &metadata.jwks_uri];
        let secure = self.settings.issuer.starts_with("https://");
        if metadata.issuer != self.settings.issuer
            || endpoints.iter().any(|one| secure && !one.starts_with("https://"))
        {
            return Err(Failed::Unavailable);
        }
        self.learnt(|learnt| learnt.metadata = Some(metadata.clone()));
        Ok(metadata)
    }

    /// The code for a token, and the token verified.
    pub(crate) async fn exchange(
        &self,
        exchange: &Exchange<'_>,
        clock: &dyn Clock,
        randomness: &dyn Randomness,
    ) -> Result<(Identified, String), Failed> {
        let metadata = self.metadata().await?;
        let assertion = self.assertion(&metadata.token_endpoint, clock.now(), randomness)?;
        let form = [
            ("grant_type", "authorization_code"),
            ("code", exchange.code),
            ("redirect_uri", exchange.redirect_uri),
            ("code_verifier", exchange.verifier),
            ("client_id", &self.settings.client_id),
            ("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer"),
            ("client_assertion", &assertion),
        ];
        let answer = send(self.http.post(&metadata.token_endpoint).form(&form)).await?;
        if answer.status().is_client_error() {
            return Err(Failed::Code);
        }
        let tokens: Tokens = read(answer).await?;
        let identified = self.verified(&tokens.id_token, exchange, &metadata, clock).await?;
        Ok((identified, tokens.id_token))
    }

    async fn verified(
        &self,
        token: &str,
        exchange: &Exchange<'_>,
        metadata: &Metadata,
        clock: &dyn Clock,
    ) -> Result<Identified, Failed> {
        let expected = Expected {
            issuer: &self.settings.issuer,
            client_id: &self.settings.client_id,
            algorithms: &self.settings.algorithms,
            nonce: exchange.nonce,
            levels: &self.settings.levels,
            logged_in_since: exchange.logged_in_since,
            now: clock.now(),
        };
        let keys = match self.learnt(|learnt| learnt.keys.clone()) {
            Some(keys) => keys,
            None => self.keys_beyond(None, metadata, clock).await?.ok_or(Failed::Unavailable)?,
        };
        match verify(token, &keys, &expected) {
            // The broker may have changed its keys: look once, if it is a minute since the last look.
            Err(Fault::UnknownKey) => match self.keys_beyond(Some(&keys), metadata, clock).await? {
                Some(keys) => verify(token, &keys, &expected).map_err(Failed::Token),
                None => Err(Failed::Token(Fault::UnknownKey)),
            },
            other => other.map_err(Failed::Token),
        }
    }

    /// Other keys than those that are known: what somebody else has fetched meanwhile, or a look of our own. Where some are
    /// known it is a minute at least since the last look, so that forged tokens make us ask no oftener; the first are
    /// fetched as soon as the broker answers.
    async fn keys_beyond(
        &self,
        known: Option<&JwkSet>,
        metadata: &Metadata,
        clock: &dyn Clock,
    ) -> Result<Option<JwkSet>, Failed> {
        let _fetching = self.fetching.lock().await;
        let now = clock.monotonic_seconds();
        let (learnt, at) = self.learnt(|learnt| (learnt.keys.clone(), learnt.keys_at));
        if learnt.as_ref() != known {
            return Ok(learnt);
        }
        if known.is_some() && at.is_some_and(|at| now - at < KEYS_SECONDS_MIN) {
            return Ok(None);
        }
        self.learnt(|learnt| learnt.keys_at = Some(now));
        let keys: JwkSet = self.fetch(&metadata.jwks_uri).await?;
        self.learnt(|learnt| learnt.keys = Some(keys.clone()));
        Ok(Some(keys))
    }

    fn assertion(
        &self,
        audience: &str,
        now: Timestamp,
        randomness: &dyn Randomness,
    ) -> Result<String, Failed> {
        let mut header = Header::new(self.settings.key_algorithm.algorithm());
        header.kid = Some(self.settings.key_id.clone());
        let claims = json!({
            "iss": self.settings.client_id,
            "sub": self.settings.client_id,
            "aud": audience,
            "jti": SecretId::new(randomness).text(),
            "iat": now.as_second(),
            "exp": now.as_second() + ASSERTION_SECONDS,
        });
        jsonwebtoken::encode(&header, &claims, &self.key).map_err(|_| Failed::Unavailable)
    }

    async fn fetch<T: serde::de::DeserializeOwned>(&self, address: &str) -> Result<T, Failed> {
        read(send(self.http.get(address)).await?).await
    }

    fn learnt<T>(&self, look: impl FnOnce(&mut Learnt) -> T) -> T {
        look(&mut self.learnt.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// Asks, and once more where the connection was gone before an answer began: the broker may close one that is kept at the
/// very moment in which it is used again. A code that had been taken all the same is then refused, and nobody gets in.
async fn send(request: RequestBuilder) -> Result<Response, Failed> {
    let again = request.try_clone();
    let answer = match (request.send().await, again) {
        (Err(problem), Some(again)) if !problem.is_timeout() => again.send().await,
        (answer, _) => answer,
    };
    answer.map_err(|_| Failed::Unavailable)
}

#[derive(Deserialize)]
struct Tokens {
    id_token: String,
}

async fn read<T: serde::de::DeserializeOwned>(mut answer: Response) -> Result<T, Failed> {
    if !answer.status().is_success() {
        return Err(Failed::Unavailable);
    }
    let mut bytes = Vec::new();
    while let Some(chunk) = answer.chunk().await.map_err(|_| Failed::Unavailable)? {
        bytes.extend_from_slice(&chunk);
        if bytes.len() > ANSWER_BYTES_MAX {
            return Err(Failed::Unavailable);
        }
    }
    serde_json::from_slice(&bytes).map_err(|_| Failed::Unavailable)
}
