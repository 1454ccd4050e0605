//! The browser comes back from the broker: is it the one that left, and who is it?

use aws_lc_rs::constant_time::verify_slices_are_equal;
use axum::extract::{Extension, Path, RawQuery, State};
use axum::http::header::{HeaderValue, LOCATION, SET_COOKIE};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};

use super::choose::{self, Choosing};
use super::identity::{NoIdentity, identities};
use super::pending::Pending;
use super::provider::{Exchange, Failed};
use super::redirect_uri;
use crate::app::App;
use crate::config::Level;
use crate::http::client::Client;
use crate::limits::Counted;
use crate::problem::{Code, Problem};
use crate::security_log::Happened;
use crate::session::{
    Identity, LOGIN_COOKIE, Persona, SESSION_COOKIE, clear_login_cookie, cookie_value, session_cookie,
};

pub(super) async fn callback(
    State(app): State<App>,
    Path(broker): Path<String>,
    Extension(client): Extension<Client>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Response {
    let answer = logged_in(&app, &broker, client, query.as_deref().unwrap_or_default(), &headers).await;
    let mut response = answer.unwrap_or_else(|problem| {
        let why = problem.reason.as_ref().map(|(code, _)| *code);
        let happened = if problem.code == Code::LoginLevelTooLow {
            Happened::TokenRefused
        } else {
            Happened::LoginFailed
        };
        app.security(happened, Some(client), None, why.or(Some(problem.code.entry().slug)));
        problem.into_response()
    });
    // A login that goes on to the choice of a role carries a new one.
    let goes_on = response.headers().get(SET_COOKIE).is_some_and(is_login_cookie);
    if !goes_on {
        response.headers_mut().append(SET_COOKIE, clear_login_cookie());
    }
    response
}

fn is_login_cookie(value: &HeaderValue) -> bool {
    value.as_bytes().starts_with(LOGIN_COOKIE.as_bytes())
}

async fn logged_in(
    app: &App,
    broker: &str,
    client: Client,
    query: &str,
    headers: &HeaderMap,
) -> Result<Response, Problem> {
    app.limits().from_address(Counted::LoginReturn, client.0, app.clock())?;
    let provider = app.logins().provider(broker).ok_or(Code::NotFound)?;
    let cookie = cookie_value(headers, LOGIN_COOKIE).ok_or(Code::LoginFailed)?;
    let pending =
        app.logins().pending.take(&cookie, app.clock().monotonic_seconds()).ok_or(Code::LoginFailed)?;
    let answer = Answer::read(query).ok_or(Code::LoginFailed)?;
    check_answer(&answer, &pending, broker, &provider.settings.issuer)?;
    let metadata = provider.metadata().await.map_err(|_| Code::BrokerUnavailable)?;
    if metadata.authorization_response_iss_parameter_supported && answer.iss.is_none() {
        return Err(Code::LoginFailed.into());
    }
    let code = answer.code.as_deref().ok_or(Code::LoginFailed)?;
    let exchange = Exchange {
        code,
        verifier: &pending.verifier,
        nonce: &pending.nonce,
        redirect_uri: &redirect_uri(app, broker),
        logged_in_since: pending.logged_in_since,
    };
    let (identified, hint) = provider
        .exchange(&exchange, app.clock(), app.randomness())
        .await
        .map_err(|failed| refused(app, client, failed))?;
    let (level, logged_in_at) = (identified.level, identified.logged_in_at);
    let mut identities = identities(app, &provider.settings, &identified, pending.role.as_deref(), hint)
        .await
        .map_err(no_identity)?;
    identities.retain(|identity| is_high_enough(identity.persona, level));
    let identity = identities.pop().ok_or(Code::LoginLevelTooLow)?;
    let age_seconds = u64::try_from(app.now().as_second() - logged_in_at.as_second()).unwrap_or(0);
    let home = format!("/{}/", pending.lang.tag());
    let to = pending.return_to.as_ref().map_or(home.as_str(), |path| path.as_str());
    if identities.is_empty() {
        return Ok(settle(app, identity, age_seconds, client, headers, to));
    }
    identities.push(identity);
    choose::offer(app, pending.lang, Choosing { identities, logged_in_at, to: to.to_owned() })
}

/// Starts the session, ends the one that this browser had, and goes on.
pub(crate) fn settle(
    app: &App,
    identity: Identity,
    login_age_seconds: u64,
    client: Client,
    headers: &HeaderMap,
    to: &str,
) -> Response {
    if let Some(old) = cookie_value(headers, SESSION_COOKIE) {
        app.sessions().end(&old.key());
    }
    let account = identity.account();
    let front = to.get(..4).filter(|front| ["/da/", "/en/"].contains(front)).unwrap_or("/da/");
    let to = match to {
        _ if app.kept().look(account, app.clock()).is_some() => format!("{front}kept"),
        // Who came from the front page wants in: the first page of her part of the house.
        "/da/" | "/en/" => format!("{to}{}", crate::pages::home(identity.persona)),
        _ => to.to_owned(),
    };
    let started = app.sessions().start(identity, login_age_seconds, app.clock(), app.randomness());
    app.security(Happened::LoggedIn, Some(client), Some(account), None);
    for _ in 0..started.ended {
        app.security(Happened::SessionCrowdedOut, Some(client), Some(account), None);
    }
    let location = HeaderValue::from_str(&to).unwrap_or(HeaderValue::from_static("/"));
    (StatusCode::SEE_OTHER, [(LOCATION, location), (SET_COOKIE, session_cookie(&started.id))]).into_response()
}

#[derive(Debug, Default)]
struct Answer {
    code: Option<String>,
    state: Option<String>,
    iss: Option<String>,
}

impl Answer {
    // A parameter sent twice is no answer of a broker.
    fn read(query: &str) -> Option<Self> {
        let pairs: Vec<(String, String)> = serde_urlencoded::from_str(query).ok()?;
        let mut answer = Self::default();
        for (name, value) in pairs {
            let slot = match name.as_str() {
                "code" => &mut answer.code,
                "state" => &mut answer.state,
                "iss" => &mut answer.iss,
                _ => continue,
            };
            if slot.replace(value).is_some() {
                return None;
            }
        }
        Some(answer)
    }
}

fn check_answer(answer: &Answer, pending: &Pending, broker: &str, issuer: &str) -> Result<(), Problem> {
    let state = answer.state.as_deref().unwrap_or_default();
    let same = verify_slices_are_equal(state.as_bytes(), pending.state.as_bytes()).is_ok();
    let from_there = answer.iss.as_deref().is_none_or(|iss| iss == issuer);
    if same && from_there && pending.broker == broker { Ok(()) } else { Err(Code::LoginFailed.into()) }
}

fn refused(app: &App, client: Client, failed: Failed) -> Problem {
    match failed {
        Failed::Unavailable => Problem::new(Code::BrokerUnavailable).retry_after(30),
        Failed::Code => Code::LoginFailed.into(),
        Failed::Token(fault) => {
            app.security(Happened::TokenRefused, Some(client), None, Some(&fault.to_string()));
            match fault {
                super::Fault::Level => Code::LoginLevelTooLow.into(),
                _ => Code::LoginFailed.into(),
            }
        }
    }
}

fn no_identity(problem: NoIdentity) -> Problem {
    match problem {
        NoIdentity::Unavailable(problem) => *problem,
        NoIdentity::Because(code, da, en) => Problem {
            reason: Some((code, Box::new(notice::Bilingual { da: da.to_owned(), en: en.to_owned() }))),
            ..Problem::new(Code::LoginFailed)
        },
    }
}

// The floor of assurance: threats 4.4.
fn is_high_enough(persona: Persona, level: Level) -> bool {
    let floor = match persona {
        Persona::Citizen
        | Persona::Professional
        | Persona::Pharmacy
        | Persona::Officer
        | Persona::Reviewer
        | Persona::Staff
        | Persona::Person => Level::Substantial,
        Persona::Operator => Level::High,
    };
    level >= floor
}
