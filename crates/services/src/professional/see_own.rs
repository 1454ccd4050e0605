//! A professional sees her own authorisations.

use super::Professional;
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
pub fn run(at: &Call<'_>, request: Request) -> Result<Vec<Professional>, Error> {
    let _ = (at, request);
    Err(Error::Unavailable(register::Unavailable::Closing))
}
