//! A professional opens the card of a person whom she treats.

use notice::Id;
use notice::id::Person;

use super::MedicineCard;
use crate::Call;

/// Use of the notice.
pub const USE: &str = "fmk.read-card";

/// What is asked for.
#[derive(Clone, Debug)]
pub struct Request {
    /// Whose card.
    pub patient: Id<Person>,
}

/// Why not.
pub type Error = crate::Error;

/// A professional opens the card of a person whom she treats.
///
/// # Errors
/// Refused, or the register cannot answer.
pub fn run(at: &Call<'_>, request: Request) -> Result<MedicineCard, Error> {
    let _ = (at, request);
    Err(Error::Unavailable(register::Unavailable::Closing))
}
