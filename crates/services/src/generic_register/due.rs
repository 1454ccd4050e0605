//! When each entry goes, and why not before.

use std::collections::BTreeSet;

use jiff::Timestamp;
use notice::clock::Verb;
use notice::id::{self, Person};
use notice::{Bilingual, Id, Policy, Reading, Target};
use register::{Clocked, Slice};

use super::list::{self, Which};
use super::{Entry, Form, Wanted, leave};
use crate::{Call, Nothing, why};

/// What is asked for.
#[derive(Clone, Copy, Debug)]
pub struct Request {
    /// Whose.
    pub of: Of,
}

/// Whose entries.
#[derive(Clone, Copy, Debug)]
pub enum Of {
    /// Those of one person.
    Person(Id<Person>),
    /// Those on a page of the list.
    Part(Slice),
}

/// An entry and its day.
#[derive(Clone)]
pub struct Due {
    /// The record.
    pub record: Id<id::Record>,
    /// The one whom it is about.
    pub person: Id<Person>,
    /// When something happens to it; `None` until an event has happened.
    pub due_at: Option<Timestamp>,
    /// What happens then.
    pub happens: Option<Verb>,
    /// Why it is kept till then.
    pub why: Bilingual,
}
crate::redacted::redacted!(Due);

/// What goes when.
pub struct Output {
    /// The entries of the page; none where one person was asked for.
    pub entries: Vec<Entry>,
    /// When each goes.
    pub due: Vec<Due>,
    /// Whether there is another page.
    pub more: bool,
}

/// Why not.
pub type Error = crate::Error;

/// When each entry goes and why not before, the first of the page to go first. Each person on the page has a line in the log.
///
/// # Errors
/// Refused.
pub fn run(at: &Call<'_>, form: &Form, request: Request) -> Result<Output, Error> {
    let (people, listed) = match request.of {
        Of::Person(person) => (BTreeSet::from([person]), None),
        Of::Part(part) => {
            let listed = list::run(at, form, list::Request { which: Which::Part(part) })?;
            (listed.entries.iter().map(|entry| entry.person).collect::<BTreeSet<_>>(), Some(listed))
        }
    };
    let mut due = Vec::new();
    for person in people {
        let grant = leave::<Reading, Nothing>(at, form, Wanted::Read, Target::Person(person))?;
        due.extend(of(at.register.policy(), form, at.register.read_clocks(at.call, grant)?));
    }
    let (entries, more) = listed.map_or_else(Default::default, |listed| {
        // Another entry of the same person stands on its own page.
        let here: BTreeSet<_> = listed.entries.iter().map(|entry| entry.record).collect();
        due.retain(|one| here.contains(&one.record));
        (listed.entries, listed.more)
    });
    due.sort_by_key(|one| (one.due_at.is_none(), one.due_at));
    Ok(Output { entries, due, more })
}

/// The days of the entries of one register.
pub(super) fn of(policy: &Policy, form: &Form, clocked: Vec<Clocked>) -> Vec<Due> {
    let own = clocked.iter().filter(|one| one.record.register == form.id());
    own.filter_map(|one| {
        let next = one.stages.iter().find(|stage| !stage.status.is_over());
        Some(Due {
            record: one.record.id,
            person: one.record.subjects.first()?.1,
            due_at: next.and_then(|stage| stage.status.date()),
            happens: next.map(|stage| stage.verb),
            why: why::of(policy, one, next),
        })
    })
    .collect()
}
