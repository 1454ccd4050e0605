//! Representation: somebody acts for a person who has given a power of attorney.

use jiff::Timestamp;
use notice::Id;
use notice::id::{self, Person};
use register::{Record, Unavailable};

use crate::content;

pub mod end;
pub mod give;
pub mod my_represented;
pub mod see_own_representations;

/// A power of attorney or a guardianship.
#[derive(Clone, PartialEq, Eq)]
pub struct Representation {
    /// The record.
    pub id: Id<id::Record>,
    /// Who is represented.
    pub represented: Id<Person>,
    /// Name of who is represented.
    pub represented_name: String,
    /// Name of who represents.
    pub representative_name: String,
    /// Power of attorney or guardianship.
    pub kind: Kind,
    /// From when.
    pub from: Timestamp,
    /// Until when; open if `None`.
    pub until: Option<Timestamp>,
}
crate::redacted::redacted!(Representation);

/// Where the right to act comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// The person has given it.
    PowerOfAttorney,
    /// An authority has decided it.
    Guardianship,
}

/// Full name of the register.
pub(crate) const REGISTER: &str = "nsp.representation";
/// The event that its clock waits for.
const ENDED: &str = "representation.ended";

/// The content of a representation: the fields of its register.
#[derive(Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct RepresentationContent {
    kind: Kind,
    represented_name: String,
    representative_name: String,
    from: Timestamp,
    until: Option<Timestamp>,
}

impl Representation {
    fn of(record: &Record) -> Result<Self, Unavailable> {
        let fields: RepresentationContent = content::read_whole(record)?;
        Ok(Self {
            id: record.id,
            represented: content::in_role(record, "represented").ok_or(Unavailable::Tampered)?,
            represented_name: fields.represented_name,
            representative_name: fields.representative_name,
            kind: fields.kind,
            from: fields.from,
            until: fields.until,
        })
    }
}
