//! Every version of an entry, with the notes that say what was wrong.

use notice::id::{self, Person};
use notice::{Id, Reading, Target};

use super::{Closed, Entry, Form, Wanted, entries, leave};
use crate::Call;

/// What is asked for.
#[derive(Clone, Copy, Debug)]
pub struct Request {
    /// The one whom it is about.
    pub person: Id<Person>,
    /// The entry.
    pub record: Id<id::Record>,
}

/// Why not.
pub type Error = crate::Error<Closed>;

/// Every version of an entry, the oldest first, the present one last.
///
/// # Errors
/// Refused, or there is no such entry.
pub fn run(at: &Call<'_>, form: &Form, request: Request) -> Result<Vec<Entry>, Error> {
    let target = Target::Record { person: request.person, record: request.record };
    let grant = leave::<Reading, Closed>(at, form, Wanted::Read, target)?;
    let versions = entries(at.register.read_versions(at.call, grant)?, form.id());
    if versions.is_empty() { Err(Error::Not(Closed::NoSuchEntry)) } else { Ok(versions) }
}
