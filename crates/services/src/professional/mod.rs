//! Professionals: who is authorised as what, and where they work. Named in every look.

use jiff::Timestamp;
use notice::Id;
use notice::id::{self, Person};

pub mod import_professional;
pub mod see_own;

/// An authorised professional.
#[derive(Clone, PartialEq, Eq)]
pub struct Professional {
    /// The record.
    pub id: Id<id::Record>,
    /// The person.
    pub person: Id<Person>,
    /// Name.
    pub name: String,
    /// Authorisation id of five characters.
    pub authorisation_id: String,
    /// Profession, such as `doctor`.
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
crate::redacted::redacted!(Professional);
