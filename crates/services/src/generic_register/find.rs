//! Somebody sees the entries of one person.

use notice::id::Person;
use notice::{Id, Reading, Target};

use super::{Entry, Form, Wanted, entries, leave};
use crate::{Call, Nothing};

/// What is asked for.
#[derive(Clone, Copy, Debug)]
pub struct Request {
    /// The one whom they are about.
    pub person: Id<Person>,
}

/// Why not.
pub type Error = crate::Error;

/// The entries of one person. Whoever is unknown has none: the answer is the same.
///
/// # Errors
/// Refused.
pub fn run(at: &Call<'_>, form: &Form, request: Request) -> Result<Vec<Entry>, Error> {
    let grant = leave::<Reading, Nothing>(at, form, Wanted::Read, Target::Person(request.person))?;
    Ok(entries(at.register.read(at.call, grant)?, form.id()))
}
