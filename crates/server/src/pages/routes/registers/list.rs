//! The list of a register, page by page, and the way to one person.

use axum::extract::{Path, Query};
use axum::response::Response;
use services::generic_register::{self as generic, Entry, For, asked};

use super::super::super::frame::{Frame, again, page};
use super::super::super::view::registers::{List, Of, Row};
use super::super::super::view::{Field, Problems};
use super::typed::Typed;
use super::{Asked, AtRegister, at_desk, go, head, identifier, question, stage};
use crate::limits::Counted;
use crate::posted::Posted;
use crate::problem::Problem;
use crate::session::Persona;

/// Most columns of a list; the rest stands on the entry's own page.
const COLUMNS: usize = 5;

pub(in crate::pages) async fn list(
    frame: Frame,
    Path((_, register)): AtRegister,
    Query(at): Query<Asked>,
) -> Result<Response, Problem> {
    page(&listed(&frame, &register, at, Field::default()).await?)
}

async fn listed(frame: &Frame, register: &str, at: Asked, find: Field) -> Result<List, Problem> {
    let part = at.part();
    let (listed, fields, may) = at_desk(frame, register, move |call, form, may| {
        let request = generic::list::Request { which: generic::list::Which::Part(part) };
        Ok((generic::list::run(call, form, request)?, asked(call, form, For::Seeing), may.clone()))
    })
    .await?;
    let one = |entry: &Entry| {
        let row = row(frame, register, &fields, entry);
        Row { href: row.href.filter(|_| may.read), ..row }
    };
    let head = head(frame, register, &may)?;
    let (before, after) = at.neighbours(&frame.to(&format!("registers/{register}")), listed.more);
    let problems = Problems::of(&[("about", &find)]);
    Ok(List {
        columns: columns(frame, &fields),
        rows: listed.entries.iter().map(one).collect(),
        find: may.read.then_some(find),
        of: Of::All,
        problems,
        head,
        before,
        after,
        p: frame.shell_at(&format!("registers/{register}")),
    })
}

/// Titles of the columns.
pub(super) fn columns(frame: &Frame, fields: &[generic::Asked]) -> Vec<String> {
    fields.iter().take(COLUMNS).map(|field| frame.say(&field.title)).collect()
}

/// An entry as a row.
pub(super) fn row(frame: &Frame, register: &str, fields: &[generic::Asked], entry: &Entry) -> Row {
    let content = entry.content.reveal();
    let cell = |field: &generic::Asked| question::shown(frame, field, content).unwrap_or_default();
    Row {
        href: Some(address(frame, register, entry)),
        cells: fields.iter().take(COLUMNS).map(cell).collect(),
        stage: stage(entry.stage),
        due_at: entry.due_at,
    }
}

/// The own page of an entry.
pub(super) fn address(frame: &Frame, register: &str, entry: &Entry) -> String {
    frame.to(&format!("registers/{register}/people/{}/records/{}", entry.person, entry.record))
}

/// Leads to the entries of one person, known here or not.
pub(in crate::pages) async fn find(
    frame: Frame,
    Path((_, register)): AtRegister,
    Posted(typed): Posted<Typed>,
) -> Result<Response, Problem> {
    let who = frame.only(&Persona::ALL)?;
    frame.app.limits().by_actor(Counted::FindPatient, who.account(), frame.app.clock())?;
    at_desk(&frame, &register, |_, _, _| Ok(())).await?;
    typed.only(&[], &["about"])?;
    let Some(identifier) = identifier(&frame, &register, typed.one("about")) else {
        let field = Field::wrong(typed.one("about"), frame.t("registers-problem-about"));
        return again(&listed(&frame, &register, Asked::default(), field).await?);
    };
    let person = at_desk(&frame, &register, move |at, _, _| Ok(at.register.person(&identifier))).await?;
    go(&frame, &register, &format!("/people/{person}"))
}

/// A form that is asked for without having been filled in.
pub(in crate::pages) async fn to_list(
    frame: Frame,
    Path((_, register)): AtRegister,
) -> Result<Response, Problem> {
    go(&frame, &register, "")
}
