//! A record: typed content about one or more people, sealed, versioned, on a clock.

use jiff::Timestamp;
use notice::id::{self, Person};
use notice::policy::RegisterId;
use notice::{Id, policy::Version};
use serde_json::{Map, Value};

use crate::hold::HoldKind;
use crate::personal::Personal;

/// Content by declared field.
pub type Content = Map<String, Value>;

/// Where a record stands in its life.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Stage {
    /// In use.
    Open,
    /// Only stored until a dispute is settled, Art. 18.
    Restricted,
    /// Only stored until it is erased.
    Blocked,
    /// Handed over to the archive.
    Archived,
    /// Gone: what is left is the receipt.
    Erased,
}

/// A record as far as a grant covers it.
#[derive(Clone, Debug)]
pub struct Record {
    /// Its id.
    pub id: Id<id::Record>,
    /// Its register.
    pub register: RegisterId,
    /// 1 for the first.
    pub version: u32,
    /// Where it stands.
    pub stage: Stage,
    /// The people and their roles, the one it is about first.
    pub subjects: Vec<(String, Id<Person>)>,
    /// The fields that the grant covers; the others did not leave the register.
    pub content: Personal<Content>,
    /// Whether the person has marked it private.
    pub private: bool,
    /// When it was collected.
    pub collected_at: Timestamp,
    /// When this version was written.
    pub changed_at: Timestamp,
    /// Under which notices it was collected.
    pub collected_under: Version,
    /// Its events, oldest first.
    pub events: Vec<(String, Timestamp)>,
    /// Notes of rectification that are shown beside it, oldest first.
    pub notes: Vec<Personal<String>>,
    /// When the next stage of its clock comes, if a date is known.
    pub due_at: Option<Timestamp>,
}

/// A record with what its clock says.
#[derive(Clone, Debug)]
pub struct Clocked {
    /// The record.
    pub record: Record,
    /// The stages of its clock, in order, as the register will act on them.
    pub stages: Vec<notice::clock::StageStatus>,
    /// What keeps the sweep from it now, with the day of the next review.
    pub holds: Vec<(HoldKind, Timestamp)>,
    /// Blocked by the brake: late until two persons release it.
    pub late: bool,
}
