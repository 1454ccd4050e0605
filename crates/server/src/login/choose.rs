//! One login at work, several roles: the person says in which she comes. Until then nobody is logged in.
//!
//! Invariant: the choice is among roles that the login and the authorisation register gave; a form can only point at one of them.

use askama::Template;
use axum::extract::{Extension, Path, State};
use axum::http::header::{HeaderValue, LOCATION, SET_COOKIE};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use jiff::Timestamp;
use notice::Lang;
use serde::Deserialize;

use super::callback::settle;
use crate::app::App;
use crate::http::client::Client;
use crate::pages::view::Shell;
use crate::pages::{page, shell};
use crate::posted::Posted;
use crate::problem::{Code, Problem};
use crate::session::{Identity, LOGIN_COOKIE, SecretId, clear_login_cookie, cookie_value, login_cookie};
use crate::visitor::Visitor;

/// Who may be meant, until the person says so: ten minutes, once, bound to this browser.
#[derive(Debug)]
pub(super) struct Choosing {
    pub(super) identities: Vec<Identity>,
    pub(super) logged_in_at: Timestamp,
    pub(super) to: String,
}

/// A role as the page shows it.
#[derive(Debug)]
struct Role {
    title: String,
    place: Option<String>,
}

#[derive(Debug, Template)]
#[template(path = "login_role.html")]
struct RolePage {
    p: Shell,
    roles: Vec<Role>,
}

/// Sends the browser to the page where the role is chosen.
pub(super) fn offer(app: &App, lang: Lang, choosing: Choosing) -> Result<Response, Problem> {
    let id = SecretId::new(app.randomness());
    app.logins()
        .choosing
        .keep(&id, choosing, app.clock().monotonic_seconds())
        .ok_or_else(|| Problem::new(Code::TooMany).retry_after(60))?;
    let to = format!("/{}/login/role", lang.tag());
    let location = HeaderValue::from_str(&to).map_err(|_| Code::Internal)?;
    Ok((StatusCode::SEE_OTHER, [(LOCATION, location), (SET_COOKIE, login_cookie(&id))]).into_response())
}

/// The page where the role is chosen.
pub(super) async fn ask(
    State(app): State<App>,
    Path(lang): Path<String>,
    visitor: Visitor,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    Lang::from_tag(&lang).ok_or(Code::NotFound)?;
    let id = cookie_value(&headers, LOGIN_COOKIE).ok_or(Code::LoginFailed)?;
    let roles = app.logins().choosing.look(&id, app.clock().monotonic_seconds(), |choosing| {
        choosing.identities.iter().map(|identity| role(&app, identity, visitor.lang)).collect()
    });
    page(&RolePage { p: shell(&app, &visitor), roles: roles.ok_or(Code::LoginFailed)? })
}

fn role(app: &App, identity: &Identity, lang: Lang) -> Role {
    let role = app.policy().role(identity.role);
    Role {
        title: role.map(|role| role.said.title.get(lang).to_owned()).unwrap_or_default(),
        place: identity.organisation_name.clone(),
    }
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Fields {
    choice: usize,
}

/// The role is chosen: the session begins.
pub(super) async fn chosen(
    State(app): State<App>,
    Path(lang): Path<String>,
    Extension(client): Extension<Client>,
    headers: HeaderMap,
    Posted(fields): Posted<Fields>,
) -> Result<Response, Problem> {
    Lang::from_tag(&lang).ok_or(Code::NotFound)?;
    let id = cookie_value(&headers, LOGIN_COOKIE).ok_or(Code::LoginFailed)?;
    let choosing =
        app.logins().choosing.take(&id, app.clock().monotonic_seconds()).ok_or(Code::LoginFailed)?;
    let identity = choosing.identities.into_iter().nth(fields.choice).ok_or(Code::LoginFailed)?;
    let age_seconds = u64::try_from(app.now().as_second() - choosing.logged_in_at.as_second()).unwrap_or(0);
    let mut response = settle(&app, identity, age_seconds, client, &headers, &choosing.to);
    response.headers_mut().append(SET_COOKIE, clear_login_cookie());
    Ok(response)
}
