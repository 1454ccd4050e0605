//! A citizen sees which pharmacies may see her prescriptions.

use jiff::Timestamp;
use notice::Id;
use notice::id::{self, Person};

use crate::Call;

/// Use of the notice.
pub const USE: &str = "nsp.read-own-blocks";

/// What is asked for.
#[derive(Clone, Debug)]
pub struct Request {
    /// Whose: the caller herself, her child under 15, or the person she represents.
    pub person: Id<Person>,
}

/// A presentation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Presentation {
    /// The record.
    pub id: Id<id::Record>,
    /// Name of the pharmacy.
    pub pharmacy_name: String,
    /// From when.
    pub from: Timestamp,
    /// Until when.
    pub until: Timestamp,
}

/// Why not.
pub type Error = crate::Error;

/// A citizen sees which pharmacies may see her prescriptions.
///
/// # Errors
/// Refused, or what was sent cannot be taken.
pub fn run(at: &Call<'_>, request: Request) -> Result<Vec<Presentation>, Error> {
    let _ = (at, request);
    Err(Error::Unavailable(register::Unavailable::Closing))
}
