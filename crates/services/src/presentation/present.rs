//! A citizen, or her doctor for her, sends her prescriptions to a pharmacy.

use jiff::Timestamp;
use notice::Id;
use notice::id::{self, Organisation, Person};

use crate::Call;

/// Use of the notice.
pub const USE: &str = "nsp.present-prescription";

/// What is asked for.
#[derive(Clone, Debug)]
pub struct Request {
    /// Whose prescriptions.
    pub person: Id<Person>,
    /// The pharmacy.
    pub pharmacy: Id<Organisation>,
    /// Its name.
    pub pharmacy_name: String,
}

/// What was written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Output {
    /// The record.
    pub presentation: Id<id::Record>,
    /// Until when the pharmacy may look.
    pub until: Timestamp,
}

/// Why not.
pub type Error = crate::Error;

/// A citizen, or her doctor for her, sends her prescriptions to a pharmacy.
///
/// # Errors
/// Refused, or what was sent cannot be taken.
pub fn run(at: &Call<'_>, request: Request) -> Result<Output, Error> {
    let _ = (at, request);
    Err(Error::Unavailable(register::Unavailable::Closing))
}
