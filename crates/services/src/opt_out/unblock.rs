//! Whoever can block can lift the block.

use notice::Id;
use notice::id::{self, Person};

use crate::{Call, NoSuchRecord, agreement};

/// Use of the notice.
pub const USE: &str = "nsp.unblock";

/// What is asked for.
#[derive(Clone, Debug)]
pub struct Request {
    /// Whose: the caller herself, her child under 15, or the person she represents.
    pub person: Id<Person>,
    /// Which.
    pub block: Id<id::Record>,
}

/// Why not.
pub type Error = crate::Error<NoSuchRecord>;

/// Whoever can block can lift the block.
///
/// # Errors
/// Refused, or what was sent cannot be taken.
pub fn run(at: &Call<'_>, request: Request) -> Result<(), Error> {
    let no_such = || Error::Not(NoSuchRecord);
    agreement::end(at, USE, request.person, request.block, super::LIFTED, no_such)
}
