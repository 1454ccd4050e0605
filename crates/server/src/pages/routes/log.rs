//! Who has looked: at one's own data, at a child's, and in one's own name.

use axum::extract::{Path, Query};
use axum::response::Response;
use serde::Deserialize;
use services::emergency_access::{see_own, take};
use services::my_log::{LogLine, looks_in_my_name, see_child_log, see_own_log};

use super::super::frame::{Frame, page};
use super::super::look_view::{days, picture};
use super::super::view::Bars;
use super::super::view::care::Looks;
use super::super::view::citizen::{KindLink, Log, LookKind, Whose};
use super::emergencies::access;
use super::id;
use crate::problem::{Code, Problem};
use crate::session::Persona;

/// Lines on a page.
pub(super) const LIMIT: usize = 200;

/// Where to begin and what to show; neither says anything about a person.
#[derive(Clone, Debug, Default, Deserialize)]
pub(in crate::pages) struct Asked {
    before: Option<u64>,
    kind: Option<String>,
}

impl Asked {
    pub(super) fn before(&self) -> Option<u64> {
        self.before
    }

    pub(super) fn only(&self) -> Option<LookKind> {
        LookKind::ALL.into_iter().find(|kind| Some(kind.word()) == self.kind.as_deref())
    }

    pub(super) fn older(&self, here: &str, before: Option<u64>) -> Option<String> {
        let before = before?;
        Some(match self.only() {
            Some(kind) => format!("{here}?before={before}&kind={}", kind.word()),
            None => format!("{here}?before={before}"),
        })
    }

    pub(super) fn kinds(&self, here: &str) -> Vec<KindLink> {
        let only = self.only();
        let all = KindLink { href: here.to_owned(), key: "look-all", current: only.is_none() };
        let one = |kind: LookKind| KindLink {
            href: format!("{here}?kind={}", kind.word()),
            key: kind.key(),
            current: only == Some(kind),
        };
        std::iter::once(all).chain(LookKind::ALL.into_iter().map(one)).collect()
    }

    /// The picture stands on the first page only: it covers the last thirty days.
    pub(super) fn picture(&self, frame: &Frame, log: &services::my_log::Log) -> Bars {
        match self.before {
            None => picture(log, frame.today(), frame.lang()),
            Some(_) => Bars { series: Vec::new(), bars: Vec::new() },
        }
    }
}

pub(in crate::pages) async fn mine(frame: Frame, Query(asked): Query<Asked>) -> Result<Response, Problem> {
    let who = frame.only(&[Persona::Citizen])?;
    let before = asked.before;
    let answer = frame.app.act(who, move |at| {
        let log = see_own_log::run(at, see_own_log::Request { before, limit: LIMIT })?;
        // Asked only where there was one: it leaves a line of its own.
        let told = if before.is_none() && log.days.iter().flat_map(|day| &day.lines).any(is_emergency) {
            see_own::run(at, see_own::Request {})?
        } else {
            Vec::new()
        };
        Ok::<_, services::Error>((log, told))
    });
    let (log, told) = answer.await?;
    let here = frame.to("me/log");
    page(&Log {
        whose: Whose::Mine,
        emergencies: told.into_iter().map(|one| access(&frame, one)).collect(),
        picture: asked.picture(&frame, &log),
        kinds: asked.kinds(&here),
        days: days(&frame, &log, asked.only()),
        older: asked.older(&here, log.more_before),
        p: frame.shell(),
    })
}

fn is_emergency(line: &LogLine) -> bool {
    line.kind == services::my_log::LookKind::Emergency || line.use_name == take::USE
}

pub(in crate::pages) async fn child(
    frame: Frame,
    Path((_, child)): Path<(String, String)>,
    Query(asked): Query<Asked>,
) -> Result<Response, Problem> {
    let who = frame.only(&[Persona::Citizen])?;
    let (child, before) = (id(&child)?, asked.before);
    let answer = frame.app.act(who, move |at| {
        let children =
            services::basic_data::my_children::run(at, services::basic_data::my_children::Request {})?;
        let log = see_child_log::run(at, see_child_log::Request { child, before, limit: LIMIT })?;
        Ok::<_, services::Error>((children, log))
    });
    let (children, log) = answer.await?;
    let name = children.into_iter().find(|one| one.person == child).ok_or(Code::NotFound)?.name;
    let here = frame.to(&format!("me/children/{child}/log"));
    page(&Log {
        whose: Whose::Child { id: child.to_string(), name },
        emergencies: Vec::new(),
        picture: asked.picture(&frame, &log),
        kinds: asked.kinds(&here),
        days: days(&frame, &log, asked.only()),
        older: asked.older(&here, log.more_before),
        p: frame.shell(),
    })
}

pub(in crate::pages) async fn in_my_name(
    frame: Frame,
    Query(asked): Query<Asked>,
) -> Result<Response, Problem> {
    let who = frame.only(&[Persona::Professional, Persona::Pharmacy])?;
    let before = asked.before;
    let answer = frame
        .app
        .act(who, move |at| looks_in_my_name::run(at, looks_in_my_name::Request { before, limit: LIMIT }));
    let log = answer.await?;
    page(&Looks {
        picture: asked.picture(&frame, &log),
        days: days(&frame, &log, None),
        older: asked.older(&frame.to("looks"), log.more_before),
        p: frame.shell(),
    })
}
