//! What goes when.

use askama::Template;
use jiff::Timestamp;

use super::super::states::Kind;
use super::super::{Shell, Timeline};

/// Something that goes.
#[derive(Clone, Debug)]
pub struct Due {
    /// What it is.
    pub what: String,
    /// The state in which it is, where it is not simply in use.
    pub state: Option<Kind>,
    /// How many records it stands for.
    pub records: usize,
    /// When; none while an event is waited for.
    pub at: Option<Timestamp>,
    /// What happens then.
    pub happens: Option<Happens>,
    /// Why it is kept till then.
    pub why: String,
}

/// What happens on the day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Happens {
    /// It is only stored.
    Blocked,
    /// It is gone.
    Erased,
    /// The archive takes it over.
    Archived,
}

impl Happens {
    /// Key of the word.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Blocked => "happens-blocked",
            Self::Erased => "happens-erased",
            Self::Archived => "happens-archived",
        }
    }

    /// Its series in a picture.
    #[must_use]
    pub fn series(self) -> usize {
        match self {
            Self::Blocked => 0,
            Self::Erased => 1,
            Self::Archived => 2,
        }
    }
}

/// What goes when.
#[derive(Debug, Template)]
#[template(path = "me_when.html")]
pub struct When {
    /// What stands around.
    pub p: Shell,
    /// The line of time.
    pub line: Timeline,
    /// By group.
    pub groups: Vec<WhenGroup>,
    /// Titles of groups in which there is nothing.
    pub empty: Vec<String>,
}

/// How many rows of a group are shown before the others are folded away.
const ROWS: usize = 6;

/// One group of what goes when.
#[derive(Clone, Debug)]
pub struct WhenGroup {
    /// Title.
    pub title: String,
    /// What the notice says of how long it is kept.
    pub says: Option<String>,
    /// Chosen by the controller where the published notice is silent.
    pub unstated: Option<String>,
    /// Numbers of the rules, small behind.
    pub rules: Vec<String>,
    /// What there is.
    pub items: Vec<Due>,
}

impl WhenGroup {
    /// The rows that are shown at once.
    #[must_use]
    pub fn first(&self) -> &[Due] {
        self.items.get(..ROWS).unwrap_or(&self.items)
    }

    /// The rows that are folded away.
    #[must_use]
    pub fn others(&self) -> &[Due] {
        self.items.get(ROWS..).unwrap_or_default()
    }
}
