//! A source system or a professional registers that somebody treats somebody.

use jiff::Timestamp;
use notice::Id;
use notice::id::{self, Organisation, Person};
use register::Personal;

use super::{Found, Kind, Source, Strength};
use crate::Call;

/// Use of the notice.
pub const USE: &str = "nsp.register-treatment-relation";

/// What is asked for.
#[derive(Clone, Debug)]
pub struct Request {
    /// The patient.
    pub patient: Id<Person>,
    /// The organisation that treats.
    pub organisation: Id<Organisation>,
    /// Its name.
    pub organisation_name: String,
    /// The professional, if it is one by name.
    pub professional: Option<(Id<Person>, Personal<String>)>,
    /// What the person comes for.
    pub kind: Kind,
    /// From when.
    pub from: Timestamp,
    /// Until when; open if `None`.
    pub until: Option<Timestamp>,
    /// From where it is known.
    pub source: Source,
}

/// What was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Output {
    /// The record.
    pub relation: Id<id::Record>,
    /// How sure it is.
    pub found: Found,
    /// Whether it opens records.
    pub strength: Strength,
}

/// Why not.
pub type Error = crate::Error;

/// A source system or a professional registers that somebody treats somebody.
///
/// # Errors
/// Refused, or what was sent cannot be taken.
pub fn run(at: &Call<'_>, request: Request) -> Result<Output, Error> {
    let _ = (at, request);
    Err(Error::Unavailable(register::Unavailable::Closing))
}
