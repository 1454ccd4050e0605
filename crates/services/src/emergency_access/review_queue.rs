//! A reviewer sees which emergency accesses nobody has looked at, the oldest first.

use super::EmergencyAccess;
use crate::Call;

/// Use of the notice.
pub const USE: &str = "nsp.review-emergency-access";

/// What is asked for.
#[derive(Clone, Debug)]
pub struct Request {}

/// Why not.
pub type Error = crate::Error;

/// A reviewer sees which emergency accesses nobody has looked at, the oldest first.
///
/// # Errors
/// Refused, or what was sent cannot be taken.
pub fn run(at: &Call<'_>, request: Request) -> Result<Vec<EmergencyAccess>, Error> {
    let _ = (at, request);
    Err(Error::Unavailable(register::Unavailable::Closing))
}
