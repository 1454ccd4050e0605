//! A citizen sees for which children she may look: in her custody, under 15, born in May 2004 or later.

use jiff::Timestamp;
use notice::Id;
use notice::id::Person;

use crate::Call;

/// Use of the notice.
pub const USE: &str = "nsp.my-children";

/// What is asked for.
#[derive(Clone, Debug)]
pub struct Request {}

/// A child for whom the caller may look.
#[derive(Clone)]
pub struct Child {
    /// The child.
    pub person: Id<Person>,
    /// Name.
    pub name: String,
    /// Until when the caller may look: the 15th birthday, or earlier.
    pub until: Option<Timestamp>,
}
crate::redacted::redacted!(Child);

/// Why not.
pub type Error = crate::Error;

/// A citizen sees for which children she may look: in her custody, under 15, born in May 2004 or later.
///
/// # Errors
/// Refused, or what was sent cannot be taken.
pub fn run(at: &Call<'_>, request: Request) -> Result<Vec<Child>, Error> {
    let _ = (at, request);
    Err(Error::Unavailable(register::Unavailable::Closing))
}
