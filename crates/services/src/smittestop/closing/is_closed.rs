//! Whether it was decided that the app is no longer needed: from then on nothing is taken in.

use notice::Target;

use super::decision;
use crate::{Call, Error, Explain};

/// Use of the notice.
pub const USE: &str = "sst.is-closed";

/// Whether it was decided that the app is no longer needed.
///
/// # Errors
/// Refused, or the register cannot answer.
pub fn run<Own: Explain>(at: &Call<'_>) -> Result<bool, Error<Own>> {
    let found = at.read::<Own>(USE, Target::Person(decision(at.register)?), None)?;
    Ok(!found.is_empty())
}
