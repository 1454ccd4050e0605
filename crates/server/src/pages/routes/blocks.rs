//! Blocks and consents: the lists, the way to a new one with one question at a time, and the end of one.

use std::collections::BTreeMap;

use axum::extract::Path;
use axum::response::Response;
use jiff::civil::Date;
use jiff::{Timestamp, ToSpan as _};
use notice::id::{Organisation, Person};
use notice::{Id, Reading, Target};
use register::{Ask as AskRegister, AuthorisationId, Identifier, Personal};
use serde::Deserialize;
use services::Whom;
use services::call::day_begins;
use services::consent::{give, see_own_consents, withdraw};
use services::my_log::see_own_log;
use services::opt_out::{What, block, see_own_blocks, unblock};

use super::super::dates;
use super::super::frame::{Frame, again, page};
use super::super::view::citizen::{Ask, Blocks, Consents, Deed, Held, Step};
use super::super::view::{Choice, Chosen, Field, Problems};
use super::{id, organisation};
use crate::posted::Posted;
use crate::problem::{Code, Problem};
use crate::session::Persona;

/// How many lines are looked through for those who have looked.
const LINES: usize = 500;

pub(in crate::pages) async fn list_blocks(frame: Frame) -> Result<Response, Problem> {
    let who = frame.only(&[Persona::Citizen])?;
    let blocks =
        frame.app.act(who, |at| see_own_blocks::run(at, see_own_blocks::Request { person: at.me() })).await?;
    let now = frame.app.now();
    let held = |one: services::opt_out::Block| held(one.id.to_string(), &one.whom, one.from, one.until);
    let (active, ended) =
        blocks.into_iter().map(held).partition(|one: &Held| one.until.is_none_or(|until| until > now));
    page(&Blocks { p: frame.shell(), active, ended })
}

pub(in crate::pages) async fn list_consents(frame: Frame) -> Result<Response, Problem> {
    let who = frame.only(&[Persona::Citizen])?;
    let consents = frame
        .app
        .act(who, |at| see_own_consents::run(at, see_own_consents::Request { person: at.me() }))
        .await?;
    let now = frame.app.now();
    let held =
        |one: services::consent::Consent| held(one.id.to_string(), &one.whom, one.from, Some(one.until));
    let (active, ended) =
        consents.into_iter().map(held).partition(|one: &Held| one.until.is_none_or(|until| until > now));
    page(&Consents { p: frame.shell(), active, ended })
}

fn held(id: String, whom: &Whom, from: Timestamp, until: Option<Timestamp>) -> Held {
    let whom = match whom {
        Whom::Everyone => None,
        Whom::Organisation { name, .. } => Some(name.clone()),
        Whom::Professional { name, .. } => Some(name.reveal().clone()),
    };
    Held { id, whom, from, until }
}

/// A form without fields.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::pages) struct Nothing {}

pub(in crate::pages) async fn end_block(
    frame: Frame,
    Path((_, block)): Path<(String, String)>,
    Posted(Nothing {}): Posted<Nothing>,
) -> Result<Response, Problem> {
    let who = frame.only(&[Persona::Citizen])?;
    let (block, person) = (id(&block)?, who.person().ok_or(Code::NotFound)?);
    frame.app.act(who, move |at| unblock::run(at, unblock::Request { person, block })).await?;
    frame.go("me/blocks?done=unblocked")
}

pub(in crate::pages) async fn end_consent(
    frame: Frame,
    Path((_, consent)): Path<(String, String)>,
    Posted(Nothing {}): Posted<Nothing>,
) -> Result<Response, Problem> {
    let who = frame.only(&[Persona::Citizen])?;
    let (consent, person) = (id(&consent)?, who.person().ok_or(Code::NotFound)?);
    frame.app.act(who, move |at| withdraw::run(at, withdraw::Request { person, consent })).await?;
    frame.go("me/consents?done=withdrawn")
}

/// What has been answered so far.
#[derive(Clone, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(in crate::pages) struct Answers {
    step: String,
    whom: String,
    which: String,
    number: String,
    name: String,
    until: String,
    day: String,
}

pub(in crate::pages) async fn ask_block(
    frame: Frame,
    Posted(answers): Posted<Answers>,
) -> Result<Response, Problem> {
    ask(frame, Deed::Block, answers).await
}

pub(in crate::pages) async fn ask_consent(
    frame: Frame,
    Posted(answers): Posted<Answers>,
) -> Result<Response, Problem> {
    ask(frame, Deed::Consent, answers).await
}

async fn ask(frame: Frame, deed: Deed, mut answers: Answers) -> Result<Response, Problem> {
    frame.only(&[Persona::Citizen])?;
    match answers.step.as_str() {
        "whom" => match answers.whom.as_str() {
            "everyone" if deed == Deed::Block => until(&frame, deed, &answers, None),
            "person" | "organisation" => which(&frame, deed, &answers, None).await,
            _ => whom(&frame, deed, &answers, Some(frame.t("ask-problem-choose"))),
        },
        "which" => match chosen(&frame, &answers).await? {
            Some((which, name)) => {
                (answers.which, answers.name) = (which, name);
                until(&frame, deed, &answers, None)
            }
            None => {
                let key = if answers.whom == "organisation" {
                    "ask-problem-number-organisation"
                } else {
                    "ask-problem-number-person"
                };
                which(&frame, deed, &answers, Some(frame.t(key))).await
            }
        },
        "until" => match until_day(&frame, deed, &answers) {
            Ok(day) => {
                answers.day = day.map(dates::typed).unwrap_or_default();
                review(&frame, deed, &answers, day)
            }
            Err(words) => until(&frame, deed, &answers, Some(words)),
        },
        "done" => done(&frame, deed, &answers).await,
        _ => whom(&frame, deed, &answers, None),
    }
}

fn form(
    frame: &Frame,
    deed: Deed,
    step: Step,
    carried: Vec<(&'static str, String)>,
    wrong: Option<(&str, String)>,
) -> Result<Response, Problem> {
    let is_wrong = wrong.is_some();
    let problems = Problems(wrong.into_iter().map(|(field, words)| (field.to_owned(), words)).collect());
    let template = Ask { p: frame.shell_at(deed.page()), deed, step, carried, problems };
    if is_wrong { again(&template) } else { page(&template) }
}

fn choice(frame: &Frame, value: &str, key: &str, chosen: &str) -> Choice {
    Choice {
        value: value.to_owned(),
        label: frame.t(key),
        chosen: if value == chosen { Chosen::Yes } else { Chosen::No },
    }
}

fn field(value: &str, wrong: Option<&String>) -> Field {
    Field { value: value.to_owned(), problem: wrong.cloned() }
}

fn whom(frame: &Frame, deed: Deed, answers: &Answers, wrong: Option<String>) -> Result<Response, Problem> {
    let mut choices = vec![
        choice(frame, "person", "ask-person", &answers.whom),
        choice(frame, "organisation", "ask-organisation", &answers.whom),
    ];
    if deed == Deed::Block {
        choices.push(choice(frame, "everyone", "ask-everyone", &answers.whom));
    }
    let step = Step::Whom { choices, field: field(&answers.whom, wrong.as_ref()) };
    form(frame, deed, step, Vec::new(), wrong.map(|words| ("whom", words)))
}

async fn which(
    frame: &Frame,
    deed: Deed,
    answers: &Answers,
    wrong: Option<String>,
) -> Result<Response, Problem> {
    let is_organisation = answers.whom == "organisation";
    let looked = if is_organisation { BTreeMap::new() } else { looked(frame).await? };
    let choices: Vec<Choice> = looked
        .into_iter()
        .map(|(label, person)| {
            let value = person.to_string();
            Choice { chosen: if value == answers.which { Chosen::Yes } else { Chosen::No }, value, label }
        })
        .collect();
    let carried = vec![("whom", answers.whom.clone())];
    let number = field(&answers.number, wrong.as_ref());
    let step = Step::Which { choices, field: Field::default(), number, organisation: is_organisation };
    form(frame, deed, step, carried, wrong.map(|words| ("number", words)))
}

/// The professionals who have looked at the citizen's data, by name and place; herself left out.
async fn looked(frame: &Frame) -> Result<BTreeMap<String, Id<Person>>, Problem> {
    let who = frame.only(&[Persona::Citizen])?;
    let answer = frame.app.act(who, |at| {
        let me = at.me();
        let ask = AskRegister { use_name: see_own_log::USE, target: Target::Person(me), reason: None };
        let grant = at.register.ask::<Reading>(at.call, ask)?;
        let lines = at.register.lines_about(at.call, grant, None, LINES)?;
        let named = lines.into_iter().filter_map(|line| {
            let actor = line.actor.filter(|actor| *actor != me)?;
            let trace = line.trace.into_revealed();
            let parts = [Some(trace.who), trace.organisation];
            Some((parts.into_iter().flatten().collect::<Vec<_>>().join(", "), actor))
        });
        Ok::<_, services::Error>(named.collect())
    });
    Ok(answer.await?)
}

/// The one who was chosen or whose number was written: id and name.
async fn chosen(frame: &Frame, answers: &Answers) -> Result<Option<(String, String)>, Problem> {
    let number = answers.number.trim().to_owned();
    if answers.whom == "organisation" {
        let found = organisation::find(frame.app.register(), &number);
        return Ok(found.map(|(organisation, shown)| (organisation.to_string(), shown)));
    }
    if !answers.which.is_empty() {
        let person: Id<Person> = id(&answers.which)?;
        let name = looked(frame).await?.into_iter().find(|(_, one)| *one == person).map(|(name, _)| name);
        return Ok(name.map(|name| (person.to_string(), name)));
    }
    let Ok(authorisation) = AuthorisationId::parse(&number.to_ascii_uppercase()) else { return Ok(None) };
    let name = format!("{} {}", frame.t("ask-authorisation"), authorisation.as_str());
    let person = frame.app.register().person(&Identifier::Authorisation(authorisation));
    Ok(Some((person.to_string(), name)))
}

fn carried(answers: &Answers) -> Vec<(&'static str, String)> {
    vec![("whom", answers.whom.clone()), ("which", answers.which.clone()), ("name", answers.name.clone())]
}

fn until(frame: &Frame, deed: Deed, answers: &Answers, wrong: Option<String>) -> Result<Response, Problem> {
    let mut choices = Vec::new();
    if deed == Deed::Block {
        choices.push(choice(frame, "open", "ask-open", &answers.until));
    }
    choices.push(choice(frame, "month", "ask-month", &answers.until));
    choices.push(choice(frame, "year", "ask-year", &answers.until));
    choices.push(choice(frame, "day", "ask-own-day", &answers.until));
    let on_day = answers.until == "day";
    let step = Step::Until {
        choices,
        field: field(&answers.until, wrong.as_ref().filter(|_| !on_day)),
        day: field(&answers.day, wrong.as_ref().filter(|_| on_day)),
    };
    form(
        frame,
        deed,
        step,
        carried(answers),
        wrong.map(|words| (if on_day { "day" } else { "until" }, words)),
    )
}

fn until_day(frame: &Frame, deed: Deed, answers: &Answers) -> Result<Option<Date>, String> {
    let today = frame.today();
    match answers.until.as_str() {
        "open" if deed == Deed::Block => Ok(None),
        "month" => Ok(today.checked_add(1.month()).ok()),
        "year" => Ok(today.checked_add(1.year()).ok()),
        "day" => dates::parse(&answers.day)
            .filter(|day| *day > today)
            .map(Some)
            .ok_or_else(|| frame.t("ask-problem-day")),
        _ => Err(frame.t("ask-problem-choose")),
    }
}

fn review(frame: &Frame, deed: Deed, answers: &Answers, until: Option<Date>) -> Result<Response, Problem> {
    let whom = (answers.whom != "everyone").then(|| answers.name.clone());
    let mut all = carried(answers);
    all.push(("until", if until.is_some() { "day" } else { "open" }.to_owned()));
    all.push(("day", answers.day.clone()));
    form(frame, deed, Step::Review { whom, until }, all, None)
}

async fn done(frame: &Frame, deed: Deed, answers: &Answers) -> Result<Response, Problem> {
    let who = frame.only(&[Persona::Citizen])?;
    let person = who.person().ok_or(Code::NotFound)?;
    let whom = match answers.whom.as_str() {
        "everyone" => Whom::Everyone,
        "organisation" => {
            Whom::Organisation { id: id::<Organisation>(&answers.which)?, name: answers.name.clone() }
        }
        "person" => Whom::Professional { id: id(&answers.which)?, name: Personal::new(answers.name.clone()) },
        _ => return Err(Code::Malformed.into()),
    };
    let day = match until_day(frame, deed, answers) {
        Ok(day) => day,
        Err(words) => return until(frame, deed, answers, Some(words)),
    };
    // The last day is a whole one: it ends at the next midnight.
    let until = day.map(|day| day_begins(day.tomorrow().unwrap_or(day)));
    match (deed, until) {
        (Deed::Block, until) => {
            let request = block::Request { person, whom, what: What::Everything, from: None, until };
            frame.app.act(who, move |at| block::run(at, request)).await?;
            frame.go("me/blocks?done=blocked")
        }
        (Deed::Consent, Some(until)) => {
            frame
                .app
                .act(who, move |at| give::run(at, give::Request { person, whom, from: None, until }))
                .await?;
            frame.go("me/consents?done=consented")
        }
        (Deed::Consent, None) => Err(Code::Malformed.into()),
    }
}
