//! A write that is sent twice happens once: the second time the first answer is given again. Threat T13.
//!
//! Invariant: a kept answer is sealed under the caller's own key, of which the server keeps a hash. Nobody else can open it.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use aws_lc_rs::aead::{AES_256_GCM, Aad, LessSafeKey, Nonce, UnboundKey};
use axum::body::{Body, to_bytes};
use axum::extract::{FromRequestParts, Request, State};
use axum::http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};

use super::caller::Caller;
use crate::app::App;
use crate::problem::{Code, Problem};
use crate::session::SecretKey;

/// The header of the key.
pub(crate) const KEY_HEADER: &str = "idempotency-key";
/// Says that an answer is the first one given again.
const REPLAYED: HeaderName = HeaderName::from_static("idempotency-replayed");
const KEPT_SECONDS: f64 = 24.0 * 3600.0;
const KEPT_MAX: usize = 200_000;
const ANSWER_BYTES_MAX: usize = 1024 * 1024;

/// The answers that are kept.
#[derive(Debug, Default)]
pub(crate) struct Answers(Mutex<HashMap<SecretKey, Kept>>);

#[derive(Debug)]
struct Kept {
    request: SecretKey,
    until: f64,
    answer: Option<Sealed>,
}

#[derive(Clone, Debug)]
struct Sealed {
    status: StatusCode,
    headers: HeaderMap,
    body: Vec<u8>,
}

/// The layer around each route that writes.
pub(crate) async fn once(State(app): State<App>, request: Request, next: Next) -> Response {
    let (mut parts, body) = request.into_parts();
    let caller = match Caller::from_request_parts(&mut parts, &app).await {
        Ok(caller) => caller,
        Err(problem) => return problem.into_response(),
    };
    let key = match key(&parts.headers) {
        Ok(key) => key,
        Err(problem) => return problem.into_response(),
    };
    let Ok(bytes) = to_bytes(body, ANSWER_BYTES_MAX).await else {
        return Problem::new(Code::TooLarge).into_response();
    };
    let place = hash(b"place", &caller, &key, &[]);
    let seal = hash(b"seal", &caller, &key, &[]);
    let path = parts.uri.path().to_owned();
    let etag = parts.headers.get("if-match").map(|value| value.as_bytes().to_vec()).unwrap_or_default();
    let request_hash =
        hash(b"request", &caller, &key, &[parts.method.as_str().as_bytes(), path.as_bytes(), &etag, &bytes]);
    let now = app.clock().monotonic_seconds();
    match app.answers().begin(place, request_hash, now) {
        Begun::First => {}
        Begun::Again(sealed) => return replay(sealed, seal),
        Begun::Other => return Problem::new(Code::IdempotencyKeyReused).into_response(),
        Begun::Running => return Problem::new(Code::InProgress).retry_after(1).into_response(),
        Begun::Full => return Problem::new(Code::TooMany).retry_after(60).into_response(),
    }
    // Goes on to its end also when the caller hangs up or has waited too long: what was written is answered for.
    let work = tokio::spawn(async move {
        let unfinished = Unfinished { app, place, kept: false };
        let response = next.run(Request::from_parts(parts, Body::from(bytes))).await;
        unfinished.keep(response, seal).await
    });
    match work.await {
        Ok(response) => response,
        Err(failed) => match failed.try_into_panic() {
            Ok(panic) => std::panic::resume_unwind(panic),
            Err(_) => std::future::pending().await,
        },
    }
}

fn key(headers: &HeaderMap) -> Result<Vec<u8>, Problem> {
    let key = headers.get(KEY_HEADER).ok_or(Code::IdempotencyKeyMissing)?.as_bytes();
    let fits = (16..=128).contains(&key.len()) && key.iter().all(u8::is_ascii_graphic);
    if fits { Ok(key.to_vec()) } else { Err(Code::IdempotencyKeyMissing.into()) }
}

fn hash(label: &[u8], caller: &Caller, key: &[u8], parts: &[&[u8]]) -> SecretKey {
    let account = caller.account();
    let mut bytes = Vec::new();
    for part in [label, account.bytes(), key].iter().chain(parts) {
        bytes.extend_from_slice(&(part.len() as u64).to_be_bytes());
        bytes.extend_from_slice(part);
    }
    SecretKey::of(&bytes)
}

enum Begun {
    First,
    Again(Sealed),
    Other,
    Running,
    Full,
}

impl Answers {
    fn begin(&self, place: SecretKey, request: SecretKey, now: f64) -> Begun {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if all.len() >= KEPT_MAX {
            all.retain(|_, kept| now < kept.until);
        }
        match all.get(&place).filter(|kept| now < kept.until) {
            Some(kept) if kept.request != request => Begun::Other,
            Some(Kept { answer: Some(sealed), .. }) => Begun::Again(sealed.clone()),
            Some(Kept { answer: None, .. }) => Begun::Running,
            None if all.len() >= KEPT_MAX => Begun::Full,
            None => {
                all.insert(place, Kept { request, until: now + KEPT_SECONDS, answer: None });
                Begun::First
            }
        }
    }
}

// Forgets the key again if the request fails: then it may be sent once more.
struct Unfinished {
    app: App,
    place: SecretKey,
    kept: bool,
}

impl Unfinished {
    async fn keep(mut self, response: Response, seal: SecretKey) -> Response {
        // What the caller must correct or try again is not an answer to keep.
        if !response.status().is_success() {
            return response;
        }
        let (parts, body) = response.into_parts();
        let Ok(bytes) = to_bytes(body, ANSWER_BYTES_MAX).await else {
            return Problem::new(Code::Internal).into_response();
        };
        if let Some(sealed) = sealed(seal, &bytes) {
            let answer = Sealed { status: parts.status, headers: parts.headers.clone(), body: sealed };
            let mut all = self.app.answers().0.lock().unwrap_or_else(PoisonError::into_inner);
            if let Some(kept) = all.get_mut(&self.place) {
                kept.answer = Some(answer);
                self.kept = true;
            }
        }
        Response::from_parts(parts, Body::from(bytes))
    }
}

impl Drop for Unfinished {
    fn drop(&mut self) {
        if !self.kept {
            self.app.answers().0.lock().unwrap_or_else(PoisonError::into_inner).remove(&self.place);
        }
    }
}

// The key seals one answer and no other: a fixed nonce repeats nothing.
fn cipher(seal: SecretKey) -> Option<LessSafeKey> {
    UnboundKey::new(&AES_256_GCM, seal.bytes()).ok().map(LessSafeKey::new)
}

fn sealed(seal: SecretKey, bytes: &[u8]) -> Option<Vec<u8>> {
    let mut sealed = bytes.to_vec();
    let nonce = Nonce::assume_unique_for_key([0; 12]);
    cipher(seal)?.seal_in_place_append_tag(nonce, Aad::empty(), &mut sealed).ok()?;
    Some(sealed)
}

fn replay(mut sealed: Sealed, seal: SecretKey) -> Response {
    let nonce = Nonce::assume_unique_for_key([0; 12]);
    let opened = cipher(seal).and_then(|key| {
        key.open_in_place(nonce, Aad::empty(), &mut sealed.body).ok().map(|body| body.to_vec())
    });
    let Some(body) = opened else { return Problem::new(Code::Internal).into_response() };
    let mut response = (sealed.status, body).into_response();
    *response.headers_mut() = sealed.headers;
    response.headers_mut().insert(REPLAYED, HeaderValue::from_static("true"));
    response
}
