//! A parent sees who looked at the data of a child under 15. Where the child was treated is withheld.

use notice::Id;
use notice::id::Person;

use super::{Log, Shown};
use crate::Call;

/// Use of the notice.
pub const USE: &str = "nsp.read-child-log";

/// What is asked for.
#[derive(Clone, Debug)]
pub struct Request {
    /// The child.
    pub child: Id<Person>,
    /// Lines before this number; the latest if `None`.
    pub before: Option<u64>,
    /// How many at most, up to 500.
    pub limit: usize,
}

/// Why not.
pub type Error = crate::Error;

/// A parent sees who looked at the data of a child under 15. Where the child was treated is withheld.
///
/// # Errors
/// Refused, or what was sent cannot be taken.
pub fn run(at: &Call<'_>, request: Request) -> Result<Log, Error> {
    super::about(at, USE, request.child, (request.before, request.limit), Shown::WithoutWhoAndWhere)
}
