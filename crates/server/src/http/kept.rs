//! A form that is sent after the session has ended, or that asks for a fresh login, is kept for its owner.

use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::http::Method;
use axum::http::header::CONTENT_TYPE;
use axum::http::request::Parts;
use axum::middleware::Next;
use axum::response::Response;
use notice::Bilingual;

use crate::app::App;
use crate::posted::TOKEN_FIELD;
use crate::problem::{Code, Problem};
use crate::session::{KEPT_BYTES_MAX, KEPT_MINUTES, SESSION_COOKIE, SecretKey, Work, cookie_value};
use crate::visitor::visitor;

/// The parts of the house in which people write.
const AREAS: [&str; 5] = ["me", "patients", "pharmacy", "officer", "operator"];

/// Keeps what was sent where the answer is that somebody has to log in first.
pub(crate) async fn keep(State(app): State<App>, request: Request, next: Next) -> Response {
    if !is_form(&request) {
        return next.run(request).await;
    }
    let (parts, body) = request.into_parts();
    // The guard has read it already, and has refused what is too large.
    let Ok(bytes) = to_bytes(body, usize::MAX).await else {
        return next.run(Request::from_parts(parts, Body::empty())).await;
    };
    let who = visitor(&parts, &app).signed_in.map(|who| who.account_key());
    let path = parts.uri.path().to_owned();
    if let Some(account) = who {
        // Sent again: it is kept no longer.
        app.kept().forget(account, Some(&path));
    }
    let head = parts.clone();
    let mut response = next.run(Request::from_parts(parts, Body::from(bytes.clone()))).await;
    let Some(problem) = response.extensions_mut().get_mut::<Box<Problem>>() else { return response };
    let owner = match problem.code {
        Code::StepUpNeeded => who,
        Code::SessionEnded => lapsed(&app, &head, &bytes),
        _ => None,
    };
    if let Some(owner) = owner
        && kept(&app, owner, path, &bytes).is_some()
    {
        problem.reason = Some(("work-kept", Box::new(words())));
    }
    response
}

fn is_form(request: &Request) -> bool {
    let area = request.uri().path().split('/').nth(2).unwrap_or_default();
    let kind = request.headers().get(CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    request.method() == Method::POST
        && AREAS.contains(&area)
        && kind.split(';').next() == Some("application/x-www-form-urlencoded")
}

fn fields(bytes: &[u8]) -> Option<Vec<(String, String)>> {
    serde_urlencoded::from_bytes(bytes).ok()
}

/// Whose session ran out, if the form carries its token.
fn lapsed(app: &App, head: &Parts, bytes: &[u8]) -> Option<SecretKey> {
    let id = cookie_value(&head.headers, SESSION_COOKIE)?;
    let (_, token) = fields(bytes)?.into_iter().find(|(name, _)| name == TOKEN_FIELD)?;
    app.sessions().lapsed(&id, &token, app.clock())
}

fn kept(app: &App, owner: SecretKey, path: String, bytes: &[u8]) -> Option<()> {
    let small = bytes.len() <= KEPT_BYTES_MAX;
    let fields = fields(bytes).filter(|_| small)?;
    let fields = fields.into_iter().filter(|(name, _)| name != TOKEN_FIELD).collect();
    app.kept().keep(owner, &Work { path, fields }, app.clock(), app.randomness())
}

fn words() -> Bilingual {
    Bilingual {
        da: format!(
            "Det, du havde skrevet, er gemt i {KEPT_MINUTES} minutter. Log ind igen, så kan du sende det."
        ),
        en: format!(
            "What you had written is kept for {KEPT_MINUTES} minutes. Log in again, and you can send it."
        ),
    }
}
