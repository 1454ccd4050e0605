//! A reviewer has looked at an emergency access.

use notice::Id;
use notice::id::{self, Person};
use register::Personal;

use crate::Call;

/// Use of the notice.
pub const USE: &str = "nsp.review-emergency-access";

/// What is asked for.
#[derive(Clone, Debug)]
pub struct Request {
    /// Whose data.
    pub patient: Id<Person>,
    /// Which.
    pub access: Id<id::Record>,
    /// What was found.
    pub verdict: Verdict,
    /// In the reviewer's words; the person reads it.
    pub note: Personal<String>,
}

/// What the reviewer found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It was needed.
    Justified,
    /// It was not; the employer is told and the line is kept for five years.
    NotJustified,
}

/// Why not.
pub type Error = crate::Error;

/// A reviewer has looked at an emergency access.
///
/// # Errors
/// Refused, or what was sent cannot be taken.
pub fn run(at: &Call<'_>, request: Request) -> Result<(), Error> {
    let _ = (at, request);
    Err(Error::Unavailable(register::Unavailable::Closing))
}
