//! What phones ask of verification: a code becomes a token, a token becomes a certificate. No login, no name, no address kept.
//!
//! Invariant: what ties a certificate to keys is forgotten when the answer is written; keys never come here.

mod answer;
mod certificate;
mod certify;
mod chaff;
mod guesses;
mod jwks;
mod question;
mod verify;

use axum::Router;
use axum::routing::{get, post};

pub use certificate::BadCertificateKey;
pub(crate) use certificate::Signer;

use crate::app::App;
use crate::config::{Config, VerificationSettings};
use chaff::Recent;
use guesses::Guesses;

/// What verification keeps in memory; nothing of it says who asked.
#[derive(Debug)]
pub(crate) struct Verification {
    pub(crate) settings: VerificationSettings,
    pub(crate) signer: Signer,
    guesses: Guesses,
    recent: Recent,
}

impl Verification {
    /// Reads the key, where the configuration has the section.
    pub(crate) fn new(config: &Config) -> Result<Option<Self>, BadCertificateKey> {
        let Some(settings) = config.verification.clone() else { return Ok(None) };
        let signer = Signer::new(&settings)?;
        Ok(Some(Self { settings, signer, guesses: Guesses::default(), recent: Recent::default() }))
    }
}

/// The addresses of phones and the pages of people; none where the configuration has no such section.
pub(crate) fn routes(app: &App) -> Router<App> {
    if app.verification().is_none() {
        return Router::new();
    }
    Router::new()
        .route("/api/verify", post(verify::run))
        .route("/api/certificate", post(certify::run))
        .route("/api/jwks", get(jwks::run))
        .merge(crate::pages::warn_routes())
}
