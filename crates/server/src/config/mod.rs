//! The one configuration file, `hjemmel.toml`: read, checked, and refused where it is unsafe.
//!
//! Invariant: secrets stand in files of their own, never here, in arguments or in the environment.

mod check;
mod federation;
mod key_server;
mod network;
mod statistics;
mod verification;

use std::collections::BTreeMap;
use std::net::{IpAddr, SocketAddr};
use std::path::{Path, PathBuf};

use notice::Bilingual;
use serde::Deserialize;

pub use check::Unsafe;
pub(crate) use check::{is_loopback_origin, origin_of};
pub use federation::{FederationSettings, GatewaySettings, GatewayTls, Partner};
pub use key_server::{AuthorityKey, AuthoritySettings, KeyServerSettings, SigningSettings, TokenForm};
pub use network::{Network, NotANetwork};
pub use statistics::{StatisticsRole, StatisticsSettings};
pub use verification::{DanishSettings, VerificationSettings};

/// The configuration.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Config {
    /// What the site is called from outside.
    pub site: Site,
    /// Where the server listens.
    pub listen: Listen,
    /// Where the data lives.
    pub register: RegisterSettings,
    /// How much is allowed how often.
    #[serde(default)]
    pub limits: LimitSettings,
    /// Where the security log goes.
    #[serde(default)]
    pub log: LogSettings,
    /// Persons who may sign the notices.
    #[serde(default, rename = "signer")]
    pub signers: Vec<SignerSettings>,
    /// Login brokers.
    #[serde(default, rename = "broker")]
    pub brokers: Vec<Broker>,
    /// Systems that may call the API.
    #[serde(default, rename = "system")]
    pub systems: Vec<System>,
    /// Verification of people who tested positive; none if absent, like each of the following.
    #[serde(default)]
    pub verification: Option<VerificationSettings>,
    /// One of the two bodies that count together.
    #[serde(default)]
    pub statistics: Option<StatisticsSettings>,
    /// The key server of smitte|stop: never in the process of verification.
    #[serde(default)]
    pub key_server: Option<KeyServerSettings>,
    /// Our side of the European gateway.
    #[serde(default)]
    pub federation: Option<FederationSettings>,
    /// The European gateway itself.
    #[serde(default)]
    pub gateway: Option<GatewaySettings>,
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

/// Where the server listens.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Listen {
    /// For people and programs.
    pub address: SocketAddr,
    /// For health and metrics: never the same port.
    pub operations: SocketAddr,
    /// Who ends TLS. `loopback`: nobody, and the server is reached from this machine only.
    pub tls: Tls,
    /// Proxies whose forwarding header is believed.
    #[serde(default)]
    pub proxies: Vec<IpAddr>,
}

/// Who ends TLS.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Tls {
    /// One of the listed proxies.
    Proxy,
    /// Nobody: loopback only.
    Loopback,
}

/// Where the data lives.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RegisterSettings {
    /// Folder of the notices.
    pub notices: PathBuf,
    /// Folder of the database.
    pub database: PathBuf,
    /// Folder of the key store: another disk, another backup.
    pub keys: PathBuf,
    /// Zone in which calendar durations count.
    #[serde(default = "danish")]
    pub zone: String,
    /// Whose signatures the notices need before they run.
    #[serde(default)]
    pub signatures: Signatures,
    /// So many records may go at once though no plan of the day before knew of them.
    #[serde(default = "brake_floor")]
    pub brake_floor: u64,
}

fn brake_floor() -> u64 {
    register::Guard::default().brake_floor
}

impl RegisterSettings {
    /// The register as these settings want it.
    #[must_use]
    pub fn config(&self, zone: jiff::tz::TimeZone) -> register::Config {
        let mut config = register::Config::new(&self.database, &self.keys, zone);
        config.guard.brake_floor = self.brake_floor;
        config
    }
}

/// Whose signatures the notices need before they run.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Signatures {
    /// Two of the persons listed under `signer`.
    #[default]
    Two,
    /// Nobody's: on one's own machine only.
    None,
}

/// A person who may sign the notices.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SignerSettings {
    /// Name in signatures.
    pub name: String,
    /// The person's public key, PEM, as `hjemmel sign keygen` writes it.
    pub key: PathBuf,
}

fn danish() -> String {
    "Europe/Copenhagen".to_owned()
}

/// Limits that may be set. The strictest that a rule sets cannot be raised, but for shared addresses.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct LimitSettings {
    /// Requests from one address in a minute.
    pub requests_per_minute: u32,
    /// Requests of one person or system in a minute.
    pub requests_per_minute_actor: u32,
    /// Addresses that many people share: hospitals, mobile carriers.
    pub shared_addresses: Vec<Network>,
    /// How many times more is allowed from them.
    pub shared_factor: u32,
}

impl Default for LimitSettings {
    fn default() -> Self {
        Self {
            requests_per_minute: 600,
            requests_per_minute_actor: 600,
            shared_addresses: Vec::new(),
            shared_factor: 20,
        }
    }
}

/// Where the security log goes.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct LogSettings {
    /// A file that another system carries away; standard error if absent.
    pub security: Option<PathBuf>,
}

/// A login broker.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Broker {
    /// Short name, in addresses.
    pub id: String,
    /// For people.
    pub title: Bilingual,
    /// The issuer, exactly as the broker writes it.
    pub issuer: String,
    /// Other origins over which the broker leads the browser on its way: a browser that honours `form-action` stops at an origin that is not named.
    #[serde(default)]
    pub redirect_origins: Vec<String>,
    /// What the broker calls us.
    pub client_id: String,
    /// Our private key for `private_key_jwt`, PEM, mode 0400.
    pub key: PathBuf,
    /// Its id at the broker.
    pub key_id: String,
    /// Its algorithm.
    #[serde(default)]
    pub key_algorithm: Signing,
    /// Algorithms with which the broker may sign.
    #[serde(default = "broker_algorithms")]
    pub algorithms: Vec<Signing>,
    /// Scopes beside `openid`.
    #[serde(default)]
    pub scopes: Vec<String>,
    /// Who logs in here.
    pub people: People,
    /// What the broker calls the things we need.
    #[serde(default)]
    pub claims: Claims,
    /// Levels of assurance by value of `acr`; a value that is not listed is refused.
    pub levels: BTreeMap<String, Level>,
    /// Roles by value of the claim `claims.roles`, for staff whom no authorisation register knows.
    #[serde(default)]
    pub roles: Vec<RoleOfValue>,
    /// With `people = "notice"`: the role of everybody who logs in, for oneself. Without it only those with a listed value come in.
    #[serde(default)]
    pub everybody: Option<String>,
}

fn broker_algorithms() -> Vec<Signing> {
    vec![Signing::Es256, Signing::Ps256]
}

/// Who logs in at a broker.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum People {
    /// People as themselves: citizens, also when they are doctors.
    Citizens,
    /// People at work.
    Staff,
    /// Whoever the roles of a notice mean: members, and those who keep their list.
    Notice,
}

/// A signature algorithm.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Deserialize)]
pub enum Signing {
    /// ECDSA on P-256.
    #[default]
    #[serde(rename = "ES256")]
    Es256,
    /// RSA-PSS.
    #[serde(rename = "PS256")]
    Ps256,
    /// RSA PKCS#1 v1.5, where a broker has nothing better.
    #[serde(rename = "RS256")]
    Rs256,
}

/// What a broker calls the things we need.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Claims {
    /// Civil registration number: `cprNumberIdentifier`, `dk.cpr` …
    pub cpr: String,
    /// Name.
    pub name: String,
    /// Number of the organisation for which staff act.
    pub organisation: Option<String>,
    /// What kind of number that is.
    pub organisation_kind: OrganisationKind,
    /// Name of the organisation.
    pub organisation_name: Option<String>,
    /// Groups or roles of staff.
    pub roles: Option<String>,
    /// With `people = "notice"`: by what the controller itself knows people, the same that is typed when an entry is added.
    pub own: Option<String>,
    /// A claim that must be `true` before `own` is believed; `email_verified` where `own` is `email`.
    pub own_verified: Option<String>,
}

impl Claims {
    /// The claim that must be `true` before `own` is believed.
    pub(crate) fn own_is_verified_by(&self) -> Option<&str> {
        let own_words = self.own.as_deref() == Some("email");
        self.own_verified.as_deref().or(own_words.then_some("email_verified"))
    }
}

impl Default for Claims {
    fn default() -> Self {
        Self {
            cpr: "dk.cpr".to_owned(),
            name: "name".to_owned(),
            organisation: None,
            organisation_kind: OrganisationKind::Cvr,
            organisation_name: None,
            roles: None,
            own: None,
            own_verified: None,
        }
    }
}

/// What kind of number an organisation has in a token.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum OrganisationKind {
    /// Business register.
    Cvr,
    /// Production unit.
    ProductionUnit,
    /// Health care organisation register.
    Sor,
    /// Location number.
    Gln,
}

/// A level of assurance, as in the national standard NSIS.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Level {
    /// Lav.
    Low,
    /// Betydelig: the floor for personal data.
    Substantial,
    /// Høj: the floor for those who run the server.
    High,
}

/// A role that a value of a claim stands for.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct RoleOfValue {
    /// The value.
    pub value: String,
    /// The role of the notices.
    pub role: String,
    /// What the person is here as: `officer`, `operator`, `reviewer`, `pharmacy`, `staff`; `person` with `people = "notice"`.
    pub persona: String,
}

/// A system that may call the API.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct System {
    /// What it calls itself.
    pub client_id: String,
    /// Name in the citizen's log.
    pub title: String,
    /// The role of the notices in which it acts.
    pub role: String,
    /// The organisation for which it acts: business register number.
    pub cvr: Option<String>,
    /// Its public key, PEM.
    pub key: PathBuf,
    /// The algorithm with which it signs.
    #[serde(default)]
    pub algorithm: Signing,
}

/// The configuration was not accepted.
#[derive(Debug, thiserror::Error)]
pub enum ConfigError {
    /// The file cannot be read.
    #[error("`{path}` cannot be read: {problem}")]
    Unreadable {
        /// The file.
        path: String,
        /// The operating system's word.
        problem: String,
    },
    /// Not as described.
    #[error("`{path}` is not as described: {problem}\nhelp: compare with hjemmel.example.toml")]
    Malformed {
        /// The file.
        path: String,
        /// What does not fit, with its line.
        problem: String,
    },
    /// Would put people at risk; every reason at once.
    #[error("`{path}` is unsafe and the server does not start:{}", list(.problems))]
    Unsafe {
        /// The file.
        path: String,
        /// Why.
        problems: Vec<Unsafe>,
    },
}

fn list(problems: &[Unsafe]) -> String {
    problems.iter().map(|problem| format!("\n- {problem}")).collect()
}

impl Config {
    /// Reads and checks a file. Paths in it are relative to it.
    ///
    /// # Errors
    /// [`ConfigError`], with every unsafe setting at once.
    pub fn load(path: &Path) -> Result<Self, ConfigError> {
        let config = Self::read(path)?;
        let problems = config.check();
        if problems.is_empty() {
            return Ok(config);
        }
        Err(ConfigError::Unsafe { path: path.display().to_string(), problems })
    }

    /// Reads a file for whoever only looks at it, on a machine that need not hold the keys of the server. A server is never started on it.
    ///
    /// # Errors
    /// [`ConfigError`], but no unsafe setting.
    pub fn read(path: &Path) -> Result<Self, ConfigError> {
        let name = path.display().to_string();
        let text = std::fs::read_to_string(path)
            .map_err(|error| ConfigError::Unreadable { path: name.clone(), problem: error.to_string() })?;
        let mut config =
            Self::parse(&text).map_err(|problem| ConfigError::Malformed { path: name.clone(), problem })?;
        config.resolve(path.parent().unwrap_or(Path::new(".")));
        Ok(config)
    }

    /// Reads a text without checking it.
    ///
    /// # Errors
    /// What does not fit, with its line.
    pub fn parse(text: &str) -> Result<Self, String> {
        toml::from_str(text).map_err(|error: toml::de::Error| error.to_string())
    }

    /// A configuration for one machine, as tests and the demonstration use it.
    #[must_use]
    pub fn loopback(address: SocketAddr, operations: SocketAddr, controller: &str) -> Self {
        Self {
            site: Site {
                origin: format!("http://localhost:{}", address.port()),
                controller: controller.to_owned(),
            },
            listen: Listen { address, operations, tls: Tls::Loopback, proxies: Vec::new() },
            register: RegisterSettings {
                notices: PathBuf::from("notices"),
                database: PathBuf::from("data"),
                keys: PathBuf::from("keys"),
                zone: danish(),
                signatures: Signatures::None,
                brake_floor: brake_floor(),
            },
            signers: Vec::new(),
            limits: LimitSettings::default(),
            log: LogSettings::default(),
            brokers: Vec::new(),
            systems: Vec::new(),
            verification: None,
            statistics: None,
            key_server: None,
            federation: None,
            gateway: None,
        }
    }

    fn resolve(&mut self, folder: &Path) {
        self.key_server.iter_mut().for_each(|key_server| key_server.resolve(folder));
        let mut paths =
            vec![&mut self.register.notices, &mut self.register.database, &mut self.register.keys];
        paths.extend(self.log.security.as_mut());
        paths.extend(self.brokers.iter_mut().map(|broker| &mut broker.key));
        paths.extend(self.signers.iter_mut().map(|signer| &mut signer.key));
        paths.extend(self.systems.iter_mut().map(|system| &mut system.key));
        paths.extend(self.verification.iter_mut().flat_map(|settings| {
            std::iter::once(&mut settings.key).chain(settings.danish.iter_mut().map(|danish| &mut danish.key))
        }));
        paths.extend(self.statistics.iter_mut().flat_map(|body| [&mut body.key, &mut body.secret]));
        paths.extend(self.federation.iter_mut().flat_map(FederationSettings::paths));
        paths.extend(self.gateway.iter_mut().flat_map(GatewaySettings::paths));
        for path in paths {
            *path = folder.join(&*path);
        }
    }
}
