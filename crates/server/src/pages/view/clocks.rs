//! The clocks: what each register promises about time, and when it last acted.

use askama::Template;
use jiff::Timestamp;

use super::Shell;

/// Every register with its clock, by notice.
#[derive(Debug, Template)]
#[template(path = "officer_clocks.html")]
pub struct Clocks {
    /// What stands around.
    pub p: Shell,
    /// The notices.
    pub groups: Vec<ClockGroup>,
}

/// The clocks of one notice.
#[derive(Clone, Debug)]
pub struct ClockGroup {
    /// Id of the notice.
    pub id: String,
    /// Its title.
    pub title: String,
    /// Its registers.
    pub clocks: Vec<ClockRow>,
}

impl ClockGroup {
    /// How many have acted.
    #[must_use]
    pub fn acted(&self) -> u64 {
        u64::try_from(self.clocks.iter().filter(|row| !row.acts.is_empty()).count()).unwrap_or(u64::MAX)
    }

    /// How many there are.
    #[must_use]
    pub fn all(&self) -> u64 {
        u64::try_from(self.clocks.len()).unwrap_or(u64::MAX)
    }
}

/// One register and its clock.
#[derive(Clone, Debug)]
pub struct ClockRow {
    /// The register.
    pub register: String,
    /// Its rule in words.
    pub rule: String,
    /// What was done, the latest first.
    pub acts: Vec<Done>,
    /// How many records fall due in the next year.
    pub year: u64,
    /// How many wait past their day.
    pub late: u64,
}

/// What a clock has done with one verb.
#[derive(Clone, Debug)]
pub struct Done {
    /// Key of what.
    pub key: &'static str,
    /// When it was last done.
    pub last: Timestamp,
    /// To how many records, in all.
    pub records: u64,
}
