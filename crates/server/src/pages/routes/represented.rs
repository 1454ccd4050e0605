//! For whom a citizen may act and what she sees of them, who may act for her, and giving and taking back a power of attorney.

use axum::extract::{Path, Query};
use axum::response::Response;
use notice::Id;
use notice::id::Person;
use register::Personal;
use serde::Deserialize;
use services::call::day_begins;
use services::my_log::see_represented_log;
use services::representation::{Kind, Representation, end, give, my_represented, see_own_representations};
use services::shared_medication_record::see_represented_card;

use super::super::frame::{Frame, again, page};
use super::super::look_view::days;
use super::super::view::citizen::{Acts, Given, Log, Medicine, Representations, Whose};
use super::super::view::{Field, Problems};
use super::super::{card_view, dates};
use super::log::{Asked, LIMIT};
use super::{id, patients};
use crate::posted::Posted;
use crate::problem::{Code, Problem};
use crate::session::Persona;

pub(in crate::pages) async fn list(frame: Frame) -> Result<Response, Problem> {
    page(&representations(&frame, Typed::default()).await?)
}

/// The form for giving a power of attorney, as typed.
#[derive(Default)]
struct Typed {
    cpr: Field,
    name: Field,
    until: Field,
}

async fn representations(frame: &Frame, typed: Typed) -> Result<Representations, Problem> {
    let who = frame.only(&[Persona::Citizen])?;
    let answer = frame.app.act(who, |at| {
        let for_whom = my_represented::run(at, my_represented::Request {})?;
        let given = see_own_representations::run(at, see_own_representations::Request {})?;
        Ok::<_, services::Error>((for_whom, given))
    });
    let (for_whom, given) = answer.await?;
    let now = frame.app.now();
    let acts = |one: Representation| Acts {
        person: one.represented.to_string(),
        name: one.represented_name,
        until: one.until,
    };
    let own = |one: Representation| Given {
        ends: one.kind == Kind::PowerOfAttorney && one.until.is_none_or(|until| now < until),
        id: one.id.to_string(),
        name: one.representative_name,
        kind: match one.kind {
            Kind::PowerOfAttorney => "representation-power-of-attorney",
            Kind::Guardianship => "representation-guardianship",
        },
        from: one.from,
        until: one.until,
    };
    Ok(Representations {
        p: frame.shell_at("me/represented"),
        for_whom: for_whom.into_iter().map(acts).collect(),
        given: given.into_iter().map(own).collect(),
        problems: Problems::of(&[("cpr", &typed.cpr), ("name", &typed.name), ("until", &typed.until)]),
        cpr: typed.cpr,
        named: typed.name,
        until: typed.until,
    })
}

/// To whom, as sent.
#[derive(Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::pages) struct Sent {
    cpr: String,
    name: String,
    until: String,
}

pub(in crate::pages) async fn give_power(
    frame: Frame,
    Posted(sent): Posted<Sent>,
) -> Result<Response, Problem> {
    let who = frame.only(&[Persona::Citizen])?;
    let cpr = patients::cpr(&frame, &sent.cpr);
    let name = sent.name.trim().to_owned();
    let last_day = dates::parse(&sent.until).filter(|day| *day >= frame.today());
    let fine = (!name.is_empty(), sent.until.trim().is_empty() || last_day.is_some());
    let (Ok(cpr), (true, true)) = (&cpr, fine) else {
        let judge = |value: String, fine: bool, key: &str| {
            if fine { Field::holding(value) } else { Field::wrong(value, frame.t(key)) }
        };
        let typed = Typed {
            cpr: cpr.err().unwrap_or_else(|| Field::holding(sent.cpr.clone())),
            name: judge(sent.name, fine.0, "representation-problem-name"),
            until: judge(sent.until, fine.1, "ask-problem-day"),
        };
        return again(&representations(&frame, typed).await?);
    };
    let request = give::Request {
        representative: frame.app.register().person(cpr),
        representative_name: Personal::new(name),
        // The last day is a whole one: it ends at the next midnight.
        until: last_day.map(|day| day_begins(day.tomorrow().unwrap_or(day))),
    };
    match frame.app.act(who, move |at| give::run(at, request)).await {
        Ok(_) => frame.go("me/represented?done=power-given"),
        Err(services::Error::Invalid(problems)) => {
            let words = problems.first().map(|one| frame.say(&one.words)).unwrap_or_default();
            let typed = Typed {
                cpr: Field::wrong(sent.cpr, words),
                name: Field::holding(sent.name),
                until: Field::holding(sent.until),
            };
            again(&representations(&frame, typed).await?)
        }
        Err(other) => Err(other.into()),
    }
}

/// A form without fields.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::pages) struct Nothing {}

pub(in crate::pages) async fn end_power(
    frame: Frame,
    Path((_, representation)): Path<(String, String)>,
    Posted(Nothing {}): Posted<Nothing>,
) -> Result<Response, Problem> {
    let who = frame.only(&[Persona::Citizen])?;
    let (representation, person) = (id(&representation)?, who.person().ok_or(Code::NotFound)?);
    frame.app.act(who, move |at| end::run(at, end::Request { person, representation })).await?;
    frame.go("me/represented?done=power-ended")
}

/// The name of a person for whom the caller acts.
fn name_of(at: &services::Call<'_>, person: Id<Person>) -> Result<Option<String>, services::Error> {
    let all = my_represented::run(at, my_represented::Request {})?;
    Ok(all.into_iter().find(|one| one.represented == person).map(|one| one.represented_name))
}

pub(in crate::pages) async fn medicine(
    frame: Frame,
    Path((_, person)): Path<(String, String)>,
) -> Result<Response, Problem> {
    let who = frame.only(&[Persona::Citizen])?;
    let person = id(&person)?;
    let answer = frame.app.act(who, move |at| {
        let card = see_represented_card::run(at, see_represented_card::Request { person })?;
        Ok::<_, services::Error>((name_of(at, person)?, card))
    });
    let (name, card) = answer.await?;
    let whose = Whose::Represented { id: person.to_string(), name: name.ok_or(Code::NotFound)? };
    let card = card_view::card(&card, frame.today(), None, frame.lang());
    page(&Medicine { p: frame.shell(), whose, card })
}

pub(in crate::pages) async fn log(
    frame: Frame,
    Path((_, person)): Path<(String, String)>,
    Query(asked): Query<Asked>,
) -> Result<Response, Problem> {
    let who = frame.only(&[Persona::Citizen])?;
    let (person, before) = (id(&person)?, asked.before());
    let answer = frame.app.act(who, move |at| {
        let request = see_represented_log::Request { person, before, limit: LIMIT };
        let log = see_represented_log::run(at, request)?;
        Ok::<_, services::Error>((name_of(at, person)?, log))
    });
    let (name, log) = answer.await?;
    let here = frame.to(&format!("me/represented/{person}/log"));
    page(&Log {
        whose: Whose::Represented { id: person.to_string(), name: name.ok_or(Code::NotFound)? },
        emergencies: Vec::new(),
        picture: asked.picture(&frame, &log),
        kinds: asked.kinds(&here),
        days: days(&frame, &log, asked.only()),
        older: asked.older(&here, log.more_before),
        p: frame.shell(),
    })
}
