//! Who calls the API: a browser with its session, or a system with a token.

use aws_lc_rs::constant_time::verify_slices_are_equal;
use axum::extract::FromRequestParts;
use axum::http::Method;
use axum::http::header::AUTHORIZATION;
use axum::http::request::Parts;

use super::tokens::SystemCaller;
use crate::app::App;
use crate::http::guard::{Refusals, refusals};
use crate::limits::{By, Counted};
use crate::problem::{Code, Problem};
use crate::session::{SecretId, SecretKey};
use crate::visitor::{SignedIn, visitor};

/// The header in which a page's script sends the token of its session.
pub(crate) const TOKEN_HEADER: &str = "x-csrf-token";

/// The caller of an action.
#[derive(Clone, Debug)]
pub(crate) enum Caller {
    /// A person in a browser.
    Person(Box<SignedIn>),
    /// A system.
    System(Box<SystemCaller>),
}

impl Caller {
    /// As the register sees it.
    pub(crate) fn caller(&self) -> register::Caller {
        match self {
            Self::Person(signed_in) => signed_in.caller(),
            Self::System(system) => system.caller.clone(),
        }
    }

    /// The account for limits, cursors and idempotency keys.
    pub(crate) fn account(&self) -> SecretKey {
        match self {
            Self::Person(signed_in) => signed_in.account_key(),
            Self::System(system) => system.account,
        }
    }

    /// The person, where only a person will do.
    pub(crate) fn person(&self) -> Result<&SignedIn, Problem> {
        match self {
            Self::Person(signed_in) => Ok(signed_in),
            Self::System(_) => Err(Code::NotFound.into()),
        }
    }

    /// Counts a search for a person by number.
    pub(crate) fn count_search(&self, app: &App) -> Result<(), Problem> {
        Ok(app.limits().by_actor(Counted::FindPatient, By::Actor(self.account()), app.clock())?)
    }
}

impl FromRequestParts<App> for Caller {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Problem> {
        let caller = caller(parts, app)?;
        let staff = match &caller {
            Self::Person(signed_in) => !signed_in.persona().is_for_oneself(),
            Self::System(_) => true,
        };
        // Threat T10: who has met hundreds of refusals is not asked for again until the hour is over.
        if staff && refusals(app, By::Actor(caller.account())) == Refusals::Flood {
            return Err(Problem::new(Code::TooMany).retry_after(60));
        }
        Ok(caller)
    }
}

fn caller(parts: &Parts, app: &App) -> Result<Caller, Problem> {
    if let Some(header) = parts.headers.get(AUTHORIZATION) {
        let token =
            header.to_str().ok().and_then(|value| value.strip_prefix("Bearer ")).and_then(SecretId::parse);
        let system = token.and_then(|token| app.tokens().find(&token, app)).ok_or(Code::BadCredentials)?;
        app.limits().by_actor(Counted::Request, By::Actor(system.account), app.clock())?;
        return Ok(Caller::System(Box::new(system)));
    }
    let visitor = visitor(parts, app);
    let signed_in = match (visitor.signed_in, visitor.ended) {
        (Some(signed_in), _) => signed_in,
        (None, Some(_)) => return Err(Code::SessionEnded.into()),
        (None, None) => return Err(Code::NotSignedIn.into()),
    };
    let reads = matches!(parts.method, Method::GET | Method::HEAD);
    let sent = parts.headers.get(TOKEN_HEADER).map(axum::http::HeaderValue::as_bytes).unwrap_or_default();
    if !reads && verify_slices_are_equal(sent, signed_in.csrf().as_bytes()).is_err() {
        return Err(Code::CrossSite.into());
    }
    Ok(Caller::Person(Box::new(signed_in)))
}
