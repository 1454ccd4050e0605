//! A citizen lifts a block.

use notice::Id;
use notice::id;

use crate::Call;

/// Use of the notice.
pub const USE: &str = "nsp.unblock";

/// What is asked for.
#[derive(Clone, Debug)]
pub struct Request {
    /// Which.
    pub block: Id<id::Record>,
}

/// Why not.
pub type Error = crate::Error;

/// A citizen lifts a block.
///
/// # Errors
/// Refused, or what was sent cannot be taken.
pub fn run(at: &Call<'_>, request: Request) -> Result<(), Error> {
    let _ = (at, request);
    Err(Error::Unavailable(register::Unavailable::Closing))
}
