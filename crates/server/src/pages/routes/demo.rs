//! The demonstration: choose a person, move the time, take the tour.

use axum::Extension;
use axum::http::HeaderMap;
use axum::response::Response;
use jiff::civil::Date;
use jiff::{Timestamp, ToSpan as _};
use register::{HoldKind, sweep};
use serde::Deserialize;
use services::call::{civil_day, day_begins};

use super::super::dates;
use super::super::frame::{Frame, again, page};
use super::super::view::demo::{Choose, Person, Report, Time, Tour, TourStep, Under};
use super::super::view::{Field, Problems};
use super::officer::done;
use crate::demo::Journey;
use crate::http::client::Client;
use crate::posted::Posted;
use crate::problem::{Code, Problem};
use crate::session::Persona;

pub(in crate::pages) async fn choose(frame: Frame) -> Result<Response, Problem> {
    page(&Choose {
        persons: persons(&frame)?.into_iter().map(|(_, person)| person).collect(),
        countries: frame.app.federation().is_some(),
        p: frame.shell(),
    })
}

pub(in crate::pages) async fn to_choose(frame: Frame) -> Result<Response, Problem> {
    frame.go("demo")
}

fn persons(frame: &Frame) -> Result<Vec<(Persona, Person)>, Problem> {
    let demo = frame.app.demo().ok_or(Code::NotFound)?;
    let person = |one: &crate::demo::DemoPersona| {
        let person = Person {
            key: one.key.clone(),
            name: frame.say(&one.title),
            role: frame.t(&format!("demo-role-{}", one.identity.persona.word())),
            line: frame.say(&one.line),
        };
        (one.identity.persona, person)
    };
    Ok(demo.personas.iter().map(person).collect())
}

/// The person to be and the page to go to.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::pages) struct Sent {
    person: String,
    #[serde(default)]
    to: String,
}

pub(in crate::pages) async fn be(
    frame: Frame,
    Extension(client): Extension<Client>,
    headers: HeaderMap,
    Posted(sent): Posted<Sent>,
) -> Result<Response, Problem> {
    let (persona, _) =
        persons(&frame)?.into_iter().find(|(_, one)| one.key == sent.person).ok_or(Code::NotFound)?;
    let wanted = crate::login::ReturnPath::parse(&sent.to).map(|path| path.as_str().to_owned());
    let to = wanted.unwrap_or_else(|| frame.to(first_page(persona)));
    crate::demo::be(&frame.app, &sent.person, client, &headers, &to)
}

fn first_page(persona: Persona) -> &'static str {
    match persona {
        Persona::Citizen => "me",
        Persona::Professional => "patients",
        Persona::Pharmacy => "pharmacy",
        Persona::Officer => "officer",
        Persona::Reviewer => "officer/emergencies",
        Persona::Operator => "operator",
        Persona::Staff | Persona::Person => "registers",
    }
}

pub(in crate::pages) async fn time(frame: Frame) -> Result<Response, Problem> {
    page(&time_page(&frame, Field::default())?)
}

fn time_page(frame: &Frame, day: Field) -> Result<Time, Problem> {
    let demo = frame.app.demo().ok_or(Code::NotFound)?;
    let (report, under) = match demo.journey() {
        Journey::None => (None, None),
        Journey::Under { from, to } => (None, Some(under(frame, from, to))),
        Journey::Over(reports) => (Some(told(frame, &reports)), None),
        Journey::Failed => {
            (Some(Report { stopped: Some(frame.t("time-failed")), ..Report::default() }), None)
        }
    };
    let today = frame.today();
    let stops = [
        ("time-tomorrow", today.checked_add(1.day())),
        ("time-month", today.checked_add(1.month())),
        ("time-year", today.checked_add(1.year())),
        ("time-two-years", today.checked_add(2.years())),
        ("time-five-years", today.checked_add(5.years())),
    ];
    Ok(Time {
        p: frame.shell_at("demo/time"),
        stops: stops.into_iter().filter_map(|(key, day)| Some((key, day.ok()?))).collect(),
        problems: Problems::of(&[("day", &day)]),
        day,
        report,
        under,
    })
}

/// The day to go to.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::pages) struct To {
    day: String,
}

pub(in crate::pages) async fn travel(frame: Frame, Posted(to): Posted<To>) -> Result<Response, Problem> {
    let demo = frame.app.demo().ok_or(Code::NotFound)?;
    let today = frame.today();
    let ahead = |day: &Date| *day > today && *day <= today.checked_add(60.years()).unwrap_or(*day);
    let Some(day) = dates::parse(&to.day).filter(ahead) else {
        return again(&time_page(&frame, Field::wrong(to.day, frame.t("time-problem-day")))?);
    };
    // Eight in the morning: a day on which people are at work.
    let at = day_begins(day).checked_add(8.hours()).map_err(|_| Code::Malformed)?;
    demo.set_out(frame.app.now(), at);
    frame.go("demo/time")
}

/// How far a journey has come.
fn under(frame: &Frame, from: Timestamp, to: Timestamp) -> Under {
    let seconds = |until: Timestamp| until.duration_since(from).as_secs().max(0);
    let percent = seconds(frame.app.now()).saturating_mul(100) / seconds(to).max(1);
    Under { to: civil_day(to), percent: u64::try_from(percent.clamp(0, 100)).unwrap_or_default() }
}

/// All sweeps on the way as one.
fn told(frame: &Frame, reports: &[sweep::Report]) -> Report {
    let mut told = Report::default();
    for report in reports {
        for ((register, verb), records) in &report.acts {
            let title = frame
                .app
                .policy()
                .register(*register)
                .map(|one| frame.say(&one.said.title))
                .unwrap_or_default();
            match told.acts.iter_mut().find(|(one, key, _)| *one == title && *key == done(*verb)) {
                Some((_, _, n)) => *n += records,
                None => told.acts.push((title, done(*verb), *records)),
            }
        }
        let mut held = report.held.clone();
        *held.entry("brake".to_owned()).or_default() += report.braked;
        for (why, records) in held.iter().filter(|(_, records)| **records > 0) {
            let why = kept(why);
            match told.held.iter_mut().find(|(one, _)| *one == why) {
                Some((_, n)) => *n = (*n).max(*records),
                None => told.held.push((why, *records)),
            }
        }
        if report.stopped.is_some() {
            told.stopped = Some(frame.t("time-stopped"));
        }
    }
    told
}

/// Words for why something was not done on its day.
fn kept(why: &str) -> &'static str {
    match HoldKind::ALL.into_iter().find(|kind| kind.word() == why) {
        Some(HoldKind::OpenRequest) => "time-kept-request",
        Some(HoldKind::Restriction) => "time-kept-restriction",
        Some(HoldKind::LegalHold) => "time-kept-claim",
        Some(HoldKind::ArchiveHandover) => "time-kept-archive",
        None if why == "brake" => "time-kept-brake",
        None if why == "tampered" => "time-kept-tampered",
        None => "time-kept-person",
    }
}

pub(in crate::pages) async fn tour(frame: Frame) -> Result<Response, Problem> {
    let persons = persons(&frame)?;
    let first =
        |persona: Persona| persons.iter().find(|(one, _)| *one == persona).map(|(_, person)| person.clone());
    let step =
        |number, persona: Option<Persona>, page| TourStep { number, person: persona.and_then(first), page };
    let steps = vec![
        step(1, None, "notices/fmk"),
        step(2, Some(Persona::Citizen), "me"),
        step(3, Some(Persona::Citizen), "me/medicine"),
        step(4, Some(Persona::Professional), "patients"),
        step(5, Some(Persona::Professional), "patients"),
        step(6, Some(Persona::Citizen), "me/log"),
        step(7, None, "demo/time"),
        step(8, Some(Persona::Officer), "officer"),
    ];
    page(&Tour { p: frame.shell(), steps })
}
