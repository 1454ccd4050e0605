//! A citizen blocks a professional, an organisation or everyone, for herself, her child under 15 or the person she represents.

use jiff::Timestamp;
use notice::Id;
use notice::id::Person;

use super::{Block, What};
use crate::Call;
use crate::Whom;

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
    let _ = (at, request);
    Err(Error::Unavailable(register::Unavailable::Closing))
}
