//! What every page starts from: the visitor, the language, and what stands around the page.

use askama::Template;
use axum::extract::FromRequestParts;
use axum::http::header::LOCATION;
use axum::http::request::Parts;
use axum::http::{HeaderValue, StatusCode};
use axum::response::{Html, IntoResponse, Response};
use jiff::Timestamp;
use jiff::civil::Date;
use notice::{Bilingual, Lang};

use super::view::{Area, Controller, Edge, Flash, Shell, Tone, Who};
use crate::app::App;
use crate::i18n::{Texts, ZONE};
use crate::problem::{Code, Problem};
use crate::session::Persona;
use crate::visitor::{SignedIn, Visitor, visitor};

/// One request for a page.
#[derive(Clone, Debug)]
pub(super) struct Frame {
    pub(super) app: App,
    pub(super) visitor: Visitor,
    done: Option<&'static str>,
}

/// What a page may say about what was just done: word in the address, key of the text.
const DONE: [(&str, &str); 27] = [
    ("saved", "flash-saved"),
    ("private", "flash-private"),
    ("open", "flash-open"),
    ("blocked", "flash-blocked"),
    ("unblocked", "flash-unblocked"),
    ("consented", "flash-consented"),
    ("withdrawn", "flash-withdrawn"),
    ("prescribed", "flash-prescribed"),
    ("changed", "flash-changed"),
    ("dispensed", "flash-dispensed"),
    ("reviewed", "flash-reviewed"),
    ("kept", "flash-kept"),
    ("gone-through", "flash-gone-through"),
    ("called-off", "flash-called-off"),
    ("shown", "flash-shown"),
    ("sent", "flash-sent"),
    ("taken-back", "flash-taken-back"),
    ("power-given", "flash-power-given"),
    ("power-ended", "flash-power-ended"),
    ("time", "flash-time"),
    ("added", "flash-added"),
    ("corrected", "flash-corrected"),
    ("raised", "flash-raised"),
    ("proposed", "flash-proposed"),
    ("taken-back-proposal", "flash-proposal-taken-back"),
    ("released", "flash-released"),
    ("discarded", "flash-discarded"),
];

/// Whose the parts of the house are; the longest that fits holds. What is named nowhere is for anyone.
const AREAS: [(&str, &[Persona]); 10] = [
    ("me", &[Persona::Citizen]),
    ("me/device", &Persona::ALL),
    ("patients", &[Persona::Professional]),
    ("looks", &[Persona::Professional, Persona::Pharmacy]),
    ("pharmacy", &[Persona::Pharmacy]),
    ("officer", &[Persona::Officer]),
    ("officer/emergencies", &[Persona::Reviewer]),
    ("officer/people", &[Persona::Reviewer]),
    ("operator", &[Persona::Operator]),
    ("registers", &Persona::ALL),
];

impl FromRequestParts<App> for Frame {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Problem> {
        let visitor = visitor(parts, app);
        let first = visitor.path.split('/').nth(1).unwrap_or_default();
        if !first.is_empty() && Lang::from_tag(first).is_none() {
            return Err(Code::NotFound.into());
        }
        let frame = Self { app: app.clone(), visitor, done: done(parts) };
        frame.admitted()?;
        Ok(frame)
    }
}

fn done(parts: &Parts) -> Option<&'static str> {
    let word =
        parts.uri.query().and_then(|query| query.split('&').find_map(|part| part.strip_prefix("done=")));
    DONE.iter().find(|(known, _)| Some(*known) == word).map(|(_, key)| *key)
}

impl Frame {
    /// Language of the page.
    pub(super) fn lang(&self) -> Lang {
        self.visitor.lang
    }

    /// What stands around the page.
    pub(super) fn shell(&self) -> Shell {
        let mut shell = shell(&self.app, &self.visitor);
        shell.flash = self.done.map(|key| Flash { tone: Tone::Success, key });
        shell
    }

    /// The same for an answer to a form: the other language lies at the page that the form stands on.
    pub(super) fn shell_at(&self, here: &str) -> Shell {
        Shell { here: here.to_owned(), ..self.shell() }
    }

    /// A text.
    pub(super) fn t(&self, key: &str) -> String {
        Texts::of(self.lang()).get(key, &[])
    }

    /// A text of the notices in the language of the page.
    pub(super) fn say(&self, text: &Bilingual) -> String {
        text.get(self.lang()).to_owned()
    }

    /// Today, in Danish time.
    pub(super) fn today(&self) -> Date {
        day(self.app.now())
    }

    /// Before anything that was sent is read: whoever has no part in this part of the house hears nothing of it.
    fn admitted(&self) -> Result<(), Problem> {
        let here = self.visitor.path.split('/').skip(2).collect::<Vec<_>>().join("/");
        let lies_below = |area: &&(&str, _)| {
            here.strip_prefix(area.0).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        };
        match AREAS.iter().filter(lies_below).max_by_key(|area| area.0.len()) {
            Some((_, personas)) => self.only(personas).map(|_| ()),
            None => Ok(()),
        }
    }

    /// Who is signed in, if here as one of these. Others are not told what is here (threats T6).
    pub(super) fn only(&self, personas: &[Persona]) -> Result<&SignedIn, Problem> {
        match (&self.visitor.signed_in, &self.visitor.ended) {
            (Some(who), _) if personas.contains(&who.persona()) => Ok(who),
            (Some(_), _) => Err(Code::NotFound.into()),
            (None, Some(_)) => Err(Code::SessionEnded.into()),
            (None, None) => Err(Code::NotSignedIn.into()),
        }
    }

    /// The address of another page, in the language of this one.
    pub(super) fn to(&self, path: &str) -> String {
        format!("/{}/{path}", self.lang().tag())
    }

    /// Sends the browser to another page after a change, so that a reload repeats nothing.
    pub(super) fn go(&self, path: &str) -> Result<Response, Problem> {
        see(&self.to(path))
    }
}

/// Sends the browser to a path of our own.
pub(super) fn see(path: &str) -> Result<Response, Problem> {
    let location = HeaderValue::from_str(path).map_err(|_| Code::Internal)?;
    Ok((StatusCode::SEE_OTHER, [(LOCATION, location)]).into_response())
}

/// The day of a moment, in Danish time.
pub(super) fn day(at: Timestamp) -> Date {
    at.to_zoned(ZONE.clone()).date()
}

/// A page.
pub(crate) fn page(template: &impl Template) -> Result<Response, Problem> {
    Ok(Html(template.render().map_err(|_| Code::Internal)?).into_response())
}

/// A form with something wrong: the same page with what was typed.
pub(super) fn again(template: &impl Template) -> Result<Response, Problem> {
    Ok((StatusCode::UNPROCESSABLE_ENTITY, page(template)?).into_response())
}

/// What stands around a page for this visitor.
pub(crate) fn shell(app: &App, visitor: &Visitor) -> Shell {
    let rest = visitor.path.trim_start_matches('/');
    let here = match rest.split_once('/') {
        Some((first, rest)) if Lang::from_tag(first).is_some() => rest,
        Some(_) | None => "",
    };
    Shell {
        lang: visitor.lang,
        now: app.now(),
        here: here.to_owned(),
        area: visitor.signed_in.as_ref().map_or(Area::Open, |who| area(who.persona())),
        who: visitor.signed_in.as_ref().map(|signed_in| who(app, signed_in, visitor.lang)),
        csrf: visitor.signed_in.as_ref().map(|signed_in| signed_in.csrf().to_owned()).unwrap_or_default(),
        controller: controller(app, visitor.lang),
        flash: None,
        edge: edge(app),
        warns: app.verification().is_some(),
        place: app.place(),
    }
}

/// The first page of a persona, below the language.
pub(crate) fn home(persona: Persona) -> &'static str {
    area(persona).home()
}

fn area(persona: Persona) -> Area {
    match persona {
        Persona::Citizen => Area::Citizen,
        Persona::Professional => Area::Professional,
        Persona::Pharmacy => Area::Pharmacy,
        Persona::Officer => Area::Officer,
        Persona::Operator => Area::Operator,
        Persona::Reviewer => Area::Reviewer,
        Persona::Staff => Area::Staff,
        Persona::Person => Area::Person,
    }
}

fn who(app: &App, signed_in: &SignedIn, lang: Lang) -> Who {
    let role =
        app.policy().role(signed_in.caller().actor.role).map(|role| role.said.title.get(lang).to_owned());
    let parts = [role, signed_in.organisation_name().map(str::to_owned)];
    let role = parts.into_iter().flatten().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(", ");
    Who { name: signed_in.name().to_owned(), role }
}

fn controller(app: &App, lang: Lang) -> Controller {
    let party = app.policy().party(&app.config().site.controller);
    party.map_or_else(Controller::default, |party| Controller {
        name: party.said.title.get(lang).to_owned(),
        officer: party.officer.clone(),
    })
}

#[cfg(feature = "demo")]
fn edge(app: &App) -> Option<Edge> {
    let began = app.demo()?.time.began();
    Some(Edge { days_ahead: i64::from((day(app.now()) - day(began)).get_days()) })
}

#[cfg(not(feature = "demo"))]
fn edge(_: &App) -> Option<Edge> {
    None
}
