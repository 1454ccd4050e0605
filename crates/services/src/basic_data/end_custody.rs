//! The civil register reports that custody ended.

use jiff::Timestamp;
use notice::Id;
use notice::id::{self, Person};

use crate::Call;

/// Use of the notice.
pub const USE: &str = "nsp.register-custody";

/// What is asked for.
#[derive(Clone, Debug)]
pub struct Request {
    /// The child.
    pub child: Id<Person>,
    /// Which custody.
    pub custody: Id<id::Record>,
    /// When it ended; at noon means that a look at one second past noon is refused.
    pub at: Timestamp,
}

/// Why not.
pub type Error = crate::Error;

/// The civil register reports that custody ended.
///
/// # Errors
/// Refused, or what was sent cannot be taken.
pub fn run(at: &Call<'_>, request: Request) -> Result<(), Error> {
    let _ = (at, request);
    Err(Error::Unavailable(register::Unavailable::Closing))
}
