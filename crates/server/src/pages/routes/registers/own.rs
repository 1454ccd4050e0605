//! What is kept about the visitor, who has looked, what goes when.

use axum::extract::{Path, Query};
use axum::response::Response;
use register::Outcome;
use serde::Deserialize;
use services::generic_register::see_own;
use services::generic_register::{For, asked};

use super::super::super::frame::{Frame, page};
use super::super::super::view::registers::{Look, Own, OwnEntry, Passed};
use super::super::citizen::happens;
use super::{AtRegister, at_desk, clock, head, question};
use crate::problem::{Code, Problem};

/// Looks on a page.
const LOOKS: usize = 50;

/// Before which look.
#[derive(Clone, Copy, Debug, Default, Deserialize)]
pub(in crate::pages) struct Before {
    before: Option<u64>,
}

pub(in crate::pages) async fn own(
    frame: Frame,
    Path((_, register)): AtRegister,
    Query(Before { before }): Query<Before>,
) -> Result<Response, Problem> {
    let (own, fields, may) = at_desk(&frame, &register, move |at, form, may| {
        if !may.see_own {
            return Err(Code::NotFound.into());
        }
        let own = see_own::run(at, form, see_own::Request { before, limit: LOOKS })?;
        Ok((own, asked(at, form, For::Seeing), may.clone()))
    })
    .await?;
    let entries = own.entries.iter().map(|entry| {
        let due = own.due.iter().find(|due| due.record == entry.record);
        OwnEntry {
            facts: question::facts(&frame, &fields, entry.content.reveal()),
            notes: entry.notes.iter().map(|note| note.reveal().clone()).collect(),
            since: entry.collected_at,
            at: due.and_then(|due| due.due_at),
            happens: due.and_then(|due| due.happens).map(happens),
            why: due.map(|due| frame.say(&due.why)).unwrap_or_default(),
        }
    });
    let here = frame.to(&format!("registers/{register}/me"));
    page(&Own {
        entries: entries.collect(),
        clock: clock(&frame, &register)?,
        looks: own.looks.iter().map(|look| seen(&frame, look)).collect(),
        older: own.more_before.map(|before| format!("{here}?before={before}")),
        head: head(&frame, &register, &may)?,
        p: frame.shell(),
    })
}

fn seen(frame: &Frame, look: &see_own::Look) -> Look {
    Look {
        at: look.at,
        who: look.who.clone(),
        role: frame.say(&look.role),
        place: look.place.clone(),
        what: frame.say(&look.what),
        ground: frame.say(&look.ground),
        reason: look.reason.clone(),
        passed: match look.outcome {
            Outcome::Granted | Outcome::Emergency => Passed::Yes,
            Outcome::Refused => Passed::No,
        },
        times: usize::try_from(look.times).unwrap_or(usize::MAX),
    }
}
