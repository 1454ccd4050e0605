//! A citizen sends her prescriptions to a pharmacy, sees which pharmacies may see them, and changes her mind.

use axum::extract::Path;
use axum::response::Response;
use serde::Deserialize;
use services::presentation::see_own_presentations::{self, Presentation};
use services::presentation::{present, take_back};

use super::super::frame::{Frame, again, page};
use super::super::view::citizen::{Held, Pharmacies};
use super::super::view::{Field, Problems};
use super::{id, organisation};
use crate::posted::Posted;
use crate::problem::{Code, Problem};
use crate::session::Persona;

pub(in crate::pages) async fn list(frame: Frame) -> Result<Response, Problem> {
    page(&pharmacies(&frame, Field::default(), Field::default()).await?)
}

async fn pharmacies(frame: &Frame, number: Field, name: Field) -> Result<Pharmacies, Problem> {
    let who = frame.only(&[Persona::Citizen])?;
    let answer = frame
        .app
        .act(who, |at| see_own_presentations::run(at, see_own_presentations::Request { person: at.me() }));
    let now = frame.app.now();
    let held = |one: Presentation| Held {
        id: one.id.to_string(),
        whom: Some(one.pharmacy_name),
        from: one.from,
        until: Some(one.until),
    };
    let active = answer.await?.into_iter().filter(|one| now < one.until).map(held).collect();
    Ok(Pharmacies {
        p: frame.shell_at("me/pharmacies"),
        active,
        problems: Problems::of(&[("number", &number), ("name", &name)]),
        number,
        named: name,
    })
}

/// Which pharmacy, as typed.
#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::pages) struct Sent {
    number: String,
    name: String,
}

pub(in crate::pages) async fn send(frame: Frame, Posted(sent): Posted<Sent>) -> Result<Response, Problem> {
    let who = frame.only(&[Persona::Citizen])?;
    let person = who.person().ok_or(Code::NotFound)?;
    let found = organisation::find(frame.app.register(), &sent.number);
    let name = sent.name.trim().to_owned();
    let (Some((pharmacy, _)), false) = (&found, name.is_empty()) else {
        let judge = |value: &str, fine: bool, key: &str| {
            if fine { Field::holding(value) } else { Field::wrong(value, frame.t(key)) }
        };
        let number = judge(&sent.number, found.is_some(), "ask-problem-number-organisation");
        let name = judge(&sent.name, !name.is_empty(), "pharmacies-problem-name");
        return again(&pharmacies(&frame, number, name).await?);
    };
    let request = present::Request { person, pharmacy: *pharmacy, pharmacy_name: name };
    match frame.app.act(who, move |at| present::run(at, request)).await {
        Ok(_) => frame.go("me/pharmacies?done=sent"),
        Err(services::Error::Invalid(problems)) => {
            let words = problems.first().map(|one| frame.say(&one.words)).unwrap_or_default();
            let (number, name) = (Field::holding(sent.number), Field::wrong(sent.name, words));
            again(&pharmacies(&frame, number, name).await?)
        }
        Err(other) => Err(other.into()),
    }
}

/// A form without fields.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::pages) struct Nothing {}

pub(in crate::pages) async fn take_back(
    frame: Frame,
    Path((_, presentation)): Path<(String, String)>,
    Posted(Nothing {}): Posted<Nothing>,
) -> Result<Response, Problem> {
    let who = frame.only(&[Persona::Citizen])?;
    let (presentation, person) = (id(&presentation)?, who.person().ok_or(Code::NotFound)?);
    let request = take_back::Request { person, presentation };
    frame.app.act(who, move |at| take_back::run(at, request)).await?;
    frame.go("me/pharmacies?done=taken-back")
}
