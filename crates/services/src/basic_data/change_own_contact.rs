//! A citizen changes what she says of herself: telephone, relatives, a temporary address, languages.

use super::{Basic, Contact};
use crate::Call;

/// Use of the notice.
pub const USE: &str = "nsp.change-own-contact";

/// What is asked for.
#[derive(Clone, Debug)]
pub struct Request {
    /// All of it as it shall be; what is left out is removed.
    pub contact: Contact,
}

/// Why not.
pub type Error = crate::Error;

/// A citizen changes what she says of herself: telephone, relatives, a temporary address, languages.
///
/// # Errors
/// Refused, or what was sent cannot be taken.
pub fn run(at: &Call<'_>, request: Request) -> Result<Basic, Error> {
    let _ = (at, request);
    Err(Error::Unavailable(register::Unavailable::Closing))
}
