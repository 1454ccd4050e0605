//! Consents: a citizen lets one professional or organisation see what is marked private, for a time.

use jiff::Timestamp;
use notice::Id;
use notice::id;

use crate::Whom;

pub mod give;
pub mod see_own_consents;
pub mod withdraw;

/// A consent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Consent {
    /// The record.
    pub id: Id<id::Record>,
    /// Who may see.
    pub whom: Whom,
    /// From when.
    pub from: Timestamp,
    /// Until when.
    pub until: Timestamp,
}
