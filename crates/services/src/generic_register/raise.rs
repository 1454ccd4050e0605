//! Somebody says that a declared event has happened to an entry, from which its clock counts.

use jiff::Timestamp;
use notice::id::{self, Person};
use notice::{Id, Target, Writing};
use register::Change;

use super::{Closed, Form, Wanted, leave, open_entry};
use crate::{Call, Problem};

/// What is asked for.
#[derive(Clone, Debug)]
pub struct Request {
    /// The one whom it is about.
    pub person: Id<Person>,
    /// The entry.
    pub record: Id<id::Record>,
    /// Full name of the event, such as `member.ended`.
    pub event: String,
    /// When it happened; now if `None`.
    pub happened_at: Option<Timestamp>,
}

/// Why not.
pub type Error = crate::Error<Closed>;

/// Somebody says that a declared event has happened.
///
/// # Errors
/// Refused, what was sent cannot be taken, or the entry is closed.
pub fn run(at: &Call<'_>, form: &Form, request: Request) -> Result<(), Error> {
    let target = Target::Record { person: request.person, record: request.record };
    let grant = leave::<Writing, Closed>(at, form, Wanted::Raise(&request.event), target)?;
    let happened_at = request.happened_at.unwrap_or_else(|| at.now());
    check(at, form, &request.event, happened_at)?;
    at.change_under(grant, |records| {
        let record = open_entry(records, form, request.record)?;
        let event = request.event.clone();
        Ok((vec![Change::Raise { record: record.id, event, at: happened_at }], ()))
    })
}

fn check(at: &Call<'_>, form: &Form, event: &str, happened_at: Timestamp) -> Result<(), Error> {
    let policy = at.register.policy();
    let known = form.events(policy).any(|known| known == event);
    let role = policy.role(at.call.caller.actor.role);
    let mine = policy.event(event).is_some_and(|declared| {
        role.is_some_and(|role| declared.roles.iter().any(|one| role.is.contains(one)))
    });
    let mut problems = Vec::new();
    if !known || !mine {
        problems.push(Problem::new(
            "event",
            "not-yours-to-raise",
            "Privatlivspolitikken lader dig ikke skrive denne hændelse.",
            "The privacy notice does not let you write this event.",
        ));
    }
    if happened_at > at.now() {
        problems.push(Problem::new(
            "happened_at",
            "in-the-future",
            "Det er ikke sket endnu. Ret dagen.",
            "It has not happened yet. Correct the day.",
        ));
    }
    if problems.is_empty() { Ok(()) } else { Err(Error::Invalid(problems)) }
}
