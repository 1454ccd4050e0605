//! A citizen sees her own card.

use notice::Target;

use super::MedicineCard;
use crate::Call;

/// Use of the notice.
pub const USE: &str = "fmk.read-own-card";

/// What is asked for.
#[derive(Clone, Debug)]
pub struct Request {}

/// Why not.
pub type Error = crate::Error;

/// A citizen sees her own card.
///
/// # Errors
/// Refused, or the register cannot answer.
pub fn run(at: &Call<'_>, Request {}: Request) -> Result<MedicineCard, Error> {
    let records = at.read(USE, Target::Person(at.me()), None)?;
    Ok(MedicineCard::of(at, at.me(), &records)?)
}
