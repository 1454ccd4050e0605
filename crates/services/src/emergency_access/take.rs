//! A professional takes emergency access to one person, for an hour, with a written reason.

use jiff::Timestamp;
use notice::Id;
use notice::id::{self, Person};
use register::Personal;

use crate::Call;

/// Use of the notice.
pub const USE: &str = "nsp.take-emergency-access";

/// What is asked for.
#[derive(Clone, Debug)]
pub struct Request {
    /// To whom.
    pub patient: Id<Person>,
    /// Why, in at least 20 letters; the person reads it.
    pub reason: Personal<String>,
}

/// What was taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Output {
    /// The record.
    pub access: Id<id::Record>,
    /// Until when it lasts.
    pub until: Timestamp,
    /// How many the caller has taken today, this one included.
    pub number_today: usize,
    /// Whether the supervisor is told at once.
    pub supervisor_told: bool,
}

/// Why not.
pub type Error = crate::Error;

/// A professional takes emergency access to one person, for an hour, with a written reason.
///
/// # Errors
/// Refused, or what was sent cannot be taken.
pub fn run(at: &Call<'_>, request: Request) -> Result<Output, Error> {
    let _ = (at, request);
    Err(Error::Unavailable(register::Unavailable::Closing))
}
