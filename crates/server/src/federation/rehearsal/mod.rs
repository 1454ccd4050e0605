//! Several countries and the gateway on one machine, with certificates of an own authority: for tests and the
//! demonstration, never in a release.
//!
//! Certificates that lie in the folder already are used again: a rehearsal goes on where it was left.

mod ear;
mod misdeed;

use std::io::Write as _;
use std::net::{Ipv4Addr, SocketAddr};
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use exposure::gateway::cms::KeyPairSigner;
use rcgen::{
    BasicConstraints, CertificateParams, DnType, ExtendedKeyUsagePurpose, IsCa, Issuer, KeyPair, SanType,
    date_time_ymd,
};
use services::gateway_service::certificates::Usage;
use services::gateway_service::{Reason, Rules, onboard};
use services::smittestop::gateway::Terms;
use tokio::sync::watch;

use super::client::{Client, Source};
pub use ear::Ear;
pub use misdeed::{Misdeed, Outcome};

use super::gateway::{Addresses, BadListener, Gateway, Listener, Resolver, SystemResolver, operator, rules};
use super::{BadPem, Door};
use crate::config::{FederationSettings, GatewaySettings, GatewayTls, Partner};

/// The rehearsal could not be set up.
#[derive(Debug, thiserror::Error)]
pub enum BadRehearsal {
    /// A certificate could not be made.
    #[error("a certificate could not be made: {0}")]
    Certificate(#[from] rcgen::Error),
    /// A file could not be written.
    #[error("a file could not be written: {0}")]
    File(#[from] std::io::Error),
    /// A file that was just written cannot be used.
    #[error(transparent)]
    Pem(#[from] BadPem),
    /// The gateway does not listen.
    #[error(transparent)]
    Listen(#[from] BadListener),
    /// Nothing can be signed.
    #[error("a batch could not be signed")]
    Signing,
    /// A country was not admitted.
    #[error(transparent)]
    Admit(#[from] services::Error<Reason>),
}

/// A gateway that runs, and the authority that vouches for everybody.
pub struct Rehearsal {
    /// The gateway.
    pub gateway: Gateway,
    /// Where it listens.
    pub address: SocketAddr,
    /// Its settings.
    pub settings: GatewaySettings,
    rules: Rules,
    operator: KeyPairSigner,
    folder: PathBuf,
    authority: Issuer<'static, KeyPair>,
    stop: watch::Sender<()>,
}

impl std::fmt::Debug for Rehearsal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Rehearsal").field("address", &self.address).finish_non_exhaustive()
    }
}

/// A country's certificates, as files.
#[derive(Clone, Debug)]
pub struct Papers {
    /// The country.
    pub country: String,
    /// To connect.
    pub connecting: [PathBuf; 2],
    /// To sign.
    pub signing: [PathBuf; 2],
}

impl Rehearsal {
    /// Starts a gateway over a register, on a free port of this machine.
    ///
    /// # Errors
    /// [`BadRehearsal`].
    pub async fn start(door: Door, folder: &Path) -> Result<Self, BadRehearsal> {
        Self::start_with(door, folder, Arc::new(SystemResolver)).await
    }

    /// The same with another way of looking names up.
    ///
    /// # Errors
    /// [`BadRehearsal`].
    pub async fn start_with(
        door: Door,
        folder: &Path,
        resolver: Arc<dyn Resolver>,
    ) -> Result<Self, BadRehearsal> {
        std::fs::create_dir_all(folder)?;
        let params = params("EU", "authority", Role::Authority);
        let (key, kept) = key_pair(&folder.join("ca.key"))?;
        let ca = folder.join("ca.pem");
        if !(kept && ca.is_file()) {
            std::fs::write(&ca, params.self_signed(&key)?.pem())?;
        }
        let authority = Issuer::new(params, key);
        let [certificate, tls_key] = paper(folder, &authority, "EU", "gateway", Role::Server)?;
        let [operator_certificate, operator_key] = paper(folder, &authority, "EU", "operator", Role::Client)?;
        let settings = GatewaySettings {
            listen: SocketAddr::from((Ipv4Addr::LOCALHOST, 0)),
            tls: Some(GatewayTls { certificate, key: tls_key, client_ca: ca }),
            proxies: Vec::new(),
            operator_certificate,
            operator_key,
            keys_per_day_max: Terms::KEYS_PER_DAY_MAX,
            days_given: 14,
        };
        let (rules, operator) = (rules(&settings)?, operator(&settings)?);
        let listener = Listener::bind(&settings, door.clock()).await?;
        let address = listener.address()?;
        let gateway = Gateway::new(door, rules.clone(), Vec::new(), resolver, Addresses::ThisMachineToo);
        let (stop, stopped) = watch::channel(());
        tokio::spawn(listener.serve(gateway.clone(), stopped));
        let folder = folder.to_path_buf();
        Ok(Self { gateway, address, settings, rules, operator, folder, authority, stop })
    }

    /// Makes a country's certificates and has the gateway admit them.
    ///
    /// # Errors
    /// [`BadRehearsal`].
    pub fn admit(&self, country: &str) -> Result<Papers, BadRehearsal> {
        let papers = self.papers(country)?;
        self.onboard(country, &papers.connecting[0], Usage::Authentication)?;
        self.onboard(country, &papers.signing[0], Usage::Signing)?;
        Ok(papers)
    }

    /// Makes a country's certificates, which the gateway does not know yet.
    ///
    /// # Errors
    /// [`BadRehearsal`].
    pub fn papers(&self, country: &str) -> Result<Papers, BadRehearsal> {
        let make = |what: &str| {
            paper(&self.folder, &self.authority, country, &format!("{country}-{what}"), Role::Client)
        };
        Ok(Papers { country: country.to_owned(), connecting: make("connect")?, signing: make("sign")? })
    }

    /// Makes a certificate for being called by the gateway, and has the gateway admit it.
    ///
    /// # Errors
    /// [`BadRehearsal`].
    pub fn admit_callback(&self, country: &str) -> Result<[PathBuf; 2], BadRehearsal> {
        let name = format!("{country}-callback");
        let papers = paper(&self.folder, &self.authority, country, &name, Role::Server)?;
        self.onboard(country, &papers[0], Usage::Callback)?;
        Ok(papers)
    }

    fn onboard(&self, country: &str, certificate: &Path, usage: Usage) -> Result<(), BadRehearsal> {
        let pem = std::fs::read_to_string(certificate)?;
        let by = ["first".to_owned(), "second".to_owned()];
        let request = onboard::Request { pem: &pem, country, usage, by, operator: &self.operator };
        match self.gateway.door().act_here(|at| onboard::run(at, &self.rules, &request)) {
            Ok(_) | Err(services::Error::Not(Reason::Admitted)) => Ok(()),
            Err(problem) => Err(problem.into()),
        }
    }

    /// Another certificate with which a country signs; the gateway admits it, the other countries have not heard of it.
    ///
    /// # Errors
    /// [`BadRehearsal`].
    pub fn admit_unheard_of(&self, country: &str) -> Result<[PathBuf; 2], BadRehearsal> {
        let name = format!("{country}-sign-unheard-of");
        let papers = paper(&self.folder, &self.authority, country, &name, Role::Client)?;
        self.onboard(country, &papers[0], Usage::Signing)?;
        Ok(papers)
    }

    /// The rules of the gateway.
    #[must_use]
    pub fn rules(&self) -> &Rules {
        &self.rules
    }

    /// How a country would be configured.
    #[must_use]
    pub fn settings_of(&self, own: &Papers, partners: &[&Papers]) -> FederationSettings {
        let [certificate, key] = own.connecting.clone();
        let [signing_certificate, signing_key] = own.signing.clone();
        let partner = |papers: &&Papers| Partner {
            country: papers.country.clone(),
            certificates: vec![papers.signing[0].clone()],
        };
        FederationSettings {
            gateway: format!("https://{}", self.address),
            gateway_ca: Some(self.folder.join("ca.pem")),
            country: own.country.clone(),
            certificate,
            key,
            signing_certificate,
            signing_key,
            every_minutes: 120,
            days_back: Terms::DAYS_BACK,
            keys_per_day_max: Terms::KEYS_PER_DAY_MAX,
            callback: None,
            partners: partners.iter().filter(|other| other.country != own.country).map(partner).collect(),
        }
    }

    /// A country's side: its register, its papers, the countries it believes, where its keys come from.
    ///
    /// # Errors
    /// [`BadRehearsal`].
    pub fn client(
        &self,
        door: Door,
        own: &Papers,
        partners: &[&Papers],
        source: Arc<Source>,
    ) -> Result<Client, BadRehearsal> {
        Ok(Client::of(door, &self.settings_of(own, partners), source)?)
    }

    /// Stops the gateway.
    pub fn stop(self) {
        drop(self.stop);
    }
}

#[derive(Clone, Copy)]
enum Role {
    Authority,
    Server,
    Client,
}

fn params(country: &str, name: &str, role: Role) -> CertificateParams {
    let mut params = CertificateParams::default();
    params.distinguished_name.push(DnType::CountryName, country);
    params.distinguished_name.push(DnType::CommonName, name);
    // Far on both sides: a demonstration moves its clock.
    (params.not_before, params.not_after) = (date_time_ymd(2020, 1, 1), date_time_ymd(2099, 1, 1));
    match role {
        Role::Authority => params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained),
        Role::Server => {
            params.extended_key_usages.push(ExtendedKeyUsagePurpose::ServerAuth);
            params.subject_alt_names.push(SanType::IpAddress(Ipv4Addr::LOCALHOST.into()));
        }
        Role::Client => params.extended_key_usages.push(ExtendedKeyUsagePurpose::ClientAuth),
    }
    params
}

/// A certificate and its key, as files.
fn paper(
    folder: &Path,
    authority: &Issuer<'static, KeyPair>,
    country: &str,
    name: &str,
    role: Role,
) -> Result<[PathBuf; 2], BadRehearsal> {
    let files = [folder.join(format!("{name}.pem")), folder.join(format!("{name}.key"))];
    let (key, kept) = key_pair(&files[1])?;
    if !(kept && files[0].is_file()) {
        let certificate = params(country, name, role).signed_by(&key, authority)?;
        std::fs::write(&files[0], certificate.pem())?;
    }
    Ok(files)
}

/// The key of a file, made if there is none, and whether it was there.
fn key_pair(file: &Path) -> Result<(KeyPair, bool), BadRehearsal> {
    if file.is_file() {
        return Ok((KeyPair::from_pem(&std::fs::read_to_string(file)?)?, true));
    }
    let key = KeyPair::generate()?;
    let mut written = std::fs::OpenOptions::new().write(true).create_new(true).mode(0o400).open(file)?;
    written.write_all(key.serialize_pem().as_bytes())?;
    Ok((key, false))
}
