//! A phone exchanges its token for what a certificate says. What ties the certificate to keys never comes here.

use register::Personal;

use super::redeem::{NothingBehind, TOKEN, take};
use super::{Behind, CODES_USE, as_system};
use crate::Call;

/// Use of the notice.
pub const USE: &str = CODES_USE;

/// What is asked for.
#[derive(Clone, Debug)]
pub struct Request {
    /// The token.
    pub token: Personal<String>,
}

/// Why not.
pub type Error = crate::Error<NothingBehind>;

/// A phone exchanges its token for what a certificate says.
///
/// # Errors
/// [`NothingBehind`].
pub fn run(at: &Call<'_>, request: Request) -> Result<Behind, Error> {
    let token = request.token.reveal();
    if token.len() != 64 || !token.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return Err(Error::Not(NothingBehind));
    }
    let system = as_system(at)?;
    take(&Call { call: &system, ..*at }, TOKEN, &request.token)
}
