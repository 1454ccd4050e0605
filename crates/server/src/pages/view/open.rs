//! Pages for anyone: the front, our notices, what we promise, accessibility, login.

use askama::Template;
use jiff::Timestamp;
use jiff::civil::Date;

use super::Shell;

/// The first page.
#[derive(Debug, Template)]
#[template(path = "front.html")]
pub struct Front {
    /// What stands around.
    pub p: Shell,
    /// Our notices.
    pub notices: Vec<NoticeLink>,
    /// Whose words fit: a health authority's, or anybody's.
    pub words: Words,
}

/// A notice in a list.
#[derive(Clone, Debug)]
pub struct NoticeLink {
    /// Its id.
    pub id: String,
    /// Title.
    pub title: String,
    /// One sentence.
    pub about: String,
    /// Who answers for it.
    pub controller: String,
}

/// All notices.
#[derive(Debug, Template)]
#[template(path = "notices.html")]
pub struct Notices {
    /// What stands around.
    pub p: Shell,
    /// Our notices.
    pub notices: Vec<NoticeLink>,
    /// What identifies the corpus that runs.
    pub version: String,
}

/// One notice: what, why, who sees it, how long, your rights.
#[derive(Debug, Template)]
#[template(path = "notice.html")]
pub struct Notice {
    /// What stands around.
    pub p: Shell,
    /// Title.
    pub title: String,
    /// What it is about.
    pub intro: String,
    /// Who answers for it.
    pub controller: String,
    /// How to reach the controller: label and value.
    pub contact: Vec<(String, String)>,
    /// The data protection officer.
    pub officer: Option<String>,
    /// First day.
    pub valid_from: Option<Date>,
    /// What identifies the corpus that runs.
    pub version: String,
    /// The parts, in the order in which people ask.
    pub parts: Vec<Part>,
}

/// A part of a notice.
#[derive(Clone, Debug)]
pub struct Part {
    /// Anchor.
    pub id: String,
    /// Heading.
    pub heading: String,
    /// What it says.
    pub sentences: Vec<Sentence>,
}

/// One thing that a notice says, and how it is kept.
#[derive(Clone, Debug, Default)]
pub struct Sentence {
    /// Title.
    pub title: String,
    /// The sentence.
    pub text: String,
    /// More, one line each.
    pub lines: Vec<String>,
    /// What the controller chose where the published notice is silent.
    pub unstated: Option<String>,
    /// How we keep this promise.
    pub kept: Kept,
}

/// How a promise is kept.
#[derive(Clone, Debug, Default)]
pub struct Kept {
    /// The line of the notice file.
    pub source: String,
    /// The clock in words.
    pub clock: Option<String>,
    /// The condition in words.
    pub condition: Option<String>,
    /// Grounds in law, in words with their number.
    pub grounds: Vec<(String, String)>,
    /// Rules of the acceptance table, each with whether a test holds it.
    pub rules: Vec<(String, Tested)>,
    /// The tests that name one of these rules: the sentence and the file.
    pub tests: Vec<(String, String)>,
    /// When the sweep last acted on it.
    pub last_acted: Option<Timestamp>,
}

impl Kept {
    /// Whether there is nothing to say.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.clock.is_none() && self.condition.is_none() && self.grounds.is_empty() && self.rules.is_empty()
    }
}

/// Whether a test holds a rule.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tested {
    /// One does.
    Yes,
    /// None does yet.
    No,
}

impl Tested {
    /// Whether one does.
    #[must_use]
    pub fn is_yes(self) -> bool {
        self == Self::Yes
    }
}

/// The promises, counted and listed.
#[derive(Debug, Template)]
#[template(path = "promises.html")]
pub struct Promises {
    /// What stands around.
    pub p: Shell,
    /// How many rules we read out of the published notices.
    pub all: u64,
    /// How many a notice file states.
    pub stated: u64,
    /// How many of these a test holds.
    pub tested: u64,
    /// One group a notice.
    pub groups: Vec<PromiseGroup>,
}

/// The promises of one notice.
#[derive(Clone, Debug)]
pub struct PromiseGroup {
    /// Letters of the rules, such as `fmk`.
    pub id: String,
    /// Title.
    pub title: String,
    /// The promises.
    pub promises: Vec<Promise>,
}

impl PromiseGroup {
    /// How many a notice states.
    #[must_use]
    pub fn stated(&self) -> u64 {
        count(self.promises.iter().filter(|promise| promise.standing.is_stated()))
    }

    /// How many a test holds.
    #[must_use]
    pub fn tested(&self) -> u64 {
        count(self.promises.iter().filter(|promise| promise.standing == Standing::Tested))
    }

    /// How many there are.
    #[must_use]
    pub fn all(&self) -> u64 {
        count(self.promises.iter())
    }
}

fn count<T>(items: impl Iterator<Item = T>) -> u64 {
    u64::try_from(items.count()).unwrap_or(u64::MAX)
}

/// One promise.
#[derive(Clone, Debug)]
pub struct Promise {
    /// Its number, such as `F-17`.
    pub id: String,
    /// The rule.
    pub rule: String,
    /// How far we are.
    pub standing: Standing,
    /// What it stands on, for the officer.
    pub proof: Proof,
}

/// What a promise stands on.
#[derive(Clone, Debug, Default)]
pub struct Proof {
    /// The sections that state it: title and full name.
    pub sections: Vec<(String, String)>,
    /// The tests that name it: the sentence and the file.
    pub tests: Vec<(String, String)>,
    /// When a clock that states it last acted.
    pub acted: Option<Timestamp>,
}

/// How far a promise is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// No notice file states it.
    Missing,
    /// A notice file states it and the system enforces it; no test names it.
    Stated,
    /// A test holds it as well.
    Tested,
}

impl Standing {
    /// Whether a notice file states it.
    #[must_use]
    pub fn is_stated(self) -> bool {
        self != Self::Missing
    }

    /// Key of the text.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Missing => "standing-missing",
            Self::Stated => "standing-stated",
            Self::Tested => "standing-tested",
        }
    }

    /// Class of the badge.
    #[must_use]
    pub fn badge(self) -> &'static str {
        match self {
            Self::Missing => "badge-error",
            Self::Stated => "badge-warning",
            Self::Tested => "badge-success",
        }
    }
}

/// The accessibility statement.
#[derive(Debug, Template)]
#[template(path = "accessibility.html")]
pub struct Accessibility {
    /// What stands around.
    pub p: Shell,
}

/// Where to log in.
#[derive(Debug, Template)]
#[template(path = "login.html")]
pub struct Login {
    /// What stands around.
    pub p: Shell,
    /// The login brokers.
    pub ways: Vec<Broker>,
    /// Page where persons of the demonstration are chosen.
    pub demo: Option<&'static str>,
    /// Local page to come back to.
    pub then: String,
    /// Whether the session had ended.
    pub reason: Why,
    /// Whose words fit.
    pub words: Words,
    /// Roles that may be tried, in a trial.
    pub trial: Vec<Door>,
}

/// Whose words a page for anyone uses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Words {
    /// A house of health data.
    Health,
    /// Any controller.
    Any,
}

impl Words {
    /// Key of a text.
    #[must_use]
    pub fn key(self, front: &str, rest: &str) -> String {
        match self {
            Self::Health => format!("{front}-{rest}"),
            Self::Any => format!("{front}-any-{rest}"),
        }
    }
}

/// A role that may be tried.
#[derive(Clone, Debug)]
pub struct Door {
    /// Its id.
    pub id: String,
    /// What the notice calls it.
    pub title: String,
    /// Whether one says which person one is.
    pub asks: Asks,
}

/// Whether one says which person one is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asks {
    /// One does.
    Who,
    /// The role is enough.
    Nothing,
}

impl Asks {
    /// Whether one says which person one is.
    #[must_use]
    pub fn is_who(self) -> bool {
        self == Self::Who
    }
}

/// A login broker.
#[derive(Clone, Debug)]
pub struct Broker {
    /// For the address.
    pub id: String,
    /// For people.
    pub title: String,
}

/// Why the login page is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Why {
    /// Somebody asked for it.
    Asked,
    /// The page needs it.
    Needed,
    /// The session had ended.
    Ended,
    /// The act needs a fresh one.
    Fresh,
    /// The broker did not let the visitor in.
    Failed,
}

impl Why {
    /// Whether the broker must ask again.
    #[must_use]
    pub fn is_fresh(self) -> bool {
        self == Self::Fresh
    }

    /// Key of the text; none where it was asked for.
    #[must_use]
    pub fn key(self) -> Option<&'static str> {
        match self {
            Self::Asked => None,
            Self::Needed => Some("login-needed"),
            Self::Ended => Some("login-ended"),
            Self::Fresh => Some("login-fresh"),
            Self::Failed => Some("login-failed"),
        }
    }
}

/// What was kept while the visitor logged in.
#[derive(Debug, Template)]
#[template(path = "kept.html")]
pub struct KeptWork {
    /// What stands around.
    pub p: Shell,
    /// Where it is sent; none where nothing is kept.
    pub path: Option<String>,
    /// The fields of the form.
    pub fields: Vec<(String, String)>,
}
