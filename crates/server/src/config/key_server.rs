//! `[key_server]`: where rolling IDs are received and files of them are fetched. Absent = no such address.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use serde::Deserialize;

use super::check::{OPEN, is_open};

/// The key server of smitte|stop.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct KeyServerSettings {
    /// Where it listens: a port of its own.
    pub address: SocketAddr,
    /// Where phones reach it, such as `https://keys.example.dk`: pages of ours lead there. Absent: they name files only.
    #[serde(default)]
    pub origin: Option<String>,
    /// The folder of export files. What lies there without a record is removed.
    pub exports: PathBuf,
    /// What it calls itself in certificates: `aud`.
    pub audience: String,
    /// Hours of a window; a divisor of 24.
    #[serde(default = "two_hours")]
    pub window_hours: u32,
    /// Keys of a file at most.
    #[serde(default = "half_a_million")]
    pub keys_at_most: usize,
    /// The least that a file holds, to which up to a tenth is added.
    #[serde(default = "a_thousand")]
    pub keys_at_least: usize,
    /// The region that files name.
    #[serde(default = "denmark")]
    pub region: String,
    /// What whoever was warned is advised: a file that is looked at each minute. Absent: phones keep what they were born with.
    #[serde(default)]
    pub guidance: Option<PathBuf>,
    /// What certificates may say: `confirmed`, `likely`, `negative`, `user-report`.
    #[serde(default = "confirmed")]
    pub accepts: Vec<String>,
    /// Files with 32 bytes each in hexadecimal digits, mode 0400: secrets of revision tokens, the newest first.
    pub revision_keys: Vec<PathBuf>,
    /// Who issues certificates.
    #[serde(rename = "authority")]
    pub authorities: Vec<AuthoritySettings>,
    /// Who signs files.
    #[serde(rename = "signing")]
    pub signing: Vec<SigningSettings>,
}

/// A verification server whose certificates are believed.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AuthoritySettings {
    /// `healthAuthorityID`
    pub id: String,
    /// `iss`
    pub issuer: String,
    /// Its public keys.
    #[serde(rename = "key")]
    pub keys: Vec<AuthorityKey>,
}

/// A public key of a verification server.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct AuthorityKey {
    /// `kid`
    pub kid: String,
    /// PEM: P-256 for certificates, RSA for tokens of the Danish app.
    pub path: PathBuf,
    /// What it signs.
    #[serde(default)]
    pub form: TokenForm,
}

/// What a verification server signs with a key. One key signs one form.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum TokenForm {
    /// Certificates, ES256.
    #[default]
    Certificate,
    /// Tokens of the Danish app, RS256; taken at its addresses only.
    Danish,
}

/// A key that signs export files.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SigningSettings {
    /// PKCS#8 in PEM, P-256, mode 0400.
    pub key: PathBuf,
    /// Its id: the country's number, `238` for Denmark.
    pub key_id: String,
    /// Its version.
    pub key_version: String,
    /// From when it signs. Phones must know it before.
    pub from: Timestamp,
}

const fn two_hours() -> u32 {
    2
}

const fn half_a_million() -> usize {
    500_000
}

const fn a_thousand() -> usize {
    1_000
}

fn denmark() -> String {
    "DK".to_owned()
}

fn confirmed() -> Vec<String> {
    vec!["confirmed".to_owned()]
}

impl KeyServerSettings {
    /// Makes paths relative to a folder.
    pub(super) fn resolve(&mut self, folder: &Path) {
        let paths = std::iter::once(&mut self.exports)
            .chain(&mut self.guidance)
            .chain(&mut self.revision_keys)
            .chain(self.signing.iter_mut().map(|signing| &mut signing.key))
            .chain(self.authorities.iter_mut().flat_map(|one| one.keys.iter_mut().map(|key| &mut key.path)));
        for path in paths {
            *path = folder.join(&*path);
        }
    }

    /// Every unsafe setting: which, and why.
    pub(super) fn problems(&self, database: &Path) -> Vec<(&'static str, &'static str)> {
        let mut found = Vec::new();
        let mut when = |wrong: bool, setting, why| {
            if wrong {
                found.push((setting, why));
            }
        };
        when(
            self.window_hours == 0 || 24 % self.window_hours.max(1) != 0,
            "key_server.window_hours",
            "must divide a day: 1, 2, 3, 4, 6, 8, 12 or 24",
        );
        when(
            self.keys_at_least < 1_000,
            "key_server.keys_at_least",
            "with fewer than 1,000 keys a file tells how many people are in it",
        );
        when(
            !(self.keys_at_least..=750_000).contains(&self.keys_at_most),
            "key_server.keys_at_most",
            "phones take at most 750,000 keys in a file",
        );
        when(
            self.origin.as_deref().is_some_and(|origin| !leads_there(origin)),
            "key_server.origin",
            "write scheme, host and port only, such as https://keys.example.dk; http:// on this machine alone",
        );
        when(self.audience.is_empty(), "key_server.audience", "name what certificates must be meant for");
        when(
            self.accepts.iter().any(|word| services::smittestop::keys::ReportKind::of(word).is_none()),
            "key_server.accepts",
            "is one of confirmed, likely, negative, user-report",
        );
        when(self.signing.is_empty(), "key_server.signing", "phones believe no file that nobody has signed");
        when(self.authorities.is_empty(), "key_server.authority", "nobody could upload");
        when(self.revision_keys.is_empty(), "key_server.revision_keys", "no upload could be taken back");
        when(
            self.exports.starts_with(database),
            "key_server.exports",
            "what everybody may fetch does not lie in the folder of the database",
        );
        when(self.signing.iter().any(|signing| is_open(&signing.key)), "key_server.signing", OPEN);
        when(self.revision_keys.iter().any(|key| is_open(key)), "key_server.revision_keys", OPEN);
        found
    }
}

/// Whether phones and browsers can be led there safely.
fn leads_there(origin: &str) -> bool {
    let host = origin.split_once("://").map(|(_, rest)| rest).unwrap_or_default();
    let plain = !host.is_empty() && !host.contains(['/', '@', '?', '#', ' ', '*', '"']);
    plain && (origin.starts_with("https://") || super::is_loopback_origin(origin))
}
