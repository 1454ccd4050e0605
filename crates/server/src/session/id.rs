//! An opaque secret of 256 bits and the hash under which the server knows it.

use aws_lc_rs::digest::{SHA256, digest};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use register::Randomness;
use std::fmt;

/// A secret that stands with the caller only.
#[derive(Clone)]
pub struct SecretId([u8; 32]);

impl fmt::Debug for SecretId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("(secret)")
    }
}

/// SHA-256 of a secret: what the server keeps.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct SecretKey([u8; 32]);

impl SecretId {
    /// A new secret.
    #[must_use]
    pub fn new(randomness: &dyn Randomness) -> Self {
        let mut bytes = [0_u8; 32];
        randomness.fill(&mut bytes);
        Self(bytes)
    }

    /// Reads what [`SecretId::text`] wrote; anything else is no secret.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        if text.len() != 43 {
            return None;
        }
        let bytes = URL_SAFE_NO_PAD.decode(text).ok()?;
        Some(Self(bytes.try_into().ok()?))
    }

    /// 43 characters for a cookie or a header. Each call is a place to review.
    #[must_use]
    pub fn text(&self) -> String {
        URL_SAFE_NO_PAD.encode(self.0)
    }

    /// The hash under which it is known.
    #[must_use]
    pub fn key(&self) -> SecretKey {
        SecretKey::of(&self.0)
    }
}

impl SecretKey {
    /// The hash of some bytes.
    #[must_use]
    pub fn of(bytes: &[u8]) -> Self {
        let mut key = [0_u8; 32];
        key.copy_from_slice(digest(&SHA256, bytes).as_ref());
        Self(key)
    }

    /// A short handle that leads nowhere without a session of the same owner.
    #[must_use]
    pub fn handle(&self) -> String {
        let hash = digest(&SHA256, &self.0);
        hash.as_ref().iter().take(16).map(|byte| format!("{byte:02x}")).collect()
    }

    /// The bytes.
    #[must_use]
    pub const fn bytes(&self) -> &[u8; 32] {
        &self.0
    }
}
