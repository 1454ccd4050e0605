//! Logout ends the session here and at the broker, and empties what the browser keeps.

use axum::extract::{Extension, Path, State};
use axum::http::StatusCode;
use axum::http::header::{HeaderName, HeaderValue, LOCATION, SET_COOKIE};
use axum::response::{IntoResponse, Response};
use notice::Lang;
use serde::Deserialize;

use crate::app::App;
use crate::http::client::Client;
use crate::posted::Posted;
use crate::problem::{Code, Problem};
use crate::security_log::Happened;
use crate::session::{Identity, clear_session_cookie};
use crate::visitor::SignedIn;

const CLEAR_SITE_DATA: HeaderName = HeaderName::from_static("clear-site-data");

/// A form without fields.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Nothing {}

pub(super) async fn logout(
    State(app): State<App>,
    Path(lang): Path<String>,
    Extension(client): Extension<Client>,
    signed_in: SignedIn,
    Posted(Nothing {}): Posted<Nothing>,
) -> Result<Response, Problem> {
    let lang = Lang::from_tag(&lang).ok_or(Code::NotFound)?;
    let identity = app.sessions().end(&signed_in.key());
    app.security(Happened::LoggedOut, Some(client), Some(signed_in.account_key()), None);
    let home = format!("/{}/", lang.tag());
    let to = match identity {
        Some(identity) => at_broker(&app, &identity).await.unwrap_or(home),
        None => home,
    };
    let mut response = (
        StatusCode::SEE_OTHER,
        [
            (LOCATION, HeaderValue::from_str(&to).map_err(|_| Code::Internal)?),
            (SET_COOKIE, clear_session_cookie()),
        ],
    )
        .into_response();
    let everything = HeaderValue::from_static("\"cache\", \"cookies\", \"storage\"");
    response.headers_mut().insert(CLEAR_SITE_DATA, everything);
    Ok(response)
}

// The broker ends its own session too; when it is down, ours is over all the same.
async fn at_broker(app: &App, identity: &Identity) -> Option<String> {
    let provider =
        app.logins().providers.iter().find(|provider| provider.settings.issuer == identity.issuer)?;
    let end = provider.metadata().await.ok()?.end_session_endpoint?;
    let back = format!("{}/", app.config().site.origin);
    let mut parameters = vec![
        ("client_id", provider.settings.client_id.as_str()),
        ("post_logout_redirect_uri", back.as_str()),
    ];
    if let Some(hint) = &identity.logout_hint {
        parameters.push(("id_token_hint", hint.reveal()));
    }
    let query = serde_urlencoded::to_string(parameters).ok()?;
    let join = if end.contains('?') { '&' } else { '?' };
    Some(format!("{end}{join}{query}"))
}

pub(super) async fn end_one(
    State(app): State<App>,
    Path((lang, handle)): Path<(String, String)>,
    Extension(client): Extension<Client>,
    signed_in: SignedIn,
    Posted(Nothing {}): Posted<Nothing>,
) -> Result<Response, Problem> {
    let lang = Lang::from_tag(&lang).ok_or(Code::NotFound)?;
    app.sessions().end_own(&signed_in.key(), &handle).ok_or(Code::NotFound)?;
    app.security(Happened::SessionEnded, Some(client), Some(signed_in.account_key()), None);
    let to = format!("/{}/me/device", lang.tag());
    Ok((StatusCode::SEE_OTHER, [(LOCATION, HeaderValue::from_str(&to).map_err(|_| Code::Internal)?)])
        .into_response())
}
