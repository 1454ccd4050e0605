//! A prescriber calls a prescription off: nothing more is handed over on it.

use notice::Id;
use notice::id::{self, Person};

use super::{CardError, Prescription};
use crate::Call;

/// Use of the notice.
pub const USE: &str = "fmk.cancel-prescription";

/// What is asked for.
#[derive(Clone, Debug)]
pub struct Request {
    /// Whose card.
    pub patient: Id<Person>,
    /// Which prescription.
    pub prescription: Id<id::Record>,
    /// The version of the prescription that was read.
    pub version: u32,
    /// Why.
    pub reason: String,
}

/// Why not.
pub type Error = CardError;

/// Calls it off.
///
/// # Errors
/// Refused, in conflict with somebody else's change, or not open any more.
pub fn run(at: &Call<'_>, request: Request) -> Result<Prescription, Error> {
    let _ = (at, request);
    Err(Error::Unavailable(register::Unavailable::Closing))
}
