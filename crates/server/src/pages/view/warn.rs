//! Pages of smitte|stop: warn others, one question at a time, and what comes of it.

use askama::Template;
use jiff::Timestamp;
use jiff::civil::Date;

use super::{Choice, Field, Problems, Shell};

/// What this is, for anyone.
#[derive(Debug, Template)]
#[template(path = "warn_open.html")]
pub struct WarnOpen {
    /// What stands around.
    pub p: Shell,
    /// Whether warnings go to other countries too.
    pub abroad: bool,
    /// Whether there are figures of the app here.
    pub counted: bool,
}

/// The beginning, for somebody who is logged in: what will happen, and what stands about her.
#[derive(Debug, Template)]
#[template(path = "warn_start.html")]
pub struct WarnStart {
    /// What stands around.
    pub p: Shell,
    /// When each login goes.
    pub logins: Vec<Timestamp>,
    /// When each check goes.
    pub checks: Vec<Timestamp>,
    /// Since when she is on the list.
    pub listed: Option<Timestamp>,
    /// What her app asked for, sealed, if it sent her here.
    pub app: Option<String>,
}

/// A question of the way.
#[derive(Clone, Debug)]
pub enum Step {
    /// Have you symptoms?
    Symptoms {
        /// The answers.
        choices: Vec<Choice>,
        /// The one chosen, and what is wrong.
        field: Field,
    },
    /// Since when?
    Onset {
        /// The day.
        day: Field,
    },
    /// Where is the app?
    Form {
        /// The answers.
        choices: Vec<Choice>,
        /// The one chosen, and what is wrong.
        field: Field,
    },
    /// Is it right so?
    Review {
        /// Key of what was said of symptoms.
        symptoms: &'static str,
        /// Since when.
        since: Option<Date>,
        /// Key of where the app is.
        form: &'static str,
    },
}

impl Step {
    /// Its number, for people.
    #[must_use]
    pub const fn number(&self) -> u64 {
        match self {
            Self::Symptoms { .. } => 1,
            Self::Onset { .. } => 2,
            Self::Form { .. } => 3,
            Self::Review { .. } => 4,
        }
    }

    /// Key of the question.
    #[must_use]
    pub const fn question(&self) -> &'static str {
        match self {
            Self::Symptoms { .. } => "warn-symptoms",
            Self::Onset { .. } => "warn-onset",
            Self::Form { .. } => "warn-form",
            Self::Review { .. } => "warn-review",
        }
    }
}

/// One question.
#[derive(Debug, Template)]
#[template(path = "warn.html")]
pub struct Warn {
    /// What stands around.
    pub p: Shell,
    /// The question.
    pub step: Step,
    /// What was answered before.
    pub carried: Vec<(&'static str, String)>,
    /// What is wrong.
    pub problems: Problems,
}

/// What came of it.
#[derive(Clone, Debug)]
pub enum Came {
    /// Eight digits to type.
    Digits {
        /// The digits, in two groups.
        code: String,
        /// Until when they are good.
        until: Option<Timestamp>,
    },
    /// A link for the same phone.
    Link {
        /// The link.
        href: String,
        /// Until when it is good.
        until: Option<Timestamp>,
    },
    /// A picture for another phone.
    Picture {
        /// The picture.
        picture: Picture,
        /// Until when it is good.
        until: Option<Timestamp>,
    },
    /// She is not on the list.
    NotListed,
    /// Checked too often.
    TooMany {
        /// When she may try again.
        again_at: Option<Timestamp>,
    },
    /// The app is closed.
    Closed,
}

impl Came {
    /// Key of its heading.
    #[must_use]
    pub const fn key(&self) -> &'static str {
        match self {
            Self::Digits { .. } | Self::Link { .. } | Self::Picture { .. } => "warn-may",
            Self::NotListed => "warn-not-listed",
            Self::TooMany { .. } => "warn-too-many",
            Self::Closed => "warn-closed",
        }
    }

    /// Whether there is a code.
    #[must_use]
    pub const fn is_code(&self) -> bool {
        matches!(self, Self::Digits { .. } | Self::Link { .. } | Self::Picture { .. })
    }
}

/// A code as a picture of squares.
#[derive(Clone, Debug)]
pub struct Picture {
    /// Squares in a row, margin included.
    pub width: usize,
    /// The dark squares as one path.
    pub path: String,
}

/// What came of it.
#[derive(Debug, Template)]
#[template(path = "warn_came.html")]
pub struct WarnCame {
    /// What stands around.
    pub p: Shell,
    /// What came of it.
    pub came: Came,
    /// Back to her app without a code, if it sent her here.
    pub back: Option<String>,
}
