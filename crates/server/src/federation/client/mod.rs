//! Our side of the European gateway: uploads what may go, downloads what has come, checks every signature.
//!
//! Invariant: an answer is believed for its form, never for its status alone: a page that says sorry with 200 is a
//! failure.

mod connection;
mod download;
mod due;
mod upload;

use std::fmt;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use exposure::gateway::cms::{Certificate, KeyPairSigner};
use exposure::gateway::{FederatedKey, SigningCertificate};
use jiff::{SignedDuration, Timestamp};
use register::Unavailable;
use services::smittestop::gateway::Terms;

use super::door::Door;
use crate::config::FederationSettings;
use crate::pem::{self, BadPem};
use connection::Connection;

/// Where keys of ours come from: those that arrived between two moments.
pub type Source =
    dyn Fn(&services::Call<'_>, Timestamp, Timestamp) -> Result<Vec<FederatedKey>, Unavailable> + Send + Sync;

/// Our side. Clones share it.
#[derive(Clone)]
pub struct Client(Arc<Shared>);

struct Shared {
    door: Door,
    terms: Terms,
    connection: Connection,
    signer: KeyPairSigner,
    source: Arc<Source>,
    every: SignedDuration,
    /// Where the gateway tells us of something new.
    callback: Option<String>,
    woken: AtomicBool,
    /// Held by the run that is under way.
    alone: tokio::sync::Mutex<()>,
}

impl fmt::Debug for Client {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Client").field("country", &self.0.terms.own).finish_non_exhaustive()
    }
}

/// Why a run did not do all that it should. What it had done stays done, and the next run goes on.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Failure {
    /// Nobody answers.
    #[error("the gateway does not answer")]
    Unreachable,
    /// What answers is no gateway, or one in trouble.
    #[error("the gateway answered with something that is no gateway's answer ({0})")]
    NotAGateway(&'static str),
    /// We are not admitted.
    #[error("the gateway does not admit us; see the certificates")]
    NotAdmitted,
    /// The gateway refuses all that we send.
    #[error("the gateway refused every upload; see the signing certificate")]
    AllRefused,
    /// We have sent all that we may.
    #[error("the gateway takes no more keys today")]
    OverCap,
    /// Our signature cannot be made.
    #[error("the batch cannot be signed")]
    Signing,
    /// The account of the gateway does not fit what came.
    #[error("the gateway's account does not fit the keys that came")]
    Account,
    /// The register cannot answer.
    #[error("the register cannot answer now")]
    Register,
}

impl Failure {
    /// A stable word.
    #[must_use]
    pub const fn word(&self) -> &'static str {
        match self {
            Self::Unreachable => "unreachable",
            Self::NotAGateway(_) => "not-a-gateway",
            Self::NotAdmitted => "not-admitted",
            Self::AllRefused => "all-refused",
            Self::OverCap => "over-cap",
            Self::Signing => "signing",
            Self::Account => "account",
            Self::Register => "register",
        }
    }
}

impl From<Unavailable> for Failure {
    fn from(_: Unavailable) -> Self {
        Self::Register
    }
}

impl<Own: services::Explain> From<services::Error<Own>> for Failure {
    fn from(_: services::Error<Own>) -> Self {
        Self::Register
    }
}

impl Client {
    /// Our side as the configuration says.
    ///
    /// # Errors
    /// A file that cannot be used.
    pub fn of(door: Door, settings: &FederationSettings, source: Arc<Source>) -> Result<Self, BadPem> {
        let mut partners = Vec::new();
        for partner in &settings.partners {
            for path in &partner.certificates {
                let certificate = Certificate::from_pem(&pem::text(path)?);
                let certificate = certificate.map_err(|error| pem::bad(path, error.to_string()))?;
                if certificate.country().as_deref() != Some(partner.country.as_str()) {
                    return Err(pem::bad(path, "names another country than the partner"));
                }
                let country = partner.country.clone();
                partners.push(SigningCertificate { thumbprint: certificate.thumbprint(), country });
            }
        }
        let mut terms = Terms::of(&settings.country, partners);
        terms.keys_per_day_max = settings.keys_per_day_max;
        terms.days_back = settings.days_back;
        Ok(Self(Arc::new(Shared {
            door,
            terms,
            connection: Connection::of(settings)?,
            signer: pem::signer(&settings.signing_certificate, &settings.signing_key)?,
            source,
            every: SignedDuration::from_mins(i64::from(settings.every_minutes)),
            callback: settings.callback.clone(),
            woken: AtomicBool::new(false),
            alone: tokio::sync::Mutex::default(),
        })))
    }

    /// The gateway says that there is something new: the next minute downloads. Anybody may say so; it costs one
    /// download a minute at most, and nothing of what is said is believed.
    pub fn wake(&self) {
        self.0.woken.store(true, Ordering::Relaxed);
    }

    /// The terms under which we take part.
    #[must_use]
    pub fn terms(&self) -> &Terms {
        &self.0.terms
    }

    /// The register behind it.
    #[must_use]
    pub fn door(&self) -> &Door {
        &self.0.door
    }
}
