//! Who comes: anyone, or somebody who is logged in.

use axum::extract::FromRequestParts;
use axum::http::header::ACCEPT_LANGUAGE;
use axum::http::request::Parts;
use notice::Lang;
use register::Caller;

use crate::app::App;
use crate::limits::By;
use crate::problem::{Code, Problem};
use crate::session::{Ended, Live, Persona, SESSION_COOKIE, SecretKey, cookie_value};

/// Anyone: the language of the page, and the login if there is one.
#[derive(Clone, Debug)]
pub struct Visitor {
    /// Language of the page: of its address, or else of the browser.
    pub lang: Lang,
    /// Path of the page, for the same page in the other language.
    pub path: String,
    /// Who is logged in.
    pub signed_in: Option<SignedIn>,
    /// Why a session that the browser still names is no more.
    pub ended: Option<Ended>,
}

/// Somebody who is logged in.
#[derive(Clone, Debug)]
pub struct SignedIn {
    live: Live,
    caller: Caller,
}

impl SignedIn {
    pub(crate) fn new(app: &App, live: Live) -> Self {
        let caller = app.caller(&live.identity, live.login_age_seconds);
        Self { live, caller }
    }

    /// What the person is here as.
    #[must_use]
    pub const fn persona(&self) -> Persona {
        self.live.identity.persona
    }

    /// The caller as the register sees it.
    #[must_use]
    pub fn caller(&self) -> Caller {
        self.caller.clone()
    }

    /// Name for the head of the page. Each call is a place to review.
    #[must_use]
    pub fn name(&self) -> &str {
        self.live.identity.name.reveal()
    }

    /// What the login service calls the person.
    pub(crate) fn subject(&self) -> &register::Personal<String> {
        &self.live.identity.subject
    }

    /// Name of the organisation.
    #[must_use]
    pub fn organisation_name(&self) -> Option<&str> {
        self.live.identity.organisation_name.as_deref()
    }

    /// The person of the register.
    #[must_use]
    pub const fn person(&self) -> Option<notice::Id<notice::id::Person>> {
        self.live.identity.person
    }

    /// The token that each form carries as `_csrf`.
    #[must_use]
    pub fn csrf(&self) -> &str {
        &self.live.csrf
    }

    /// Seconds since the last login: at most 300 for acts that ask for a fresh one.
    #[must_use]
    pub const fn login_age_seconds(&self) -> u64 {
        self.live.login_age_seconds
    }

    /// Under which the server knows the session.
    #[must_use]
    pub const fn key(&self) -> SecretKey {
        self.live.key
    }

    /// The account for limits.
    pub(crate) fn account(&self) -> By {
        By::Actor(self.account_key())
    }

    /// The account in the security log.
    pub(crate) fn account_key(&self) -> SecretKey {
        self.live.identity.account()
    }

    /// Goes on only for this persona.
    ///
    /// # Errors
    /// [`Code::NotFound`]: whoever comes in another role is not told what is here (threats T6).
    pub fn only(&self, persona: Persona) -> Result<(), Problem> {
        if self.persona() == persona { Ok(()) } else { Err(Code::NotFound.into()) }
    }
}

impl FromRequestParts<App> for Visitor {
    type Rejection = std::convert::Infallible;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Self::Rejection> {
        Ok(visitor(parts, app))
    }
}

impl FromRequestParts<App> for SignedIn {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Problem> {
        let visitor = visitor(parts, app);
        match (visitor.signed_in, visitor.ended) {
            (Some(signed_in), _) => Ok(signed_in),
            (None, Some(_)) => Err(Code::SessionEnded.into()),
            (None, None) => Err(Code::NotSignedIn.into()),
        }
    }
}

/// The visitor of a request.
pub(crate) fn visitor(parts: &Parts, app: &App) -> Visitor {
    let found = cookie_value(&parts.headers, SESSION_COOKIE).map(|id| app.sessions().touch(&id, app.clock()));
    let (signed_in, ended) = match found {
        Some(Ok(live)) => (Some(SignedIn::new(app, live)), None),
        Some(Err(ended)) => (None, Some(ended)),
        None => (None, None),
    };
    let path = original_path(parts);
    Visitor { lang: language(&path, parts), path, signed_in, ended }
}

fn original_path(parts: &Parts) -> String {
    parts
        .extensions
        .get::<axum::extract::OriginalUri>()
        .map_or_else(|| parts.uri.path().to_owned(), |uri| uri.0.path().to_owned())
}

/// The language of the address (`/da/...`), or else the first of ours that the browser names, or else Danish.
pub(crate) fn language(path: &str, parts: &Parts) -> Lang {
    let of_path = path.split('/').nth(1).and_then(Lang::from_tag);
    of_path.unwrap_or_else(|| {
        let named =
            parts.headers.get(ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok()).unwrap_or_default();
        named
            .split(',')
            .filter_map(|one| one.split([';', '-']).next())
            .find_map(|tag| Lang::from_tag(&tag.trim().to_ascii_lowercase()))
            .unwrap_or(Lang::Da)
    })
}
