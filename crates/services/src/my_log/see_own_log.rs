//! A citizen sees who looked at her data.

use super::{Log, Shown};
use crate::Call;

/// Use of the notice.
pub const USE: &str = "nsp.read-own-log";

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

/// A citizen sees who looked at her data.
///
/// # Errors
/// Refused, or what was sent cannot be taken.
pub fn run(at: &Call<'_>, request: Request) -> Result<Log, Error> {
    super::about(at, USE, at.me(), (request.before, request.limit), Shown::Whole)
}
