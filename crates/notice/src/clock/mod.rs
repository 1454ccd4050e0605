//! The language of one line for *when*: `erase at earliest(fulfilled + P2Y, subject.died + P1Y)`.

use std::collections::BTreeMap;

use jiff::{Span, Timestamp, tz::TimeZone};

/// A parsed retention rule: stages that run in order.
#[derive(Clone, Debug, PartialEq)]
pub struct Rule {
    /// In order.
    pub stages: Vec<Stage>,
}

/// One stage of a rule.
#[derive(Clone, Debug, PartialEq)]
pub struct Stage {
    /// What is done.
    pub verb: Verb,
}

/// What a stage does.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Verb {
    /// Content, key, row and index entries go.
    Erase,
    /// Only kept; nobody but the purposes of blocking may look.
    Block,
    /// Handed over to an archive.
    Archive,
    /// What identifies goes.
    Anonymise,
    /// Becomes part of another register.
    Move,
    /// A person looks at it.
    Review,
    /// Paper and copies are destroyed.
    Destroy,
}

/// All that has happened to a record, as far as clocks are concerned.
#[derive(Clone, Debug, Default)]
pub struct History {
    /// Occurrences of events; revoked ones are left out.
    pub events: BTreeMap<String, Vec<Timestamp>>,
    /// Flags: when set, and when lifted.
    pub flags: BTreeMap<String, Vec<(Timestamp, Option<Timestamp>)>>,
    /// Named quantities.
    pub quantities: BTreeMap<String, Quantity>,
    /// What a named source has said of its own erasure.
    pub sources: BTreeMap<String, Timestamp>,
    /// Stages that are done, by position, with the time of the receipt.
    pub done: BTreeMap<usize, Timestamp>,
}

/// A named quantity of a record; absent from the history means none.
#[derive(Clone, Copy, Debug)]
pub enum Quantity {
    /// Known.
    Known(Span),
    /// Nobody knows: holds the clock until somebody does.
    Unknown,
}

/// Where a stage stands.
#[derive(Clone, Debug, PartialEq)]
pub enum Status {
    /// An event has not happened.
    Waiting {
        /// The events of which one or all are missing.
        events: Vec<String>,
        /// When somebody looks at it.
        review: Timestamp,
    },
    /// The date is known and has not come.
    Pending(Timestamp),
    /// The date is known, something holds it.
    Held {
        /// The date on which it would be due.
        date: Option<Timestamp>,
        /// Why.
        reason: String,
        /// When somebody looks at it.
        review: Timestamp,
    },
    /// The date has come.
    Due(Timestamp),
    /// Carried out.
    Done(Timestamp),
    /// Its condition is false.
    NotApplicable,
}

/// The status of one stage, with the clause that it follows from.
#[derive(Clone, Debug, PartialEq)]
pub struct StageStatus {
    /// What is done.
    pub verb: Verb,
    /// Where it stands.
    pub status: Status,
    /// The part of the rule that gave the date, as written.
    pub clause: String,
}

impl Rule {
    /// The status of every stage at an instant; calendar durations count in `zone`.
    #[must_use]
    pub fn statuses(&self, _history: &History, _now: Timestamp, _zone: &TimeZone) -> Vec<StageStatus> {
        Vec::new()
    }
}
