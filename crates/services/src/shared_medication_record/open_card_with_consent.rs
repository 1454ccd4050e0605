//! A professional opens the whole card, private marks included, with the consent that the person gives.

use notice::id::Person;
use notice::{Id, Target};

use super::MedicineCard;
use crate::Call;

/// Use of the notice.
pub const USE: &str = "fmk.read-with-consent";

/// What is asked for.
#[derive(Clone, Debug)]
pub struct Request {
    /// Whose card.
    pub patient: Id<Person>,
}

/// Why not.
pub type Error = crate::Error;

/// A professional opens the whole card, private marks included, with the consent that the person gives.
///
/// # Errors
/// Refused, or the register cannot answer.
pub fn run(at: &Call<'_>, request: Request) -> Result<MedicineCard, Error> {
    let records = at.read(USE, Target::Person(request.patient), None)?;
    Ok(MedicineCard::of(at, request.patient, &records)?)
}
