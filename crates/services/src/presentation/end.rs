//! A pharmacy has served the prescriptions: it sees them no longer.

use notice::Id;
use notice::id::{self, Person};

use crate::{Call, NoSuchRecord, agreement};

/// Use of the notice.
pub const USE: &str = "nsp.end-presentation";

/// What is asked for.
#[derive(Clone, Debug)]
pub struct Request {
    /// The person.
    pub person: Id<Person>,
    /// Which.
    pub presentation: Id<id::Record>,
}

/// Why not.
pub type Error = crate::Error<NoSuchRecord>;

/// A pharmacy has served the prescriptions: it sees them no longer.
///
/// # Errors
/// Refused, or what was sent cannot be taken.
pub fn run(at: &Call<'_>, request: Request) -> Result<(), Error> {
    let no_such = || Error::Not(NoSuchRecord);
    agreement::end(at, USE, request.person, request.presentation, "presentation.ended", no_such)
}
