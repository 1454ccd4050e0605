//! What phones ask of verification: a code becomes a token, a token becomes a certificate. No login, no name, no address kept.
//!
//! Invariant: what ties a certificate to keys is forgotten when the answer is written; keys never come here.

mod answer;
mod certificate;
mod certify;
mod chaff;
mod guesses;
mod jwks;
mod oauth;
mod question;
mod verify;

use axum::Router;
use axum::routing::{get, post};

pub use certificate::BadCertificateKey;
pub(crate) use certificate::Signer;
pub use oauth::BadTokenKey;
pub(crate) use oauth::{Came as CameOf, Errand, OAuth};

use register::Randomness;

use crate::app::App;
use crate::config::{Config, VerificationSettings};
use chaff::Recent;
use guesses::Guesses;

/// What verification keeps in memory; nothing of it says who asked.
#[derive(Debug)]
pub(crate) struct Verification {
    pub(crate) settings: VerificationSettings,
    pub(crate) signer: Signer,
    /// The way of the Danish app, where the configuration has it.
    pub(crate) oauth: Option<OAuth>,
    guesses: Guesses,
    /// How long good answers took of late, to each of the questions.
    verifying: Recent,
    certifying: Recent,
}

/// What a phone asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Asked {
    /// A token for a code.
    Verify,
    /// A certificate for a token.
    Certify,
}

/// Verification cannot start.
#[derive(Debug, thiserror::Error)]
pub enum BadVerification {
    /// The key of certificates.
    #[error(transparent)]
    Certificate(#[from] BadCertificateKey),
    /// The key of the Danish app's tokens.
    #[error(transparent)]
    Token(#[from] BadTokenKey),
}

impl Verification {
    /// Reads the key, where the configuration has the section.
    pub(crate) fn new(config: &Config, randomness: &dyn Randomness) -> Result<Option<Self>, BadVerification> {
        let Some(settings) = config.verification.clone() else { return Ok(None) };
        let signer = Signer::new(&settings)?;
        let oauth = settings.danish.as_ref().map(|danish| OAuth::new(danish, randomness)).transpose()?;
        let (verifying, certifying) = (Recent::default(), Recent::default());
        Ok(Some(Self { settings, signer, oauth, guesses: Guesses::default(), verifying, certifying }))
    }

    const fn recent(&self, asked: Asked) -> &Recent {
        match asked {
            Asked::Verify => &self.verifying,
            Asked::Certify => &self.certifying,
        }
    }
}

/// The addresses of phones and the pages of people; none where the configuration has no such section.
pub(crate) fn routes(app: &App) -> Router<App> {
    if app.verification().is_none() {
        return Router::new();
    }
    let oauth = if app.verification().is_some_and(|it| it.oauth.is_some()) {
        Router::new()
            .route("/oauth/auth", get(oauth::authorize))
            .route("/oauth/token", post(oauth::token))
            .merge(crate::pages::warn_for_app_routes())
    } else {
        Router::new()
    };
    Router::new()
        .merge(oauth)
        .route("/api/verify", post(verify::run))
        .route("/api/certificate", post(certify::run))
        .route("/api/jwks", get(jwks::run))
        .merge(crate::pages::warn_routes())
}
