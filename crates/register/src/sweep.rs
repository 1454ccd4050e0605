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

/// What the sweep has done to one register with one verb, over all time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Act {
    /// The register.
    pub register: RegisterId,
    /// What was done.
    pub verb: notice::clock::Verb,
    /// When it was last done.
    pub last: Timestamp,
    /// To how many records, in all.
    pub records: u64,
}

/// When the sweep mistrusts the clock or the amount.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Guard {
    /// A step of the clock of more than this against the passing of time stops the sweep.
    pub clock_step_seconds: u32,
    /// So many records may always go in one sweep.
    pub brake_floor: u64,
    /// So many times the plan of the day before may go; the surplus is blocked.
    pub brake_factor: f64,
}

impl Default for Guard {
    fn default() -> Self {
        Self { clock_step_seconds: 3_600, brake_floor: 100, brake_factor: 1.2 }
    }
}
