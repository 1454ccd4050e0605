//! Pages of the data protection officer and the operator: is what we say true, and is it well?

use askama::Template;
use jiff::Timestamp;
use jiff::civil::Date;

use super::open::PromiseGroup;
use super::prints::{Laid, PrintLinks};
use super::{Bars, Cell, Matrix, Shell};

/// *Is what we say true?*
#[derive(Debug, Template)]
#[template(path = "officer.html")]
pub struct Officer {
    /// What stands around.
    pub p: Shell,
    /// How many rules we read out of the published notices.
    pub all: u64,
    /// How many a notice file states.
    pub stated: u64,
    /// How many a test holds.
    pub tested: u64,
    /// What is due and not done.
    pub late: Vec<Late>,
    /// Falls due in the next week.
    pub next_week: u64,
    /// How many warnings the compiler has about the notices.
    pub warnings: u64,
    /// What somebody must look at, the latest first.
    pub odd: Vec<Alarm>,
    /// The latest acts of the sweep.
    pub receipts: Vec<Receipt>,
    /// Things that the notices do not say.
    pub unstated: u64,
}

/// What is due and not done.
#[derive(Clone, Debug)]
pub struct Late {
    /// The register.
    pub register: String,
    /// How many records.
    pub records: u64,
    /// Since when.
    pub since: Option<Date>,
    /// Why it waits.
    pub why: String,
}

/// What is left of an act of the sweep.
#[derive(Clone, Debug)]
pub struct Receipt {
    /// Its number.
    pub number: u64,
    /// When.
    pub at: Timestamp,
    /// The register.
    pub register: String,
    /// Key of what was done.
    pub done: &'static str,
    /// The day on which it was due.
    pub due_at: Timestamp,
    /// How many records.
    pub records: u64,
}

/// What falls due in the next year.
#[derive(Debug, Template)]
#[template(path = "officer_due.html")]
pub struct Due {
    /// What stands around.
    pub p: Shell,
    /// By week.
    pub picture: Bars,
    /// By register.
    pub rows: Vec<DueRow>,
}

/// What falls due in one register.
#[derive(Clone, Debug)]
pub struct DueRow {
    /// The register.
    pub register: String,
    /// Its rule in words.
    pub rule: String,
    /// In the next week.
    pub week: u64,
    /// In the next thirty days.
    pub month: u64,
    /// In the next year.
    pub year: u64,
}

/// The promises, for the officer.
#[derive(Debug, Template)]
#[template(path = "officer_promises.html")]
pub struct Promises {
    /// What stands around.
    pub p: Shell,
    /// One group a notice.
    pub groups: Vec<PromiseGroup>,
}

/// What somebody must look at.
#[derive(Clone, Debug)]
pub struct Alarm {
    /// When.
    pub at: Timestamp,
    /// Key of what.
    pub key: &'static str,
    /// Whose account, as its hash.
    pub account: Option<String>,
}

/// The notices that run.
#[derive(Debug, Template)]
#[template(path = "officer_notices.html")]
pub struct Notices {
    /// What stands around.
    pub p: Shell,
    /// The notices.
    pub notices: Vec<NoticeRow>,
    /// The record of processing of each controller.
    pub records: Vec<PrintLinks>,
    /// Warnings about what several notices share.
    pub common: Vec<Warning>,
    /// What identifies the corpus that runs.
    pub version: String,
}

/// One notice in the list.
#[derive(Clone, Debug)]
pub struct NoticeRow {
    /// Id.
    pub id: String,
    /// Title.
    pub title: String,
    /// How many uses.
    pub uses: usize,
    /// How many registers.
    pub registers: usize,
    /// How often it is silent and the controller chose.
    pub unstated: usize,
    /// How many warnings.
    pub warnings: usize,
}

/// One notice: who may do what, what was chosen, what the compiler warns of.
#[derive(Debug, Template)]
#[template(path = "officer_notice.html")]
pub struct NoticePage {
    /// What stands around.
    pub p: Shell,
    /// Id.
    pub id: String,
    /// Title.
    pub title: String,
    /// Who may do what.
    pub matrix: Matrix,
    /// The same as one picture of roles and registers, nothing where nobody may do anything.
    pub picture: Option<Laid>,
    /// Its prints.
    pub prints: Vec<PrintLinks>,
    /// What the controller chose where the published notice is silent: of what, and how.
    pub unstated: Vec<(String, String)>,
    /// What the compiler warns of.
    pub warnings: Vec<Warning>,
}

/// What the compiler warns of.
#[derive(Clone, Debug)]
pub struct Warning {
    /// Code.
    pub code: &'static str,
    /// What kind of fault it is.
    pub title: &'static str,
    /// What is the matter.
    pub sentence: String,
    /// What to do.
    pub help: String,
    /// File and line.
    pub place: String,
}

/// Is it well?
#[derive(Debug, Template)]
#[template(path = "operator.html")]
pub struct Operator {
    /// What stands around.
    pub p: Shell,
    /// What was looked at.
    pub checks: Vec<Check>,
    /// The configuration as read: name and value.
    pub settings: Vec<(String, String)>,
    /// What identifies the corpus that runs.
    pub version: String,
    /// Whether keys go to other countries, or the gateway is here.
    pub countries: bool,
}

/// One thing that was looked at.
#[derive(Clone, Debug)]
pub struct Check {
    /// Key of what it is.
    pub key: &'static str,
    /// How it is.
    pub health: Health,
    /// In words.
    pub words: String,
}

/// How a thing is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Health {
    /// Well.
    Well,
    /// Look here.
    Watch,
    /// Wrong.
    Wrong,
}

impl Health {
    /// Key of the word.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Well => "health-well",
            Self::Watch => "health-watch",
            Self::Wrong => "health-wrong",
        }
    }

    /// Class of the badge.
    #[must_use]
    pub fn badge(self) -> &'static str {
        match self {
            Self::Well => "badge-success",
            Self::Watch => "badge-warning",
            Self::Wrong => "badge-error",
        }
    }
}
