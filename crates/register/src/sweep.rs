//! What the sweep did, what it held back, and what comes.

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::civil::Date;
use notice::policy::RegisterId;

/// The result of one sweep. Holds no personal data.
#[derive(Clone, Debug, Default)]
pub struct Report {
    /// When.
    pub at: Timestamp,
    /// Acts by register and verb.
    pub acts: BTreeMap<(RegisterId, notice::clock::Verb), u64>,
    /// Records that were due and were held back, by reason.
    pub held: BTreeMap<String, u64>,
    /// Records over yesterday's plan: blocked until two persons release them.
    pub braked: u64,
    /// The sweep did not run, and why.
    pub stopped: Option<Stopped>,
}

/// Why a sweep did not run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Stopped {
    /// The clock moved by this many seconds more or less than time passed.
    ClockStepped {
        /// Seconds.
        by_seconds: i64,
    },
}

/// How many records fall due on each day, by register.
pub type Plan = BTreeMap<Date, BTreeMap<RegisterId, u64>>;

/// What is left of an act of the sweep.
#[derive(Clone, Debug)]
pub struct Receipt {
    /// Its number.
    pub number: u64,
    /// When.
    pub at: Timestamp,
    /// The register.
    pub register: RegisterId,
    /// What was done.
    pub verb: notice::clock::Verb,
    /// The day on which it was due.
    pub due_at: Timestamp,
    /// How many records.
    pub records: u64,
}
