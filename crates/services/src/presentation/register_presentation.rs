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
    let caller = &at.call.caller;
    // A pharmacy is an organisation; without one the notice's condition can never hold afterwards, and nothing is opened.
    let pharmacy = caller.actor.organisation.unwrap_or(Id::from_bits(0));
    let name = caller.organisation_name.as_deref().unwrap_or_default();
    super::present::write(at, USE, request.person, pharmacy, name, caller.actor.person)
}
