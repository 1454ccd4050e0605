//! Source systems send treatment relations, many at a time.

use super::register_relation;
use crate::Call;

/// Use of the notice.
pub const USE: &str = "nsp.import-relation";

/// What is asked for.
#[derive(Clone, Debug)]
pub struct Request {
    /// Who treats whom.
    pub relations: Vec<register_relation::Request>,
}

/// Why not.
pub type Error = crate::Error;

/// Source systems send treatment relations, many at a time.
///
/// # Errors
/// Refused, or what was sent cannot be taken.
pub fn run(at: &Call<'_>, request: Request) -> Result<usize, Error> {
    let _ = (at, request);
    Err(Error::Unavailable(register::Unavailable::Closing))
}
