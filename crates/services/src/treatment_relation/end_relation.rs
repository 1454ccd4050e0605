//! A treatment is over.

use notice::Id;
use notice::id::{self, Person};

use crate::Call;

/// Use of the notice.
pub const USE: &str = "nsp.end-treatment-relation";

/// What is asked for.
#[derive(Clone, Debug)]
pub struct Request {
    /// The patient.
    pub patient: Id<Person>,
    /// Which relation.
    pub relation: Id<id::Record>,
}

/// Why not.
pub type Error = crate::Error;

/// A treatment is over.
///
/// # Errors
/// Refused, or what was sent cannot be taken.
pub fn run(at: &Call<'_>, request: Request) -> Result<(), Error> {
    let _ = (at, request);
    Err(Error::Unavailable(register::Unavailable::Closing))
}
