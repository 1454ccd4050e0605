//! The way of the Danish app: OAuth 2.0 with a code and PKCE (RFC 6749, RFC 7636). The app sends its owner here, she
//! answers the same questions as everybody, and the app exchanges what it is sent back for a token.
//!
//! Invariant: nothing of it is kept. What the app asked for and what came of it travel sealed, for half an hour and for
//! five minutes, under a key that lives as long as the process. A positive test is spent once: behind it stands a code.

mod authorize;
mod come_back;
mod sealed;
mod signer;
mod token;

pub(crate) use authorize::run as authorize;
pub(crate) use come_back::{Came, Errand};
pub use signer::BadTokenKey;
pub(crate) use token::run as token;

use register::Randomness;

use crate::config::DanishSettings;
use sealed::Seal;
use signer::TokenSigner;

/// What it needs.
#[derive(Debug)]
pub(crate) struct OAuth {
    settings: DanishSettings,
    pub(crate) signer: TokenSigner,
    seal: Seal,
}

impl OAuth {
    /// Reads the key of tokens.
    pub(crate) fn new(settings: &DanishSettings, randomness: &dyn Randomness) -> Result<Self, BadTokenKey> {
        let signer = TokenSigner::new(&settings.key, &settings.key_id)?;
        Ok(Self { settings: settings.clone(), signer, seal: Seal::new(randomness) })
    }
}
