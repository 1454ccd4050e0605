//! A parent sees the card of a child under 15.

use notice::id::Person;
use notice::{Id, Target};

use super::MedicineCard;
use crate::Call;

/// Use of the notice.
pub const USE: &str = "fmk.read-child-card";

/// What is asked for.
#[derive(Clone, Debug)]
pub struct Request {
    /// Whose card.
    pub child: Id<Person>,
}

/// Why not.
pub type Error = crate::Error;

/// A parent sees the card of a child under 15.
///
/// # Errors
/// Refused, or the register cannot answer.
pub fn run(at: &Call<'_>, request: Request) -> Result<MedicineCard, Error> {
    let records = at.read(USE, Target::Person(request.child), None)?;
    Ok(MedicineCard::of(at, request.child, &records)?)
}
