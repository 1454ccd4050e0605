//! A block as the citizen sees it.

use jiff::Timestamp;
use notice::Id;
use notice::id;

use crate::Whom;

/// A block.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Block {
    /// The record.
    pub id: Id<id::Record>,
    /// Who is kept out.
    pub whom: Whom,
    /// From what.
    pub what: What,
    /// From when.
    pub from: Timestamp,
    /// Until when; open if `None`.
    pub until: Option<Timestamp>,
}

/// What a block keeps others from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum What {
    /// All health data.
    Everything,
}
