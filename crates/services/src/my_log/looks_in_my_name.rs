//! A professional sees the looks made by her and on her behalf.

use super::{Log, Shown};
use crate::Call;

/// Use of the notice.
pub const USE: &str = "nsp.read-looks-in-my-name";

/// What is asked for.
#[derive(Clone, Debug)]
pub struct Request {
    /// Lines before this number; the latest if `None`.
    pub before: Option<u64>,
    /// How many at most, up to 500.
    pub limit: usize,
}

/// Why not.
pub type Error = crate::Error;

/// A professional sees the looks made by her and on her behalf.
///
/// # Errors
/// Refused, or what was sent cannot be taken.
pub fn run(at: &Call<'_>, request: Request) -> Result<Log, Error> {
    let lines = super::lines_by_me(at, request.before, request.limit)?;
    Ok(super::log(at.register.policy(), &lines, request.limit.clamp(1, super::LINES_MAX), Shown::Whole))
}
