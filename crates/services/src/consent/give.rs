//! A citizen gives a consent for a time.

use jiff::Timestamp;
use notice::Id;
use notice::id::Person;

use super::Consent;
use crate::Call;
use crate::Whom;

/// Use of the notice.
pub const USE: &str = "nsp.give-consent";

/// What is asked for.
#[derive(Clone, Debug)]
pub struct Request {
    /// Whose: the caller herself, her child under 15, or the person she represents.
    pub person: Id<Person>,
    /// Who may see; one professional or organisation.
    pub whom: Whom,
    /// From when; from now on if `None`.
    pub from: Option<Timestamp>,
    /// Until when. A consent has an end.
    pub until: Timestamp,
}

/// Why not.
pub type Error = crate::Error;

/// A citizen gives a consent for a time.
///
/// # Errors
/// Refused, or what was sent cannot be taken.
pub fn run(at: &Call<'_>, request: Request) -> Result<Consent, Error> {
    let _ = (at, request);
    Err(Error::Unavailable(register::Unavailable::Closing))
}
