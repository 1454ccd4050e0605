//! A professional sees whom she treats today.

use jiff::Timestamp;
use jiff::civil::Date;
use notice::Id;
use notice::id::Person;

use super::{Kind, Source};
use crate::Call;

/// Use of the notice.
pub const USE: &str = "nsp.my-patients-today";

/// What is asked for.
#[derive(Clone, Debug)]
pub struct Request {}

/// A patient of today.
#[derive(Clone)]
pub struct Patient {
    /// The person.
    pub person: Id<Person>,
    /// Name; `None` where it is not known or protected.
    pub name: Option<String>,
    /// Birth date.
    pub birth_date: Option<Date>,
    /// Since when.
    pub since: Timestamp,
    /// Until when.
    pub until: Option<Timestamp>,
    /// What for.
    pub kind: Kind,
    /// From where it is known.
    pub source: Source,
}
crate::redacted::redacted!(Patient);

/// Why not.
pub type Error = crate::Error;

/// A professional sees whom she treats today.
///
/// # Errors
/// Refused, or what was sent cannot be taken.
pub fn run(at: &Call<'_>, request: Request) -> Result<Vec<Patient>, Error> {
    let _ = (at, request);
    Err(Error::Unavailable(register::Unavailable::Closing))
}
