//! Something small that travels through the app or the browser and comes back unchanged and unread.

use aws_lc_rs::aead::{AES_256_GCM, Aad, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use register::Randomness;
use serde::Serialize;
use serde::de::DeserializeOwned;
use zeroize::Zeroizing;

/// A key that lives as long as the process.
pub(super) struct Seal(Option<LessSafeKey>);

impl std::fmt::Debug for Seal {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Seal")
    }
}

impl Seal {
    pub(super) fn new(randomness: &dyn Randomness) -> Self {
        let mut key = Zeroizing::new([0_u8; 32]);
        randomness.fill(&mut *key);
        Self(UnboundKey::new(&AES_256_GCM, &*key).ok().map(LessSafeKey::new))
    }

    /// Seals it for one use: what is sealed for another does not open.
    pub(super) fn seal<T: Serialize>(
        &self,
        usage: &'static str,
        what: &T,
        randomness: &dyn Randomness,
    ) -> Option<String> {
        let mut nonce = [0_u8; NONCE_LEN];
        randomness.fill(&mut nonce);
        let mut sealed = serde_json::to_vec(what).ok()?;
        let once = Nonce::assume_unique_for_key(nonce);
        self.0.as_ref()?.seal_in_place_append_tag(once, Aad::from(usage.as_bytes()), &mut sealed).ok()?;
        Some(URL_SAFE_NO_PAD.encode([nonce.as_slice(), &sealed].concat()))
    }

    pub(super) fn open<T: DeserializeOwned>(&self, usage: &'static str, text: &str) -> Option<T> {
        let bytes = URL_SAFE_NO_PAD.decode(text).ok()?;
        let (nonce, sealed) = bytes.split_at_checked(NONCE_LEN)?;
        let mut sealed = Zeroizing::new(sealed.to_vec());
        let once = Nonce::try_assume_unique_for_key(nonce).ok()?;
        let opened = self.0.as_ref()?.open_in_place(once, Aad::from(usage.as_bytes()), &mut sealed).ok()?;
        serde_json::from_slice(opened).ok()
    }
}
