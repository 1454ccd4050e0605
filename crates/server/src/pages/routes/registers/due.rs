//! What goes when, and why not before, page by page.

use std::collections::BTreeMap;

use axum::extract::{Path, Query};
use axum::response::Response;
use services::generic_register::{self as generic, For, asked};

use super::super::super::frame::{Frame, page};
use super::super::super::view::registers::{Due, DueRow};
use super::super::citizen::happens;
use super::{Asked, AtRegister, at_desk, clock, head, list, question};
use crate::problem::{Code, Problem};

pub(in crate::pages) async fn due(
    frame: Frame,
    Path((_, register)): AtRegister,
    Query(asked_for): Query<Asked>,
) -> Result<Response, Problem> {
    let part = asked_for.part();
    let (told, fields, may) = at_desk(&frame, &register, move |at, form, may| {
        if !(may.list && may.read) {
            return Err(Code::NotFound.into());
        }
        let request = generic::due::Request { of: generic::due::Of::Part(part) };
        Ok((generic::due::run(at, form, request)?, asked(at, form, For::Seeing), may.clone()))
    })
    .await?;
    let by_record: BTreeMap<_, _> = told.entries.iter().map(|entry| (entry.record, entry)).collect();
    let name = |entry: &generic::Entry| {
        fields.first().and_then(|field| question::shown(&frame, field, entry.content.reveal()))
    };
    let rows: Vec<DueRow> = told
        .due
        .into_iter()
        .filter_map(|due| {
            let entry = by_record.get(&due.record)?;
            Some(DueRow {
                href: list::address(&frame, &register, entry),
                what: name(entry).unwrap_or_default(),
                at: due.due_at,
                happens: due.happens.map(happens),
                why: frame.say(&due.why),
            })
        })
        .collect();
    let here = frame.to(&format!("registers/{register}/due"));
    let (before, after) = asked_for.neighbours(&here, told.more);
    let head = head(&frame, &register, &may)?;
    page(&Due { clock: clock(&frame, &register)?, rows, before, after, head, p: frame.shell() })
}
