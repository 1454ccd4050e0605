//! The security log: what an attack would look like. Apart from the citizen's log and from the technical log.
//!
//! Invariant: no data about patients, no address (a network only), no secret; each value is encoded so that it cannot begin a line.

use std::collections::VecDeque;
use std::fs::{File, OpenOptions};
use std::io::{Read, Seek, SeekFrom, Write};
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

    /// Whether somebody must look at it.
    #[must_use]
    pub const fn is_alarm(self) -> bool {
        match self {
            Self::ManyRefusals
            | Self::ManySubjects
            | Self::ManyEmergencies
            | Self::EmergencyNotJustified
            | Self::SealBroken => true,
            Self::LoggedIn
            | Self::LoginFailed
            | Self::TokenRefused
            | Self::LoggedOut
            | Self::SessionEnded
            | Self::SessionCrowdedOut
            | Self::CrossSite
            | Self::LimitReached
            | Self::SystemRefused
            | Self::SystemToken => false,
        }
    }

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

/// An event that somebody must look at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Alarm {
    /// What.
    pub happened: Happened,
    /// When.
    pub at: Timestamp,
    /// Whose account, as its hash.
    pub account: Option<String>,
    /// Why, a fixed word of ours.
    pub why: Option<String>,
}

impl Alarm {
    fn read(line: &str) -> Option<Self> {
        let line: serde_json::Value = serde_json::from_str(line).ok()?;
        let text = |field: &str| line.get(field).and_then(serde_json::Value::as_str).map(str::to_owned);
        let word = text("event")?;
        let happened = Happened::ALL.into_iter().find(|one| one.word() == word)?;
        let at = text("at")?.parse().ok()?;
        let alarm = Self { happened, at, account: text("account"), why: text("why") };
        happened.is_alarm().then_some(alarm)
    }
}

/// How many alarms are shown.
const ALARMS_MAX: usize = 500;
/// How much of the end of the log is read at a start, in bytes.
const END_BYTES_MAX: u64 = 8 * 1024 * 1024;

/// Where the lines go.
#[derive(Debug, Default)]
pub struct SecurityLog {
    file: Option<Mutex<File>>,
    alarms: Mutex<VecDeque<Alarm>>,
}

impl SecurityLog {
    /// A log that goes to a file of mode 0600, or with the technical log's stream under its own target if there is none.
    ///
    /// # Errors
    /// The operating system's word.
    pub fn open(path: Option<&Path>) -> std::io::Result<Self> {
        let open = |path| OpenOptions::new().read(true).append(true).create(true).mode(0o600).open(path);
        let mut file = path.map(open).transpose()?;
        let mut alarms = VecDeque::new();
        if let Some(file) = &mut file {
            end_of(file)?.lines().filter_map(Alarm::read).for_each(|alarm| remember(&mut alarms, alarm));
        }
        Ok(Self { file: file.map(Mutex::new), alarms: Mutex::new(alarms) })
    }

    /// The latest alarms, the newest first; those before a restart too, where the log is a file.
    #[must_use]
    pub fn alarms(&self) -> Vec<Alarm> {
        self.alarms.lock().unwrap_or_else(PoisonError::into_inner).iter().rev().cloned().collect()
    }

    /// Writes a line. A line that cannot be written is said aloud in the technical log.
    pub fn write(&self, entry: Entry<'_>) {
        if entry.happened.is_alarm() {
            let alarm = Alarm {
                happened: entry.happened,
                at: entry.at,
                account: entry.account.map(|key| key.handle()),
                why: entry.why.map(str::to_owned),
            };
            remember(&mut self.alarms.lock().unwrap_or_else(PoisonError::into_inner), alarm);
        }
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

fn remember(alarms: &mut VecDeque<Alarm>, alarm: Alarm) {
    if alarms.len() == ALARMS_MAX {
        alarms.pop_front();
    }
    alarms.push_back(alarm);
}

fn end_of(file: &mut File) -> std::io::Result<String> {
    let length = file.metadata()?.len();
    file.seek(SeekFrom::Start(length.saturating_sub(END_BYTES_MAX)))?;
    let mut bytes = Vec::new();
    file.take(END_BYTES_MAX).read_to_end(&mut bytes)?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry(happened: Happened, why: &'static str) -> Entry<'static> {
        let at = "2026-11-21T09:00:00Z".parse().unwrap();
        Entry { happened, at, client: None, account: Some(SecretKey::of(b"a")), why: Some(why) }
    }

    #[test]
    fn alarms_outlive_a_restart_and_other_events_and_broken_lines_are_none() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("security.log");
        let log = SecurityLog::open(Some(&path)).unwrap();
        log.write(entry(Happened::LoggedIn, "x"));
        log.write(entry(Happened::ManySubjects, "a-hundred-people-in-a-day"));
        let before = log.alarms();
        assert_eq!(before.len(), 1);
        drop(log);
        std::fs::write(&path, [std::fs::read(&path).unwrap(), b"{\"event\":\n\xff\n".to_vec()].concat())
            .unwrap();
        let again = SecurityLog::open(Some(&path)).unwrap();
        assert_eq!(again.alarms(), before);
        again.write(entry(Happened::ManyRefusals, "y"));
        assert_eq!(again.alarms().first().map(|alarm| alarm.happened), Some(Happened::ManyRefusals));
    }

    #[test]
    fn the_oldest_alarms_make_room() {
        let log = SecurityLog::default();
        (0..ALARMS_MAX + 10).for_each(|_| log.write(entry(Happened::ManyEmergencies, "z")));
        assert_eq!(log.alarms().len(), ALARMS_MAX);
    }
}
