//! The European gateway as a server: uploads, downloads, the account of who uploaded what, callbacks.
//!
//! Invariant: a country is known by the certificate of its connection, looked up anew at each request.

mod address;
mod answer;
mod audit;
mod callback;
mod download;
mod identify;
mod listen;
mod negotiate;
mod pinned;
mod tell;
mod upload;

use std::net::IpAddr;
use std::sync::Arc;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::routing::{get, post, put};
use exposure::gateway::cms::{BatchSigner, KeyPairSigner};
use services::gateway_service::{Known, Rules, make_batches, state};

use super::door::Door;
use crate::config::GatewaySettings;
use crate::jobs::NotDone;
use crate::pem::{self, BadPem};

pub use address::{Addresses, Found, Resolver, SystemResolver};
pub use identify::ClientCertificate;
pub use listen::{BadListener, Listener};

/// Most bytes of an upload: five thousand keys in the heavier form, several times over.
const BODY_BYTES_MAX: usize = 8 * 1024 * 1024;

/// The gateway. Clones share it.
#[derive(Clone, Debug)]
pub struct Gateway(Arc<Shared>);

#[derive(Debug)]
struct Shared {
    door: Door,
    rules: Rules,
    known: Arc<Known>,
    proxies: Vec<IpAddr>,
    resolver: Arc<dyn Resolver>,
    addresses: Addresses,
}

impl Gateway {
    /// A gateway over a register.
    #[must_use]
    pub fn new(
        door: Door,
        rules: Rules,
        proxies: Vec<IpAddr>,
        resolver: Arc<dyn Resolver>,
        addresses: Addresses,
    ) -> Self {
        let known = Arc::default();
        Self(Arc::new(Shared { door, rules, known, proxies, resolver, addresses }))
    }

    /// A gateway as the configuration says. It calls public addresses only.
    ///
    /// # Errors
    /// A certificate that cannot be read.
    pub fn of(door: Door, settings: &GatewaySettings) -> Result<Self, BadPem> {
        let rules = rules(settings)?;
        let proxies = settings.proxies.clone();
        Ok(Self::new(door, rules, proxies, Arc::new(SystemResolver), Addresses::Public))
    }

    /// Its addresses, for whoever listens.
    pub fn router(&self) -> Router {
        Router::new()
            .route("/diagnosiskeys/upload", post(upload::handle))
            .route("/diagnosiskeys/download/{day}", get(download::handle))
            .route("/diagnosiskeys/audit/download/{day}/{tag}", get(audit::handle))
            .route("/diagnosiskeys/callback", get(callback::list))
            .route("/diagnosiskeys/callback/{id}", put(callback::put).delete(callback::delete))
            .fallback(answer::nothing_here)
            .layer(DefaultBodyLimit::max(BODY_BYTES_MAX))
            .with_state(self.clone())
    }

    /// Makes the batches that are due, every five minutes. Each minute is often enough to look.
    ///
    /// # Errors
    /// The register could not answer; the next time tries again.
    pub async fn make_batches(&self) -> Result<(), NotDone> {
        let known = self.0.known.clone();
        let made = self.0.door.act(move |at| make_batches::run(at, &known)).await;
        made.map(|_| ()).map_err(|problem| {
            tracing::error!(target: "technical", problem = %problem, "batches could not be made");
            NotDone
        })
    }

    /// Tells whoever asked for it of the newest batch. It waits for servers of others, and nothing else waits for it.
    ///
    /// # Errors
    /// The register could not answer; the next time tries again.
    pub async fn tell(&self) -> Result<(), NotDone> {
        tell::all(self).await
    }

    /// Both, one after the other, where one hand turns everything.
    ///
    /// # Errors
    /// As both.
    #[cfg(any(test, feature = "demo"))]
    pub async fn run_due(&self) -> Result<(), NotDone> {
        self.make_batches().await?;
        self.tell().await
    }

    /// How it stands.
    ///
    /// # Errors
    /// Its register cannot answer.
    pub async fn state(&self) -> Result<state::State, state::Error> {
        let rules = self.0.rules.clone();
        self.0.door.act(move |at| state::run(at, &rules)).await
    }

    /// The register behind it, for a rehearsal.
    #[cfg(any(test, feature = "demo"))]
    pub(crate) fn door(&self) -> &Door {
        &self.0.door
    }
}

/// The rules of a configuration.
///
/// # Errors
/// The operator's certificate cannot be read.
pub fn rules(settings: &GatewaySettings) -> Result<Rules, BadPem> {
    let path = &settings.operator_certificate;
    let certificate = exposure::gateway::cms::Certificate::from_pem(&pem::text(path)?);
    let certificate = certificate.map_err(|error| pem::bad(path, error.to_string()))?;
    Ok(Rules {
        operator: certificate,
        keys_per_day_max: settings.keys_per_day_max,
        days_given: settings.days_given,
    })
}

/// What signs for the operator; only the command that admits a country needs it.
///
/// # Errors
/// The key or the certificate cannot be read, or they do not belong together.
pub fn operator(settings: &GatewaySettings) -> Result<KeyPairSigner, BadPem> {
    let signer = pem::signer(&settings.operator_certificate, &settings.operator_key)?;
    tracing::debug!(target: "technical", thumbprint = %signer.certificate().thumbprint(), "the operator signs");
    Ok(signer)
}
