//! The security log: what an attack would look like. Apart from the citizen's log and from the technical log.
//!
//! Invariant: no data about patients, no address (a network only), no secret; each value is encoded so that it cannot begin a line.

use std::fs::{File, OpenOptions};
use std::io::Write;
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;
use std::sync::{Mutex, PoisonError};

use jiff::Timestamp;
use serde_json::json;

use crate::http::client::Client;
use crate::session::SecretKey;

/// What happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Happened {
    /// Somebody logged in.
    LoggedIn,
    /// A login was not completed.
    LoginFailed,
    /// A token of a broker was not acceptable: forged, old, for another, at too low a level.
    TokenRefused,
    /// Somebody logged out.
    LoggedOut,
    /// A session was ended by its owner from elsewhere.
    SessionEnded,
    /// The oldest session ended because there were too many.
    SessionCrowdedOut,
    /// A change came from another site or without its token.
    CrossSite,
    /// A limit was reached.
    LimitReached,
    /// One member of staff met more than 30 refusals in an hour.
    ManyRefusals,
    /// One member of staff reads about far more people than usual.
    ManySubjects,
    /// One member of staff took the fourth emergency access of a day, or a later one.
    ManyEmergencies,
    /// A reviewer found that an emergency access was not right.
    EmergencyNotJustified,
    /// A system's assertion or token was not accepted.
    SystemRefused,
    /// A system got a token.
    SystemToken,
    /// A record did not fit its seal.
    SealBroken,
}

impl Happened {
    /// Every event of the list.
    pub const ALL: [Self; 15] = [
        Self::LoggedIn,
        Self::LoginFailed,
        Self::TokenRefused,
        Self::LoggedOut,
        Self::SessionEnded,
        Self::SessionCrowdedOut,
        Self::CrossSite,
        Self::LimitReached,
        Self::ManyRefusals,
        Self::ManySubjects,
        Self::ManyEmergencies,
        Self::EmergencyNotJustified,
        Self::SystemRefused,
        Self::SystemToken,
        Self::SealBroken,
    ];

    /// The stable word.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::LoggedIn => "logged-in",
            Self::LoginFailed => "login-failed",
            Self::TokenRefused => "token-refused",
            Self::LoggedOut => "logged-out",
            Self::SessionEnded => "session-ended",
            Self::SessionCrowdedOut => "session-crowded-out",
            Self::CrossSite => "cross-site",
            Self::LimitReached => "limit-reached",
            Self::ManyRefusals => "many-refusals",
            Self::ManySubjects => "many-subjects",
            Self::ManyEmergencies => "many-emergencies",
            Self::EmergencyNotJustified => "emergency-not-justified",
            Self::SystemRefused => "system-refused",
            Self::SystemToken => "system-token",
            Self::SealBroken => "seal-broken",
        }
    }
}

/// One line to be.
#[derive(Clone, Copy, Debug)]
pub struct Entry<'a> {
    /// What.
    pub happened: Happened,
    /// When.
    pub at: Timestamp,
    /// From where.
    pub client: Option<Client>,
    /// Whose account: a hash that leads back to a person only for who knows the person's login.
    pub account: Option<SecretKey>,
    /// Why, a fixed word of ours.
    pub why: Option<&'a str>,
}

/// Where the lines go.
#[derive(Debug, Default)]
pub struct SecurityLog {
    file: Option<Mutex<File>>,
}

impl SecurityLog {
    /// A log that goes to a file of mode 0600, or with the technical log's stream under its own target if there is none.
    ///
    /// # Errors
    /// The operating system's word.
    pub fn open(path: Option<&Path>) -> std::io::Result<Self> {
        let open = |path| OpenOptions::new().append(true).create(true).mode(0o600).open(path);
        Ok(Self { file: path.map(open).transpose()?.map(Mutex::new) })
    }

    /// Writes a line. A line that cannot be written is said aloud in the technical log.
    pub fn write(&self, entry: Entry<'_>) {
        let line = json!({
            "at": entry.at.to_string(),
            "event": entry.happened.word(),
            "network": entry.client.map(Client::cut),
            "account": entry.account.map(|key| key.handle()),
            "why": entry.why,
        });
        match &self.file {
            None => tracing::info!(target: "security", line = %line, "security"),
            Some(file) => {
                let mut file = file.lock().unwrap_or_else(PoisonError::into_inner);
                if writeln!(file, "{line}").is_err() {
                    tracing::error!(target: "security", event = entry.happened.word(), "the security log cannot be written");
                }
            }
        }
    }
}
