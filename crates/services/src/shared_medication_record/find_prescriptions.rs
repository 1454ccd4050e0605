//! A pharmacy finds the open prescriptions of a person who stands at the counter.

use notice::Id;
use notice::id::Person;

use super::Prescription;
use crate::Call;

/// Use of the notice.
pub const USE: &str = "fmk.find-prescriptions";

/// What is asked for.
#[derive(Clone, Debug)]
pub struct Request {
    /// Who stands at the counter.
    pub patient: Id<Person>,
}

/// What the pharmacy may see.
#[derive(Clone, Debug)]
pub struct Output {
    /// The person.
    pub patient: Id<Person>,
    /// Open and pending ones, the latest first.
    pub prescriptions: Vec<Prescription>,
}

/// Why not.
pub type Error = crate::Error;

/// Finds what may be handed over now or soon.
///
/// # Errors
/// Refused, or the register cannot answer.
pub fn run(at: &Call<'_>, request: Request) -> Result<Output, Error> {
    let _ = (at, request);
    Err(Error::Unavailable(register::Unavailable::Closing))
}
