//! Sessions: who is logged in on this browser, for how long, and how it ends.
//!
//! Invariant: the id stands in the browser's cookie only; here stands its SHA-256.
//! Invariant: a session is held in memory only and holds no data about patients.

mod cookie;
mod id;
mod kept;
mod store;

use notice::Id;
use notice::id::{Organisation, Person};
use notice::policy::RoleId;
use register::Personal;

pub(crate) use cookie::LOGIN_SECONDS;
pub use cookie::{LOGIN_COOKIE, SESSION_COOKIE};
pub use cookie::{clear_login_cookie, clear_session_cookie, cookie_value, login_cookie, session_cookie};
pub use id::{SecretId, SecretKey};
pub(crate) use kept::{KEPT_BYTES_MAX, KEPT_MINUTES, KeptWork, Work};
pub use store::{Ended, Live, Sessions, Started};

/// What a person is here as; decides which pages there are and how long a session lasts.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Persona {
    /// For oneself and one's children.
    Citizen,
    /// A health professional at work.
    Professional,
    /// Staff of a pharmacy.
    Pharmacy,
    /// A data protection officer.
    Officer,
    /// Who runs the server; no rights to content.
    Operator,
    /// Who reviews emergency access.
    Reviewer,
    /// Who works with registers that a notice of any controller declares.
    Staff,
    /// Whom such a register is about, for oneself.
    Person,
}

impl Persona {
    /// All, in the order of the documentation.
    pub const ALL: [Self; 8] = [
        Self::Citizen,
        Self::Professional,
        Self::Pharmacy,
        Self::Officer,
        Self::Operator,
        Self::Reviewer,
        Self::Staff,
        Self::Person,
    ];

    /// The word in the configuration and in the API.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Citizen => "citizen",
            Self::Professional => "professional",
            Self::Pharmacy => "pharmacy",
            Self::Officer => "officer",
            Self::Operator => "operator",
            Self::Reviewer => "reviewer",
            Self::Staff => "staff",
            Self::Person => "person",
        }
    }

    /// Whether one is here for oneself, and not at work with the data of others.
    #[must_use]
    pub const fn is_for_oneself(self) -> bool {
        match self {
            Self::Citizen | Self::Person => true,
            Self::Professional
            | Self::Pharmacy
            | Self::Officer
            | Self::Operator
            | Self::Reviewer
            | Self::Staff => false,
        }
    }

    /// The persona of a word.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|persona| persona.word() == word)
    }

    /// How long a session of this persona lasts.
    #[must_use]
    pub const fn life(self) -> Life {
        // threats 4.1
        match self {
            Self::Citizen | Self::Person => {
                Life { idle_seconds: 15 * 60, absolute_seconds: 2 * 3600, at_most: 3 }
            }
            Self::Professional | Self::Pharmacy | Self::Officer | Self::Reviewer | Self::Staff => {
                Life { idle_seconds: 30 * 60, absolute_seconds: 10 * 3600, at_most: 3 }
            }
            Self::Operator => Life { idle_seconds: 10 * 60, absolute_seconds: 4 * 3600, at_most: 1 },
        }
    }
}

/// The limits of a session.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Life {
    /// Without a request.
    pub idle_seconds: u64,
    /// In all.
    pub absolute_seconds: u64,
    /// At the same time for one person.
    pub at_most: usize,
}

/// Who logged in, as the login gave it.
#[derive(Clone, Debug)]
pub struct Identity {
    /// Issuer of the login; `demo` for the demonstration's.
    pub issuer: String,
    /// Subject at the issuer.
    pub subject: Personal<String>,
    /// What the person is here as.
    pub persona: Persona,
    /// The person of the register.
    pub person: Option<Id<Person>>,
    /// The role in which the person acts.
    pub role: RoleId,
    /// The organisation for which the person acts.
    pub organisation: Option<Id<Organisation>>,
    /// Name of the person.
    pub name: Personal<String>,
    /// Name of the organisation.
    pub organisation_name: Option<String>,
    /// On whose behalf an assistant acts.
    pub on_behalf_of: Option<Personal<String>>,
    /// What the broker wants back at logout.
    pub logout_hint: Option<Personal<String>>,
}

impl Identity {
    /// A hash of issuer and subject, the same in each session of a person.
    pub(crate) fn account(&self) -> SecretKey {
        let (issuer, subject) = (&self.issuer, self.subject.reveal());
        SecretKey::of(format!("{}\n{issuer}\n{subject}", issuer.len()).as_bytes())
    }
}

/// A session as its owner sees it in the list of one's own.
#[derive(Clone, Debug)]
pub struct SessionView {
    /// A handle to end it by; not the id.
    pub handle: String,
    /// Seconds since it began.
    pub age_seconds: u64,
    /// Seconds since its last request.
    pub idle_seconds: u64,
    /// Whether it is the one that asks.
    pub this_one: Current,
}

/// Whether a session is the one that asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Current {
    /// It is.
    This,
    /// Another browser.
    Other,
}
