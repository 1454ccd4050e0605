//! A line of the access log: who looked or was refused, where, why and on what ground.

use jiff::Timestamp;
use notice::Id;
use notice::id::Person;
use notice::policy::UseId;

use crate::personal::Personal;

/// How the call ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Outcome {
    /// Granted.
    Granted,
    /// Granted under emergency access.
    Emergency,
    /// Refused.
    Refused,
}

/// A line as its reader sees it.
#[derive(Clone, Debug)]
pub struct Line {
    /// Its number in the log.
    pub number: u64,
    /// When.
    pub at: Timestamp,
    /// How it ended.
    pub outcome: Outcome,
    /// The use of the notice.
    pub use_id: UseId,
    /// The person whom the data is about; `None` for a query.
    pub subject: Option<Id<Person>>,
    /// The person who looked; `None` for a system.
    pub actor: Option<Id<Person>>,
    /// Who, as resolved at the time of the call.
    pub trace: Personal<Trace>,
    /// When the line goes.
    pub due_at: Option<Timestamp>,
    /// How often it happened: refusals of the same kind within an hour share a line.
    pub times: u64,
    /// Why it is kept longer than other lines, if it is.
    pub kept: Option<Kept>,
}

/// A recorded decision to keep a line longer (rule N-18).
#[derive(Clone, Debug)]
pub struct Kept {
    /// Name of the flag that was set, such as `special-case`.
    pub flag: String,
    /// When it was set.
    pub at: Timestamp,
    /// Role of the one who set it; empty where its reader may not see roles.
    pub role: String,
    /// The reason that was written; `None` where its reader may not see reasons.
    pub reason: Option<Personal<String>>,
}

/// The sealed part of a line.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Trace {
    /// Name of the person or system that looked.
    pub who: String,
    /// Name of the role.
    pub role: String,
    /// Organisation.
    pub organisation: Option<String>,
    /// On whose behalf.
    pub on_behalf_of: Option<String>,
    /// The reason that was written.
    pub reason: Option<String>,
    /// How many records were shown or changed.
    pub records: u32,
    /// The clause that refused, in short form.
    pub clause: Option<String>,
}
