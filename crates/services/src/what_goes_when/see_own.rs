//! A citizen sees what is held about her, when it goes, and why it is kept till then.

use super::PlanOfErasure;
use crate::Call;

/// Use of the notice.
pub const USE: &str = "nsp.read-own-plan-of-erasure";

/// What is asked for.
#[derive(Clone, Debug)]
pub struct Request {}

/// Why not.
pub type Error = crate::Error;

/// A citizen sees what is held about her, when it goes, and why it is kept till then.
///
/// # Errors
/// Refused, or what was sent cannot be taken.
pub fn run(at: &Call<'_>, request: Request) -> Result<PlanOfErasure, Error> {
    let _ = (at, request);
    Err(Error::Unavailable(register::Unavailable::Closing))
}
