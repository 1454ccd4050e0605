//! Registers that need no service of their own: the notice and the form of an entry say all that is to be known.
//!
//! Invariant: the caller never names a use. It is found by role, verb and register, as the notice has it.

use jiff::Timestamp;
use notice::id::{self, Person};
use notice::policy::{FieldMask, RegisterId};
use notice::{Bilingual, Grant, Id, Mode, Target};
use register::{Content, Personal, Record, Stage};

use crate::{Call, Error, Explain};

pub mod add;
mod asked;
pub mod correct;
pub mod due;
pub mod find;
mod fit;
mod form;
pub mod history;
pub mod list;
pub mod raise;
pub mod see_own;
mod uses;

pub use asked::{Asked, Choice, For, Kind, Need, Parts, Room, asked, misfits, plain, value_at};
pub use form::{BadForm, Form, Forms, Standing};
pub(crate) use uses::Wanted;

/// Entries on a page of a list.
pub const PAGE_ENTRIES: usize = 50;

/// An entry of a register, as far as the caller may see it.
#[derive(Clone)]
pub struct Entry {
    /// The record.
    pub record: Id<id::Record>,
    /// The one whom it is about.
    pub person: Id<Person>,
    /// 1 for the first.
    pub version: u32,
    /// Where it stands in its life.
    pub stage: Stage,
    /// The fields that the caller's use covers.
    pub content: Personal<Content>,
    /// When it was collected.
    pub collected_at: Timestamp,
    /// When this version was written.
    pub changed_at: Timestamp,
    /// What has happened to it, oldest first: name of the event, and when.
    pub events: Vec<(String, Timestamp)>,
    /// Notes of correction, shown beside it, oldest first.
    pub notes: Vec<Personal<String>>,
    /// When something happens to it next, if a date is known.
    pub due_at: Option<Timestamp>,
}
crate::redacted::redacted!(Entry);

impl Entry {
    fn of(record: Record) -> Option<Self> {
        let person = record.subjects.first()?.1;
        Some(Self {
            record: record.id,
            person,
            version: record.version,
            stage: record.stage,
            content: record.content,
            collected_at: record.collected_at,
            changed_at: record.changed_at,
            events: record.events,
            notes: record.notes,
            due_at: record.due_at,
        })
    }
}

/// The entries among some records that lie in one register.
fn entries(records: Vec<Record>, register: RegisterId) -> Vec<Entry> {
    records.into_iter().filter(|record| record.register == register).filter_map(Entry::of).collect()
}

/// What may be done with a register in the caller's role, for a page that offers it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct May {
    /// See the list.
    pub list: bool,
    /// See the entry of a person that one names.
    pub read: bool,
    /// Add an entry.
    pub add: bool,
    /// Correct an entry.
    pub correct: bool,
    /// Say that these events have happened: name and what the notice calls it.
    pub raise: Vec<(String, Bilingual)>,
    /// See what is kept about oneself.
    pub see_own: bool,
}

impl May {
    /// Whether the role has no part in the register at all.
    #[must_use]
    pub const fn is_nothing(&self) -> bool {
        !(self.list || self.read || self.add || self.correct || self.see_own) && self.raise.is_empty()
    }
}

/// What the caller's role may do with a register, whatever the single case.
#[must_use]
pub fn may(at: &Call<'_>, form: &Form) -> May {
    let may = |wanted: Wanted<'_>| uses::in_role(at, form, wanted).next().is_some();
    let policy = at.register.policy();
    let raised: Vec<&str> = form.events(policy).filter(|event| may(Wanted::Raise(event))).collect();
    let titled = raised.into_iter().filter_map(|name| {
        let event = policy.event(name)?;
        Some((name.to_owned(), event.said.title.clone()))
    });
    May {
        list: may(Wanted::Search),
        read: uses::reads_others(at, form),
        add: may(Wanted::Create),
        correct: may(Wanted::Correct),
        raise: titled.collect(),
        see_own: may(Wanted::Own),
    }
}

/// Asks leave under the uses that the role has for this, in the order of the notice, until one grants it.
fn leave<M: Mode, Own: Explain>(
    at: &Call<'_>,
    form: &Form,
    wanted: Wanted<'_>,
    target: Target,
) -> Result<Grant<M>, Error<Own>> {
    let mut refused = None;
    for use_name in uses::to_ask(at, form, wanted) {
        match at.ask::<M, Own>(use_name, target, None) {
            Err(Error::Refused(refusal)) => {
                refused.get_or_insert(Error::Refused(refusal));
            }
            answered => return answered,
        }
    }
    if let Some(refused) = refused {
        return Err(refused);
    }
    match uses::allowed_to_nobody(at, form) {
        Some(refusal) => Err(Error::Refused(Box::new(refusal))),
        None => Err(Error::Unavailable(register::Unavailable::Undeclared(form.name().to_owned()))),
    }
}

/// The fields that a grant covers of an entry that nobody has marked private.
fn covered<M: Mode>(at: &Call<'_>, form: &Form, grant: &Grant<M>) -> FieldMask {
    at.register.policy().fields(grant, form.id(), false)
}

/// The entry is closed, or the register cannot take the change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Closed {
    /// No such entry of this person here, or none that the caller may change.
    NoSuchEntry,
    /// It is blocked, restricted or handed over: nothing is changed in it any more.
    Closed,
}

impl Explain for Closed {
    fn code(&self) -> &'static str {
        match self {
            Self::NoSuchEntry => "no-such-entry",
            Self::Closed => "entry-closed",
        }
    }

    fn words(&self, lang: notice::Lang) -> String {
        let words = match (self, lang) {
            (Self::NoSuchEntry, notice::Lang::Da) => {
                "Det findes ikke, eller du må ikke ændre det. Åbn listen igen."
            }
            (Self::NoSuchEntry, notice::Lang::En) => {
                "There is no such entry, or you may not change it. Open the list again."
            }
            (Self::Closed, notice::Lang::Da) => {
                "Det er lukket og bliver kun opbevaret. Intet kan ændres i det."
            }
            (Self::Closed, notice::Lang::En) => "It is closed and only stored. Nothing in it can be changed.",
        };
        words.to_owned()
    }
}

/// The entry that is to be changed, if it is there and open.
fn open_entry<'a>(
    records: &'a [Record],
    form: &Form,
    id: Id<id::Record>,
) -> Result<&'a Record, Error<Closed>> {
    let found = records.iter().find(|record| record.id == id && record.register == form.id());
    let record = found.ok_or(Error::Not(Closed::NoSuchEntry))?;
    match record.stage {
        Stage::Open => Ok(record),
        Stage::Restricted | Stage::Blocked | Stage::Archived | Stage::Erased => {
            Err(Error::Not(Closed::Closed))
        }
    }
}

#[cfg(test)]
mod tests;
