//! A citizen blocks a professional, an organisation or everyone, for herself, her child under 15 or the person she represents.

use jiff::Timestamp;
use notice::id::Person;
use notice::{Id, Target};

use register::Change;

use super::{Block, REGISTER, What};
use crate::Call;
use crate::Whom;
use crate::agreement::Agreement;
use crate::check::Check;

/// Use of the notice.
pub const USE: &str = "nsp.block";

/// What is asked for.
#[derive(Clone, Debug)]
pub struct Request {
    /// Whose: the caller herself, her child under 15, or the person she represents.
    pub person: Id<Person>,
    /// Who is to be kept out.
    pub whom: Whom,
    /// From what.
    pub what: What,
    /// From when; from now on if `None`.
    pub from: Option<Timestamp>,
    /// Until when; open if `None`.
    pub until: Option<Timestamp>,
}

/// Why not.
pub type Error = crate::Error;

/// A citizen blocks a professional, an organisation or everyone, for herself, her child under 15 or the person she represents.
///
/// # Errors
/// Refused, or what was sent cannot be taken.
pub fn run(at: &Call<'_>, request: Request) -> Result<Block, Error> {
    let from = request.from.unwrap_or(at.now());
    let agreement = Agreement {
        register: REGISTER,
        person: request.person,
        whom: &request.whom,
        what: request.what.word(),
        from,
        until: request.until,
        events: request.until.map(|until| (super::LIFTED.to_owned(), until)).into_iter().collect(),
    };
    let mut check = Check::default();
    agreement.check(at, &mut check);
    check.done()?;
    let id = at.new_id();
    let draft = agreement.draft(id);
    at.change(USE, Target::Person(request.person), None, |_| {
        Ok((vec![Change::Create(Box::new(draft.clone()))], ()))
    })?;
    Ok(Block { id, whom: request.whom, what: request.what, from, until: request.until })
}
