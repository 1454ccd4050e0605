//! Somebody writes that an event has happened, from which the time is counted until the entry goes.

use axum::extract::Path;
use axum::response::Response;
use jiff::civil::Date;
use notice::Id;
use notice::id::{Person, Record};
use services::call::day_begins;
use services::generic_register as generic;

use super::super::super::dates;
use super::super::super::frame::{Frame, again, page};
use super::super::super::view::registers::Event;
use super::super::super::view::{Field, Problems};
use super::super::id;
use super::typed::Typed;
use super::{at_desk, clock, go, head};
use crate::posted::Posted;
use crate::problem::{Code, Problem};

/// The address of an event of an entry.
type AtEvent = Path<(String, String, String, String, String)>;

struct At {
    register: String,
    person: Id<Person>,
    record: Id<Record>,
    event: String,
}

impl At {
    fn read(
        (_, register, person, record, event): (String, String, String, String, String),
    ) -> Result<Self, Problem> {
        Ok(Self { register, person: id(&person)?, record: id(&record)?, event })
    }

    fn path(&self) -> String {
        format!("/people/{}/records/{}", self.person, self.record)
    }
}

/// The question on which day it happened: today, unless somebody says otherwise.
pub(in crate::pages) async fn event(frame: Frame, Path(at): AtEvent) -> Result<Response, Problem> {
    let at = At::read(at)?;
    let today = dates::typed(frame.today());
    page(&asked(&frame, &at, Field::holding(today)).await?)
}

async fn asked(frame: &Frame, at: &At, day: Field) -> Result<Event, Problem> {
    let may = at_desk(frame, &at.register, |_, _, may| Ok(may.clone())).await?;
    let title = may.raise.iter().find(|(name, _)| *name == at.event).ok_or(Code::NotFound)?.1.clone();
    let head = head(frame, &at.register, &may)?;
    let p = frame.shell_at(&format!("registers/{}{}/events/{}", at.register, at.path(), at.event));
    Ok(Event {
        title: frame.say(&title),
        clock: clock(frame, &at.register)?,
        problems: Problems::of(&[("day", &day)]),
        day,
        action: head.to(&p, &format!("{}/events/{}", at.path(), at.event)),
        back: head.to(&p, &at.path()),
        head,
        p,
    })
}

/// The answer is sent.
pub(in crate::pages) async fn raise(
    frame: Frame,
    Path(at): AtEvent,
    Posted(typed): Posted<Typed>,
) -> Result<Response, Problem> {
    let at = At::read(at)?;
    let wanted = at.event.clone();
    at_desk(&frame, &at.register, move |_, _, may| {
        let mine = may.raise.iter().any(|(name, _)| *name == wanted);
        if mine { Ok(()) } else { Err(Code::NotFound.into()) }
    })
    .await?;
    typed.only(&[], &["day"])?;
    let sent = typed.one("day");
    let Some(day) = dates::parse(sent) else {
        let field = Field::wrong(sent, frame.t("registers-problem-day"));
        return again(&asked(&frame, &at, field).await?);
    };
    let request = generic::raise::Request {
        person: at.person,
        record: at.record,
        event: at.event.clone(),
        happened_at: happened_at(day, frame.today()),
    };
    let done =
        at_desk(&frame, &at.register, move |at, form, _| match generic::raise::run(at, form, request) {
            Err(services::Error::Invalid(problems)) => Ok(problems.into_iter().next()),
            answer => answer.map(|()| None).map_err(Problem::from),
        });
    match done.await? {
        None => go(&frame, &at.register, &format!("{}?done=raised", at.path())),
        Some(problem) => {
            let field = Field::wrong(sent, frame.say(&problem.words));
            again(&asked(&frame, &at, field).await?)
        }
    }
}

/// Today is now; another day is its beginning.
fn happened_at(day: Date, today: Date) -> Option<jiff::Timestamp> {
    (day != today).then(|| day_begins(day))
}
