//! The civil register sends who has custody of which child, many at a time.

use jiff::Timestamp;
use jiff::civil::Date;
use notice::Id;
use notice::id::{self, Person};

use crate::Call;

/// Use of the notice.
pub const USE: &str = "nsp.register-custody";

/// What is asked for.
#[derive(Clone, Debug)]
pub struct Request {
    /// Who has custody of whom.
    pub custodies: Vec<NewCustody>,
}

/// Who has custody of a child. It opens nothing from the 15th birthday on.
#[derive(Clone)]
pub struct NewCustody {
    /// The child.
    pub child: Id<Person>,
    /// The child's date of birth.
    pub child_birth_date: Date,
    /// The child's name.
    pub child_name: String,
    /// Who has it.
    pub holder: Id<Person>,
    /// The holder's name.
    pub holder_name: String,
    /// From when.
    pub from: Timestamp,
}
crate::redacted::redacted!(NewCustody);

/// Why not.
pub type Error = crate::Error;

/// The civil register sends who has custody of which child, many at a time.
///
/// # Errors
/// Refused, or what was sent cannot be taken.
pub fn run(at: &Call<'_>, request: Request) -> Result<Vec<Id<id::Record>>, Error> {
    let _ = (at, request);
    Err(Error::Unavailable(register::Unavailable::Closing))
}
