//! A citizen of 15 or more blocks a professional, an organisation or everyone.

use jiff::Timestamp;

use super::{Block, What};
use crate::Call;
use crate::Whom;

/// Use of the notice.
pub const USE: &str = "nsp.block";

/// What is asked for.
#[derive(Clone, Debug)]
pub struct Request {
    /// Who is to be kept out.
    pub whom: Whom,
    /// From what.
    pub what: What,
    /// From when; from now on if `None`.
    pub from: Option<Timestamp>,
    /// Until when; open if `None`.
    pub until: Option<Timestamp>,
}

/// Why not.
pub type Error = crate::Error;

/// A citizen of 15 or more blocks a professional, an organisation or everyone.
///
/// # Errors
/// Refused, or what was sent cannot be taken.
pub fn run(at: &Call<'_>, request: Request) -> Result<Block, Error> {
    let _ = (at, request);
    Err(Error::Unavailable(register::Unavailable::Closing))
}
