//! A pharmacy registers that a person stands at its counter and asks for her medicine.

use notice::Id;
use notice::id::Person;

pub use super::present::Output;
use crate::Call;

/// Use of the notice.
pub const USE: &str = "nsp.register-presentation";

/// What is asked for.
#[derive(Clone, Debug)]
pub struct Request {
    /// The person.
    pub person: Id<Person>,
}

/// Why not.
pub type Error = crate::Error;

/// A pharmacy registers that a person stands at its counter and asks for her medicine.
///
/// # Errors
/// Refused, or what was sent cannot be taken.
pub fn run(at: &Call<'_>, request: Request) -> Result<Output, Error> {
    let _ = (at, request);
    Err(Error::Unavailable(register::Unavailable::Closing))
}
