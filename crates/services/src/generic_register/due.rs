//! When each entry goes, and why not before.

use std::collections::BTreeSet;

use jiff::Timestamp;
use notice::clock::Verb;
use notice::id::{self, Person};
use notice::{Bilingual, Id, Policy, Reading, Target};
use register::Clocked;

use super::{Form, Wanted, leave, list};
use crate::{Call, Nothing, why};

/// What is asked for.
#[derive(Clone, Copy, Debug, Default)]
pub struct Request {
    /// The entries of one person; everybody's if `None`.
    pub person: Option<Id<Person>>,
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

/// Why not.
pub type Error = crate::Error;

/// When each entry goes and why not before, the first to go first.
///
/// # Errors
/// Refused.
pub fn run(at: &Call<'_>, form: &Form, request: Request) -> Result<Vec<Due>, Error> {
    let people: BTreeSet<Id<Person>> = match request.person {
        Some(person) => BTreeSet::from([person]),
        None => list::run(at, form, list::Request::default())?.iter().map(|entry| entry.person).collect(),
    };
    let mut due = Vec::new();
    for person in people {
        let grant = leave::<Reading, Nothing>(at, form, Wanted::Read, Target::Person(person))?;
        due.extend(of(at.register.policy(), form, at.register.read_clocks(at.call, grant)?));
    }
    due.sort_by_key(|one| (one.due_at.is_none(), one.due_at));
    Ok(due)
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
