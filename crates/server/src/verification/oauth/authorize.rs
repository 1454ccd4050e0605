//! `GET /oauth/auth`: the app sends its owner here. Nothing is decided; what the app asks for is sealed and carried on.

use axum::extract::{RawQuery, State};
use axum::response::{IntoResponse, Redirect, Response};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use super::Errand;
use crate::app::App;
use crate::problem::{Code, Problem};

/// What an app may have carried back to it.
const STATE_BYTES_MAX: usize = 128;

/// What the app asks.
#[derive(Default)]
struct Asked {
    response_type: String,
    client_id: String,
    redirect_uri: String,
    challenge: String,
    method: String,
    state: String,
    language: String,
}

pub(crate) async fn run(State(app): State<App>, RawQuery(query): RawQuery) -> Result<Response, Problem> {
    let oauth = app.verification().and_then(|it| it.oauth.as_ref()).ok_or(Code::NotFound)?;
    let asked = Asked::read(query.as_deref().unwrap_or_default()).ok_or(Code::Malformed)?;
    // Whoever is unknown, or would be answered elsewhere, is not sent back there (RFC 6749, 4.1.2.1).
    if asked.client_id != oauth.settings.client_id {
        return Err(Code::Malformed.into());
    }
    let redirect = oauth.settings.redirect_uris.iter().position(|uri| *uri == asked.redirect_uri);
    let redirect = redirect.ok_or(Code::Malformed)?;
    let challenge = URL_SAFE_NO_PAD.decode(&asked.challenge).ok();
    let challenge = challenge.and_then(|bytes| <[u8; 32]>::try_from(bytes).ok());
    let state = Some(asked.state.as_str())
        .filter(|state| state.len() <= STATE_BYTES_MAX && state.bytes().all(|byte| byte.is_ascii_graphic()));
    let (Some(challenge), Some(state)) = (challenge.filter(|_| asked.method == "S256"), state) else {
        return Err(Code::Malformed.into());
    };
    if asked.response_type != "code" {
        return Err(Code::Malformed.into());
    }
    let errand = Errand::new(redirect, challenge, state.to_owned(), app.now());
    let sealed = oauth.carries(&errand, app.randomness()).ok_or(Code::Internal)?;
    let lang = if asked.language.split(' ').next() == Some("en") { "en" } else { "da" };
    Ok(Redirect::to(&format!("/{lang}/me/warn/app/{sealed}")).into_response())
}

impl Asked {
    // A parameter sent twice is no question of an app.
    fn read(query: &str) -> Option<Self> {
        let pairs: Vec<(String, String)> = serde_urlencoded::from_str(query).ok()?;
        let mut asked = Self::default();
        let mut seen = Vec::new();
        for (name, value) in pairs {
            if seen.contains(&name) {
                return None;
            }
            match name.as_str() {
                "response_type" => asked.response_type = value,
                "client_id" => asked.client_id = value,
                "redirect_uri" => asked.redirect_uri = value,
                "code_challenge" => asked.challenge = value,
                "code_challenge_method" => asked.method = value,
                "state" => asked.state = value,
                "ui_locales" => asked.language = value,
                _ => {}
            }
            seen.push(name);
        }
        Some(asked)
    }
}
