//! What keeps the sweep from a record that is due: an open request, a restriction, a dispute, an unfinished hand-over.

use jiff::Timestamp;
use notice::Id;
use notice::id::{self, Person};

/// The number of a hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct HoldId(pub u64);

/// Why a record is kept beyond its date.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum HoldKind {
    /// The person has an open request: evidence is not swept away.
    OpenRequest,
    /// The person asked for restriction, GDPR art. 18(1)(b)-(c): also kept from ordinary use.
    Restriction,
    /// A legal claim, GDPR art. 17(3)(e).
    LegalHold,
    /// The archive has not confirmed what it received.
    ArchiveHandover,
}

impl HoldKind {
    /// Every kind.
    pub const ALL: [Self; 4] = [Self::OpenRequest, Self::Restriction, Self::LegalHold, Self::ArchiveHandover];

    /// The word in reports.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::OpenRequest => "open-request",
            Self::Restriction => "restriction",
            Self::LegalHold => "legal-hold",
            Self::ArchiveHandover => "archive-handover",
        }
    }
}

/// What a hold covers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Held {
    /// Everything about a person.
    Person(Id<Person>),
    /// One record of a person.
    Record {
        /// Whom it is about.
        person: Id<Person>,
        /// Which.
        record: Id<id::Record>,
    },
}

/// A hold. Nothing waits for ever unseen: it has a day of review.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hold {
    /// What it covers.
    pub on: Held,
    /// Why.
    pub kind: HoldKind,
    /// When somebody looks at it again.
    pub review: Timestamp,
}
