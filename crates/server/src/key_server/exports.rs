//! `GET /exports/…`: the list of files, the files, and the public keys of those who sign them.

use axum::body::Bytes;
use axum::extract::{Path, State};
use axum::http::header::{CACHE_CONTROL, CONTENT_TYPE, ETAG, IF_NONE_MATCH};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use exposure::export::P256Signer;
use serde::Serialize;
use services::smittestop::exports::{Root, Standing};

use super::answer::{Refused, nothing_here, refused};
use super::at_hand::bytes;
use super::standing::{find, standing};
use crate::app::App;
use crate::config::SigningSettings;

/// Seconds for which a list may be kept on the way.
const LIST_SECONDS: u32 = 300;

/// A key that signs files.
#[derive(Debug, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct PublicKey {
    key_id: String,
    key_version: String,
    from: String,
    /// SubjectPublicKeyInfo, DER, base64.
    public_key: String,
}

pub(super) fn public_key(settings: &SigningSettings, signer: &P256Signer) -> PublicKey {
    use base64::Engine as _;
    PublicKey {
        key_id: settings.key_id.clone(),
        key_version: settings.key_version.clone(),
        from: settings.from.to_string(),
        public_key: base64::engine::general_purpose::STANDARD.encode(signer.public_key_der()),
    }
}

pub(super) fn public_keys(keys: &[PublicKey]) -> String {
    serde_json::json!({ "keys": keys }).to_string()
}

/// The same as programs beside a phone read keys: PEM, one after the other.
pub(super) fn public_keys_pem(keys: &[PublicKey]) -> String {
    let lines = |key: &PublicKey| {
        let text = key.public_key.as_bytes().chunks(64).map(String::from_utf8_lossy);
        text.fold(String::new(), |all, line| all + &line + "\n")
    };
    let one = |key| format!("-----BEGIN PUBLIC KEY-----\n{}-----END PUBLIC KEY-----\n", lines(key));
    keys.iter().map(one).collect()
}

pub(super) async fn keys(State(app): State<App>, headers: HeaderMap) -> Response {
    let Some(server) = app.key_server() else { return nothing_here().await };
    cached(&headers, "application/json", server.public_keys.clone().into(), LIST_SECONDS)
}

pub(super) async fn keys_pem(State(app): State<App>, headers: HeaderMap) -> Response {
    let Some(server) = app.key_server() else { return nothing_here().await };
    cached(&headers, "application/x-pem-file", server.public_keys_pem.clone().into(), LIST_SECONDS)
}

pub(super) async fn index(State(app): State<App>, Path(root): Path<String>, headers: HeaderMap) -> Response {
    let Some(root) = Root::of(&root) else { return nothing_here().await };
    let Some(listed) = standing(&app).await else { return refused(Refused::INTERNAL) };
    let Some(list) = listed.list(root) else { return nothing_here().await };
    let tag = Tag { of: list.tag.clone(), seconds: LIST_SECONDS };
    if tag.is_known(&headers) {
        return tag.not_modified();
    }
    tag.with("text/plain; charset=utf-8", list.text.clone())
}

pub(super) async fn file(
    State(app): State<App>,
    Path((root, name)): Path<(String, String)>,
    headers: HeaderMap,
) -> Response {
    let Some(root) = Root::of(&root) else { return nothing_here().await };
    match find(&app, root, &name).await {
        Some(file) => give(&app, file, &headers, u32::MAX).await,
        None => nothing_here().await,
    }
}

/// A file as it stands, to be kept on the way until it is erased, and for no more than some seconds. Whoever has it is told so before anything is read.
pub(super) async fn give(app: &App, file: Standing, headers: &HeaderMap, seconds_max: u32) -> Response {
    let left = file.due_at.map_or(0, |due| due.duration_since(app.now()).as_secs().max(0));
    let seconds = u32::try_from(left).unwrap_or(u32::MAX).min(seconds_max);
    let tag = Tag { of: file.sha256.clone(), seconds };
    if tag.is_known(headers) {
        return tag.not_modified();
    }
    match bytes(app, file).await {
        Some(bytes) => tag.with("application/zip", bytes),
        // Its bytes are not there, or not those: they are made again.
        None => refused(Refused::new(StatusCode::SERVICE_UNAVAILABLE, "internal_error", "try again later")),
    }
}

/// An answer that may be kept on the way; 304 to whoever has it.
pub(super) fn cached(headers: &HeaderMap, kind: &'static str, body: Bytes, seconds: u32) -> Response {
    let digest = aws_lc_rs::digest::digest(&aws_lc_rs::digest::SHA256, &body);
    let tag = Tag { of: exposure::key::to_hex(digest.as_ref()), seconds };
    if tag.is_known(headers) { tag.not_modified() } else { tag.with(kind, body) }
}

/// By what an answer is known, and for how long it may be kept on the way.
struct Tag {
    of: String,
    seconds: u32,
}

impl Tag {
    fn is_known(&self, headers: &HeaderMap) -> bool {
        let known = headers.get(IF_NONE_MATCH).and_then(|value| value.to_str().ok()).unwrap_or_default();
        known.split(',').any(|one| one.trim().trim_start_matches("W/").trim_matches('"') == self.of)
    }

    fn headers(&self) -> [(axum::http::HeaderName, String); 2] {
        [(ETAG, format!("\"{}\"", self.of)), (CACHE_CONTROL, format!("public, max-age={}", self.seconds))]
    }

    fn not_modified(&self) -> Response {
        (StatusCode::NOT_MODIFIED, self.headers()).into_response()
    }

    fn with(&self, kind: &'static str, body: Bytes) -> Response {
        (self.headers(), [(CONTENT_TYPE, kind)], body).into_response()
    }
}
