//! Several countries and the gateway on one machine, with certificates of an own authority: for tests and the
//! demonstration, never in a release.

use std::net::{Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use exposure::gateway::cms::KeyPairSigner;
use rcgen::{
    BasicConstraints, CertificateParams, DnType, ExtendedKeyUsagePurpose, IsCa, Issuer, KeyPair, SanType,
    date_time_ymd,
};
use services::gateway_service::certificates::Usage;
use services::gateway_service::{Reason, Rules, onboard};
use tokio::sync::watch;

use super::client::{Client, Source};
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
        let (params, key) = (params("EU", "authority", Role::Authority), KeyPair::generate()?);
        std::fs::write(folder.join("ca.pem"), params.self_signed(&key)?.pem())?;
        let authority = Issuer::new(params, key);
        let [certificate, tls_key] = paper(folder, &authority, "EU", "gateway", Role::Server)?;
        let [operator_certificate, operator_key] = paper(folder, &authority, "EU", "operator", Role::Client)?;
        let settings = GatewaySettings {
            listen: SocketAddr::from((Ipv4Addr::LOCALHOST, 0)),
            tls: Some(GatewayTls { certificate, key: tls_key, client_ca: folder.join("ca.pem") }),
            proxies: Vec::new(),
            operator_certificate,
            operator_key,
            keys_per_day_max: 200_000,
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
        let make = |what: &str| {
            paper(&self.folder, &self.authority, country, &format!("{country}-{what}"), Role::Client)
        };
        let papers =
            Papers { country: country.to_owned(), connecting: make("connect")?, signing: make("sign")? };
        self.onboard(country, &papers.connecting[0], Usage::Authentication)?;
        self.onboard(country, &papers.signing[0], Usage::Signing)?;
        Ok(papers)
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

    fn onboard(&self, country: &str, certificate: &Path, usage: Usage) -> Result<String, BadRehearsal> {
        let pem = std::fs::read_to_string(certificate)?;
        let by = ["first".to_owned(), "second".to_owned()];
        let request = onboard::Request { pem: &pem, country, usage, by, operator: &self.operator };
        Ok(self.gateway.door().act_here(|at| onboard::run(at, &self.rules, &request))?)
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
            days_back: 7,
            keys_per_day_max: 200_000,
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
    (params.not_before, params.not_after) = (date_time_ymd(2020, 1, 1), date_time_ymd(2045, 1, 1));
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
    let key = KeyPair::generate()?;
    let certificate = params(country, name, role).signed_by(&key, authority)?;
    let files = [folder.join(format!("{name}.pem")), folder.join(format!("{name}.key"))];
    std::fs::write(&files[0], certificate.pem())?;
    std::fs::write(&files[1], key.serialize_pem())?;
    Ok(files)
}
