//! Somebody with a power of attorney sees the card of the person represented.

use notice::Id;
use notice::id::Person;

use super::MedicineCard;
use crate::Call;

/// Use of the notice.
pub const USE: &str = "fmk.read-represented-card";

/// What is asked for.
#[derive(Clone, Debug)]
pub struct Request {
    /// Whose card.
    pub person: Id<Person>,
}

/// Why not.
pub type Error = crate::Error;

/// Somebody with a power of attorney sees the card of the person represented.
///
/// # Errors
/// Refused, or the register cannot answer.
pub fn run(at: &Call<'_>, request: Request) -> Result<MedicineCard, Error> {
    let _ = (at, request);
    Err(Error::Unavailable(register::Unavailable::Closing))
}
