//! The newest files that phones fetch, as the page about keys between countries shows them.

use jiff::Timestamp;

/// The newest files, where this server makes them.
#[derive(Clone, Debug)]
pub struct Exported {
    /// Where phones fetch them; nothing if the configuration does not say.
    pub origin: Option<String>,
    /// Of each kind that has any.
    pub newest: Vec<Newest>,
}

/// The newest files of a kind: those of the last hours in which anything came.
#[derive(Clone, Debug)]
pub struct Newest {
    /// Key of what they hold.
    pub key: &'static str,
    /// When they were made.
    pub made: Timestamp,
    /// The first moment that they cover.
    pub from: Timestamp,
    /// The first moment after it.
    pub until: Timestamp,
    /// When they are gone.
    pub goes: Option<Timestamp>,
    /// Their folder and names.
    pub files: Vec<(&'static str, String)>,
    /// Keys in them, those included that were made up.
    pub keys: u64,
    /// Names of countries, and how many keys each sent.
    pub abroad: Vec<(String, u64)>,
}

impl Exported {
    /// The file by which somebody sees for herself, and where it lies: the last, which holds most.
    #[must_use]
    pub fn example(&self) -> Option<(String, String)> {
        let origin = self.origin.as_ref()?;
        let (folder, name) = self.newest.last()?.files.first()?;
        Some((format!("{origin}/exports/{folder}/{name}"), name.clone()))
    }

    /// Where the public keys lie.
    #[must_use]
    pub fn keys(&self) -> String {
        self.origin.as_ref().map(|origin| format!("{origin}/exports/keys.pem")).unwrap_or_default()
    }

    /// Where a file lies.
    #[must_use]
    pub fn address(&self, folder: &str, name: &str) -> Option<String> {
        self.origin.as_ref().map(|origin| format!("{origin}/exports/{folder}/{name}"))
    }
}
