//! When a page cannot be what was hoped for: every such state says what is the matter and what to do.

use askama::Template;

use super::Shell;

/// A page that stands where another was expected.
#[derive(Debug, Template)]
#[template(path = "state.html")]
pub struct State {
    /// What stands around.
    pub p: Shell,
    /// Which state.
    pub kind: Kind,
    /// What is the matter.
    pub title: String,
    /// What to do.
    pub advice: String,
    /// More, one line each.
    pub lines: Vec<String>,
    /// The number of the failure.
    pub event: Option<String>,
    /// After how many seconds another try makes sense.
    pub retry_after: Option<u64>,
    /// Local page to come back to after logging in.
    pub then: Option<String>,
}

/// A state to tell apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// The notice does not allow it.
    Refused,
    /// Only stored until it is erased.
    Blocked,
    /// Only stored until a dispute is settled.
    Restricted,
    /// Gone.
    Erased,
    /// In the archive.
    Archived,
    /// Past its day.
    Late,
    /// The server does not answer.
    Offline,
    /// Logged out; the work is kept.
    Ended,
    /// Not logged in.
    NotSignedIn,
    /// No such page, or not for this visitor.
    WrongAddress,
    /// Too many requests.
    TooMuch,
    /// It takes a while.
    Loading,
    /// Our mistake.
    Failed,
    /// What was sent cannot be taken.
    Malformed,
    /// Somebody else was first.
    Conflict,
}

impl Kind {
    /// All, for the samples.
    pub const ALL: [Self; 15] = [
        Self::Refused,
        Self::Blocked,
        Self::Restricted,
        Self::Erased,
        Self::Archived,
        Self::Late,
        Self::Offline,
        Self::Ended,
        Self::NotSignedIn,
        Self::WrongAddress,
        Self::TooMuch,
        Self::Loading,
        Self::Failed,
        Self::Malformed,
        Self::Conflict,
    ];

    /// Key of a text about the state.
    #[must_use]
    pub fn key(self, rest: &str) -> String {
        format!("state-{}-{rest}", self.word())
    }

    /// The word in keys and classes.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Refused => "refused",
            Self::Blocked => "blocked",
            Self::Restricted => "restricted",
            Self::Erased => "erased",
            Self::Archived => "archived",
            Self::Late => "late",
            Self::Offline => "offline",
            Self::Ended => "ended",
            Self::NotSignedIn => "not-signed-in",
            Self::WrongAddress => "wrong-address",
            Self::TooMuch => "too-much",
            Self::Loading => "loading",
            Self::Failed => "failed",
            Self::Malformed => "malformed",
            Self::Conflict => "conflict",
        }
    }

    /// Tone of the message.
    #[must_use]
    pub fn tone(self) -> &'static str {
        match self {
            Self::Failed | Self::Offline => "error",
            Self::Refused | Self::Late | Self::TooMuch | Self::Malformed | Self::Conflict => "warning",
            Self::Blocked
            | Self::Restricted
            | Self::Erased
            | Self::Archived
            | Self::Ended
            | Self::NotSignedIn
            | Self::WrongAddress
            | Self::Loading => "info",
        }
    }

    /// Whether logging in helps.
    #[must_use]
    pub fn wants_login(self) -> bool {
        matches!(self, Self::Ended | Self::NotSignedIn)
    }
}

impl State {
    /// A state in our own words.
    #[must_use]
    pub fn of(p: Shell, kind: Kind) -> Self {
        let (title, advice) = (p.t(kind.key("title")), p.t(kind.key("advice")));
        Self { p, kind, title, advice, lines: Vec::new(), event: None, retry_after: None, then: None }
    }
}
