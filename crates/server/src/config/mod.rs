//! The one configuration file, `hjemmel.toml`: read, checked, and refused where it is unsafe.

use std::path::PathBuf;

use serde::Deserialize;

/// The configuration.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// What the site is called from outside.
    pub site: Site,
    /// Where the data lives.
    pub register: RegisterSettings,
    /// How much is allowed how often.
    #[serde(default)]
    pub limits: LimitSettings,
}

/// What the site is called from outside.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Site {
    /// Scheme, host and port as a browser sees them, such as `https://medicin.example.dk`.
    pub origin: String,
    /// The party of the notices that runs the site.
    pub controller: String,
}

/// Where the data lives.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RegisterSettings {
    /// Folder of the notices.
    pub notices: PathBuf,
    /// Folder of the database.
    pub database: PathBuf,
    /// Folder of the key store.
    pub keys: PathBuf,
}

/// Limits that may be set.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct LimitSettings {}
