//! A second step of its own: what is marked private, under emergency access, with a reason of its own.

use notice::id::Person;
use notice::{Id, Target};
use register::Personal;

use super::MedicineCard;
use crate::Call;
use crate::check::Check;
use crate::check::REASON_LETTERS_MIN;

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
    let mut check = Check::default();
    check.letters("reason", request.reason.reveal(), REASON_LETTERS_MIN);
    check.done()?;
    let records = at.read(USE, Target::Person(request.patient), Some(&request.reason))?;
    Ok(MedicineCard::of(at, request.patient, &records)?)
}
