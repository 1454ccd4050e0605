//! A professional sees her own authorisations.

use notice::Target;

use super::{Professional, REGISTER};
use crate::Call;

/// Use of the notice.
pub const USE: &str = "nsp.read-own-professional";

/// What is asked for.
#[derive(Clone, Debug)]
pub struct Request {}

/// Why not.
pub type Error = crate::Error;

/// A professional sees her own authorisations.
///
/// # Errors
/// Refused, or what was sent cannot be taken.
pub fn run(at: &Call<'_>, Request {}: Request) -> Result<Vec<Professional>, Error> {
    let records = at.read(USE, Target::Person(at.me()), None)?;
    let own = records.iter().filter(|record| at.is_in(record, REGISTER)).map(Professional::of);
    Ok(own.collect::<Result<Vec<_>, _>>()?)
}
