//! Registers that run from their notice alone, as pages: which there are, the list, an entry, a form, one's own.
//!
//! Invariant: no address holds what a person is known by. Who looks somebody up sends it in a form and is led to an
//! address with an id that nobody can guess.

mod add;
mod correct;
mod due;
mod entry;
mod event;
mod list;
mod own;
mod question;
mod rows;
mod typed;

use axum::extract::Path;
use axum::response::Response;
use notice::policy::Register;
use notice::render::clock_words;
use register::{Content, Identifier, OwnId, Personal, Slice, Stage};
use serde::Deserialize;
use services::Call;
use services::generic_register::{For, Form, May, may, misfits};

use super::super::frame::{Frame, page, see};
use super::super::view::registers::{Head, Registers, Tile, Way};
use crate::problem::{Code, Problem};
use crate::session::Persona;

pub(in crate::pages) use add::{add, blank};
pub(in crate::pages) use correct::{correct, filled};
pub(in crate::pages) use due::due;
pub(in crate::pages) use entry::{entry, person};
pub(in crate::pages) use event::{event, raise};
pub(in crate::pages) use list::{find, list, to_list};
pub(in crate::pages) use own::own;

/// The registers that the visitor has a part in. Who has only her own to see comes there at once.
pub(in crate::pages) async fn overview(frame: Frame) -> Result<Response, Problem> {
    let who = frame.only(&Persona::ALL)?;
    let app = frame.app.clone();
    let all = frame.app.act(who, move |at| {
        let parts = app.forms().iter().map(|form| (form.name(), may(at, form)));
        Ok::<_, Problem>(parts.filter(|(_, may)| !may.is_nothing()).collect::<Vec<_>>())
    });
    let all = all.await?;
    if let [(name, may)] = all.as_slice()
        && ways(may) == [Way::Own]
    {
        return frame.go(&format!("registers/{name}/me"));
    }
    let tile = |(name, may): &(&'static str, May)| {
        let register = frame.app.policy().register_id(name).and_then(|id| frame.app.policy().register(id))?;
        let says = register.said.says.as_ref().map(|says| frame.say(says)).unwrap_or_default();
        Some(Tile { head: head_of(&frame, register, may), says })
    };
    page(&Registers { registers: all.iter().filter_map(tile).collect(), p: frame.shell() })
}

/// Runs something with a register for whoever has a part in it; to others it is not there.
async fn at_desk<T: Send + 'static>(
    frame: &Frame,
    register: &str,
    action: impl FnOnce(&Call<'_>, &Form, &May) -> Result<T, Problem> + Send + 'static,
) -> Result<T, Problem> {
    let who = frame.only(&Persona::ALL)?;
    let (app, name) = (frame.app.clone(), register.to_owned());
    let done = frame.app.act(who, move |at| {
        let form = app.forms().find(&name).ok_or(Code::NotFound)?;
        let may = may(at, form);
        if may.is_nothing() {
            return Err(Problem::from(Code::NotFound));
        }
        action(at, form, &may)
    });
    done.await
}

fn ways(may: &May) -> Vec<Way> {
    let all = [
        (may.list, Way::List),
        (may.add, Way::Add),
        (may.list && may.read, Way::Due),
        (may.see_own, Way::Own),
    ];
    all.into_iter().filter(|(may, _)| *may).map(|(_, way)| way).collect()
}

/// The register of an address, as the notice has it.
fn register_of<'a>(frame: &'a Frame, name: &str) -> Result<&'a Register, Problem> {
    let policy = frame.app.policy();
    policy.register_id(name).and_then(|id| policy.register(id)).ok_or_else(|| Code::NotFound.into())
}

fn head(frame: &Frame, name: &str, may: &May) -> Result<Head, Problem> {
    register_of(frame, name).map(|register| head_of(frame, register, may))
}

fn head_of(frame: &Frame, register: &Register, may: &May) -> Head {
    let notice = frame.app.policy().notice(register.notice);
    Head {
        name: register.said.id.clone(),
        title: frame.say(&register.said.title),
        notice: notice.map(|it| (it.said.id.clone(), frame.say(&it.said.title))).unwrap_or_default(),
        ways: ways(may),
    }
}

/// The clock of a register in words.
fn clock(frame: &Frame, name: &str) -> Result<String, Problem> {
    let policy = frame.app.policy();
    let rule = policy.clocks.get(register_of(frame, name)?.clock);
    Ok(rule.map(|clock| clock_words(policy, &clock.rule, frame.lang())).unwrap_or_default())
}

/// Key of a stage that is told; an open entry is the usual one.
fn stage(stage: Stage) -> Option<&'static str> {
    match stage {
        Stage::Open => None,
        Stage::Restricted => Some("registers-stage-restricted"),
        Stage::Blocked => Some("registers-stage-blocked"),
        Stage::Archived => Some("registers-stage-archived"),
        Stage::Erased => Some("registers-stage-erased"),
    }
}

/// By what a person is known: a civil registration number, or else what the controller of the register knows her by.
fn identifier(frame: &Frame, register: &str, text: &str) -> Option<Identifier> {
    let text = text.trim();
    if let Ok(number) = Identifier::person_number(text) {
        return Some(number);
    }
    // Ten digits that are no civil registration number are one with a slip in it, and nobody's own id.
    let digits: String = text.chars().filter(|sign| *sign != '-').collect();
    if digits.len() == 10 && digits.bytes().all(|sign| sign.is_ascii_digit()) {
        return None;
    }
    let policy = frame.app.policy();
    let notice = register_of(frame, register).ok().and_then(|register| policy.notice(register.notice))?;
    OwnId::parse(&notice.controller, text).ok().map(Identifier::Own)
}

/// Everything that is wrong with what was typed, in the order of the form: what cannot be read, and what does not fit.
async fn wrong_of(
    frame: &Frame,
    register: &str,
    fields: &[services::generic_register::Asked],
    what: For,
    typed: &typed::Typed,
    (content, unread): (&Content, Vec<(String, &'static str)>),
) -> Result<Vec<(String, String)>, Problem> {
    let content = Personal::new(content.clone());
    let misfits =
        at_desk(frame, register, move |at, form, _| Ok(misfits(at, form, what, content.reveal()))).await?;
    let mut wrong: Vec<_> = unread.into_iter().map(|(name, key)| (name, frame.t(key))).collect();
    for one in misfits {
        // What cannot be read is not there: that it is missing would be told twice.
        if !wrong.iter().any(|(name, _)| *name == one.field) {
            wrong.push((one.field, frame.say(&one.words)));
        }
    }
    let fields = rows::spread(fields, typed);
    let place = |name: &str| fields.iter().position(|field| typed::name(&field.path) == name);
    wrong.sort_by_key(|(name, _)| place(name));
    Ok(wrong)
}

/// Which page of a list.
#[derive(Clone, Copy, Debug, Default, Deserialize)]
pub(in crate::pages) struct Asked {
    #[serde(default)]
    page: usize,
}

impl Asked {
    fn part(self) -> Slice {
        let take = services::generic_register::PAGE_ENTRIES;
        Slice { skip: self.page.saturating_mul(take), take }
    }

    /// The pages before and after one that more come after, or nothing.
    fn neighbours(self, here: &str, more: bool) -> (Option<String>, Option<String>) {
        let before = self.page.checked_sub(1).map(|page| match page {
            0 => here.to_owned(),
            page => format!("{here}?page={page}"),
        });
        let after = more.then(|| format!("{here}?page={}", self.page + 1));
        (before, after)
    }
}

/// Sends the browser to a page of a register.
fn go(frame: &Frame, register: &str, rest: &str) -> Result<Response, Problem> {
    see(&frame.to(&format!("registers/{register}{rest}")))
}

/// The address of a register.
type AtRegister = Path<(String, String)>;
/// The address of a person in a register.
type AtPerson = Path<(String, String, String)>;
/// The address of an entry.
type AtEntry = Path<(String, String, String, String)>;
