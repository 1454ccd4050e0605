//! A second step of its own: what is marked private, under emergency access, with a reason of its own.

use notice::Id;
use notice::id::Person;
use register::Personal;

use super::MedicineCard;
use crate::Call;

/// Use of the notice.
pub const USE: &str = "fmk.emergency-read-private";

/// What is asked for.
#[derive(Clone, Debug)]
pub struct Request {
    /// Whose card.
    pub patient: Id<Person>,
    /// Why what is private must be seen; the person reads it.
    pub reason: Personal<String>,
}

/// Why not.
pub type Error = crate::Error;

/// A second step of its own: what is marked private, under emergency access, with a reason of its own.
///
/// # Errors
/// Refused, or the register cannot answer.
pub fn run(at: &Call<'_>, request: Request) -> Result<MedicineCard, Error> {
    let _ = (at, request);
    Err(Error::Unavailable(register::Unavailable::Closing))
}
