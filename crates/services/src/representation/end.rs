//! A citizen takes a power of attorney back.

use notice::Id;
use notice::id::{self, Person};

use super::ENDED;
use crate::{Call, NoSuchRecord, agreement};

/// Use of the notice.
pub const USE: &str = "nsp.end-representation";

/// What is asked for.
#[derive(Clone, Debug)]
pub struct Request {
    /// Who has given it: the caller.
    pub person: Id<Person>,
    /// Which.
    pub representation: Id<id::Record>,
}

/// Why not.
pub type Error = crate::Error<NoSuchRecord>;

/// A citizen takes a power of attorney back.
///
/// # Errors
/// Refused, or there is none such.
pub fn run(at: &Call<'_>, request: Request) -> Result<(), Error> {
    let no_such = || Error::Not(NoSuchRecord);
    agreement::end(at, USE, request.person, request.representation, ENDED, no_such)
}
