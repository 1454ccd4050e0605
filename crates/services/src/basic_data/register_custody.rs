//! The civil register sends who has custody of a child, or that it has ended.

use jiff::Timestamp;
use jiff::civil::Date;
use notice::Id;
use notice::id::{self, Person};
use register::Personal;

use crate::Call;

/// Use of the notice.
pub const USE: &str = "nsp.register-custody";

/// What is asked for.
#[derive(Clone, Debug)]
pub struct Request {
    /// The child.
    pub child: Id<Person>,
    /// The child's date of birth; custody opens nothing from the 15th birthday on.
    pub child_birth_date: Date,
    /// The child's name.
    pub child_name: Personal<String>,
    /// What is registered.
    pub custody: Custody,
}

/// What is registered.
#[derive(Clone, Debug)]
pub enum Custody {
    /// It begins.
    Begins {
        /// Who has it.
        holder: Id<Person>,
        /// The holder's name.
        holder_name: Personal<String>,
        /// From when.
        from: Timestamp,
    },
    /// It ends.
    Ends {
        /// Which.
        custody: Id<id::Record>,
        /// When.
        at: Timestamp,
    },
}

/// Why not.
pub type Error = crate::Error;

/// The civil register sends who has custody of a child, or that it has ended.
///
/// # Errors
/// Refused, or what was sent cannot be taken.
pub fn run(at: &Call<'_>, request: Request) -> Result<Id<id::Record>, Error> {
    let _ = (at, request);
    Err(Error::Unavailable(register::Unavailable::Closing))
}
