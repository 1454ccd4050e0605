//! Who has looked.

use askama::Template;
use jiff::Timestamp;
use jiff::civil::Date;

use super::super::emergencies::Access;
use super::super::{Bars, Shell};
use super::Whose;

/// A look, told in plain words.
#[derive(Clone, Debug)]
pub struct Look {
    /// When.
    pub at: Timestamp,
    /// What kind.
    pub kind: LookKind,
    /// Who.
    pub who: String,
    /// In which role.
    pub role: String,
    /// Where.
    pub place: Option<String>,
    /// On whose behalf.
    pub on_behalf_of: Option<String>,
    /// What was done, in the words of the notice.
    pub what: String,
    /// On what ground.
    pub ground: String,
    /// The written reason.
    pub reason: Option<String>,
    /// Why it was refused, in words.
    pub clause: Option<String>,
    /// How many records.
    pub records: usize,
    /// How often: refusals of the same kind within an hour share a line.
    pub times: usize,
    /// When the line goes.
    pub due_at: Option<Timestamp>,
    /// That and why it is kept longer than other lines (rule N-18), in words.
    pub kept: Option<String>,
}

/// What kind of look it was.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum LookKind {
    /// For treatment.
    Treatment,
    /// At a pharmacy.
    Pharmacy,
    /// Under emergency access.
    Emergency,
    /// By an authority or a system.
    Administration,
    /// The person herself, or who acts for her.
    Own,
    /// Refused.
    Refused,
}

impl LookKind {
    /// All, in the order of the page.
    pub const ALL: [Self; 6] =
        [Self::Treatment, Self::Pharmacy, Self::Emergency, Self::Administration, Self::Own, Self::Refused];

    /// Key of the word.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Treatment => "look-treatment",
            Self::Pharmacy => "look-pharmacy",
            Self::Emergency => "look-emergency",
            Self::Administration => "look-administration",
            Self::Own => "look-own",
            Self::Refused => "look-refused",
        }
    }

    /// The word in an address.
    #[must_use]
    pub fn word(self) -> &'static str {
        self.key().trim_start_matches("look-")
    }

    /// Class of the badge.
    #[must_use]
    pub fn badge(self) -> &'static str {
        match self {
            Self::Treatment | Self::Pharmacy => "badge-info",
            Self::Emergency => "badge-warning",
            Self::Administration | Self::Own => "badge-plain",
            Self::Refused => "badge-error",
        }
    }
}

/// Who has looked.
#[derive(Debug, Template)]
#[template(path = "me_log.html")]
pub struct Log {
    /// What stands around.
    pub p: Shell,
    /// Whose.
    pub whose: Whose,
    /// Emergency accesses to one's own data, the latest first, and what their review found.
    pub emergencies: Vec<Access>,
    /// Looks by day.
    pub picture: Bars,
    /// Kinds to choose from: word, key, whether chosen.
    pub kinds: Vec<KindLink>,
    /// The days.
    pub days: Vec<Day>,
    /// Where older lines are.
    pub older: Option<String>,
}

/// A link that shows one kind of look.
#[derive(Clone, Debug)]
pub struct KindLink {
    /// Where to.
    pub href: String,
    /// Key of the text.
    pub key: &'static str,
    /// Whether it is the one shown.
    pub current: bool,
}

/// One day of the log.
#[derive(Clone, Debug)]
pub struct Day {
    /// The day.
    pub date: Date,
    /// Its lines.
    pub looks: Vec<Look>,
    /// Of one's own looks those that are folded away: nobody searches for herself.
    pub folded: Vec<Look>,
}
