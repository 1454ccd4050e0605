//! What goes when: everything held about a person in plain groups, each with its date and why it is kept till then.

use jiff::Timestamp;
use jiff::civil::Date;
use notice::clock::Verb;
use notice::{Bilingual, Id, id};

pub mod see_own;
mod what;

/// Everything held about a person, by group.
#[derive(Clone)]
pub struct PlanOfErasure {
    /// Groups that hold something, and those that hold nothing.
    pub groups: Vec<Group>,
    /// The earliest date of all.
    pub next: Option<Date>,
}

/// One register in the words of its notice.
#[derive(Clone)]
pub struct Group {
    /// Full name of the register.
    pub register: String,
    /// Its title.
    pub title: Bilingual,
    /// What the notice says of how long it is kept.
    pub says: Option<Bilingual>,
    /// The rule of the notice, in the language of clocks.
    pub rule: String,
    /// Rules of the published notice that this carries out, such as `F-17`.
    pub states: Vec<String>,
    /// Chosen by the controller where the published notice is silent.
    pub unstated: Option<Bilingual>,
    /// The records, the first to go first.
    pub items: Vec<Item>,
}

/// How a record stands now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// In use.
    InUse,
    /// Only stored until a dispute is settled.
    Restricted,
    /// Only stored until it is erased.
    Blocked,
    /// Handed over to the archive.
    Archived,
    /// Past its day: nobody can read it, and two persons have to release it.
    Late,
}

/// One record and its date.
#[derive(Clone)]
pub struct Item {
    /// The record; `None` for a line that stands for many.
    pub record: Option<Id<id::Record>>,
    /// How many records it stands for.
    pub records: usize,
    /// What it is, in words.
    pub what: Bilingual,
    /// How it stands now.
    pub standing: Standing,
    /// When something happens to it.
    pub due_at: Option<Timestamp>,
    /// What happens then.
    pub happens: Option<Verb>,
    /// Why it is kept till then: the clause that gave the date, or the event that is waited for, in words.
    pub why: Bilingual,
}
crate::redacted::redacted!(PlanOfErasure, Group, Item);
