//! Somebody with a power of attorney sees who looked at the data of the person represented.

use notice::Id;
use notice::id::Person;

use super::{Log, Shown};
use crate::Call;

/// Use of the notice.
pub const USE: &str = "nsp.read-represented-log";

/// What is asked for.
#[derive(Clone, Debug)]
pub struct Request {
    /// The person represented.
    pub person: Id<Person>,
    /// Lines before this number; the latest if `None`.
    pub before: Option<u64>,
    /// How many at most, up to 500.
    pub limit: usize,
}

/// Why not.
pub type Error = crate::Error;

/// Somebody with a power of attorney sees who looked at the data of the person represented.
///
/// # Errors
/// Refused, or what was sent cannot be taken.
pub fn run(at: &Call<'_>, request: Request) -> Result<Log, Error> {
    super::about(at, USE, request.person, (request.before, request.limit), Shown::Whole)
}
