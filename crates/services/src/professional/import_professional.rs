//! The authorisation register sends professionals, new or changed.

use jiff::Timestamp;
use notice::Id;
use notice::id::Person;
use register::{AuthorisationId, Identifier};

use crate::Call;
pub use crate::basic_data::Feed;

/// Use of the notice.
pub const USE: &str = "nsp.import-professional";

/// What is asked for.
#[derive(Clone, Debug)]
pub struct Request {
    /// For the first time, or again.
    pub feed: Feed,
    /// Who.
    pub professionals: Vec<ImportedProfessional>,
}

/// A professional as the authorisation register knows her.
#[derive(Clone)]
pub struct ImportedProfessional {
    /// Civil registration number or its replacement, if it is sent.
    pub number: Option<Identifier>,
    /// Authorisation id.
    pub authorisation_id: AuthorisationId,
    /// Name.
    pub name: String,
    /// Profession, a role of the notices such as `doctor`.
    pub profession: String,
    /// Workplace.
    pub workplace: Option<String>,
    /// Organisation.
    pub organisation: Option<String>,
    /// From when the authorisation holds.
    pub from: Timestamp,
    /// Until when; open if `None`.
    pub until: Option<Timestamp>,
}
crate::redacted::redacted!(ImportedProfessional);

/// Why not.
pub type Error = crate::Error;

/// The authorisation register sends professionals, new or changed.
///
/// # Errors
/// Refused, or what was sent cannot be taken.
pub fn run(at: &Call<'_>, request: Request) -> Result<Vec<Id<Person>>, Error> {
    let _ = (at, request);
    Err(Error::Unavailable(register::Unavailable::Closing))
}
