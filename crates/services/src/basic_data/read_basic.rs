//! A professional sees basic data of a person whom she treats.

use notice::Id;
use notice::id::Person;

use super::Basic;
use crate::Call;

/// Use of the notice.
pub const USE: &str = "nsp.read-basic";

/// What is asked for.
#[derive(Clone, Debug)]
pub struct Request {
    /// Whose.
    pub person: Id<Person>,
}

/// Why not.
pub type Error = crate::Error;

/// A professional sees basic data of a person whom she treats.
///
/// # Errors
/// Refused, or what was sent cannot be taken.
pub fn run(at: &Call<'_>, request: Request) -> Result<Basic, Error> {
    let _ = (at, request);
    Err(Error::Unavailable(register::Unavailable::Closing))
}
