//! The entries of one person, and one entry with its history.

use axum::extract::Path;
use axum::response::Response;
use services::generic_register::{self as generic, For, asked};

use super::super::super::frame::{Frame, page};
use super::super::super::view::Problems;
use super::super::super::view::registers::{Entry, List, Of, Version};
use super::super::id;
use super::{AtEntry, AtPerson, at_desk, clock, head, list, question, stage};
use crate::problem::{Code, Problem};

/// The entries of one person. Whoever is unknown has none.
pub(in crate::pages) async fn person(
    frame: Frame,
    Path((_, register, person)): AtPerson,
) -> Result<Response, Problem> {
    let person = id(&person)?;
    let (entries, fields, may) = at_desk(&frame, &register, move |at, form, may| {
        let entries = generic::find::run(at, form, generic::find::Request { person })?;
        Ok((entries, asked(at, form, For::Seeing), may.clone()))
    })
    .await?;
    page(&List {
        head: head(&frame, &register, &may)?,
        of: Of::One,
        columns: list::columns(&frame, &fields),
        rows: entries.iter().map(|entry| list::row(&frame, &register, &fields, entry)).collect(),
        find: None,
        problems: Problems::default(),
        before: None,
        after: None,
        p: frame.shell(),
    })
}

/// One entry: what it holds, when it goes, what has happened, every version.
pub(in crate::pages) async fn entry(
    frame: Frame,
    Path((_, register, person, record)): AtEntry,
) -> Result<Response, Problem> {
    let request = generic::history::Request { person: id(&person)?, record: id(&record)? };
    let (versions, fields, may) = at_desk(&frame, &register, move |at, form, may| {
        let versions = generic::history::run(at, form, request)?;
        Ok((versions, asked(at, form, For::Seeing), may.clone()))
    })
    .await?;
    let now = versions.last().ok_or(Code::NotFound)?;
    let facts = |entry: &generic::Entry| question::facts(&frame, &fields, entry.content.reveal());
    let here = frame.to(&format!("registers/{register}/people/{person}"));
    let version = |entry: &generic::Entry| Version {
        number: u64::from(entry.version),
        at: entry.changed_at,
        facts: facts(entry),
        note: entry.notes.last().map(|note| note.reveal().clone()),
    };
    let open = now.stage == register::Stage::Open;
    let event = |name: &String| {
        let declared = frame.app.policy().event(name);
        declared.map_or_else(|| name.clone(), |event| frame.say(&event.said.title))
    };
    let title = fields.first().and_then(|field| question::shown(&frame, field, now.content.reveal()));
    page(&Entry {
        title: title.filter(|title| !title.is_empty()).unwrap_or_else(|| frame.t("registers-unnamed")),
        facts: facts(now),
        stage: stage(now.stage),
        due_at: now.due_at,
        clock: clock(&frame, &register)?,
        events: now.events.iter().map(|(name, at)| (event(name), *at)).collect(),
        versions: versions.iter().rev().map(version).collect(),
        correct: (may.correct && open).then(|| format!("{here}/records/{record}/correct")),
        raise: may
            .raise
            .iter()
            .filter(|_| open)
            .map(|(name, title)| (frame.say(title), format!("{here}/records/{record}/events/{name}")))
            .collect(),
        person: here,
        head: head(&frame, &register, &may)?,
        p: frame.shell(),
    })
}
