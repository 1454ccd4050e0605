//! Where the next page begins, sealed to the one who was given it: nobody else can use it, nobody can make one.

use aws_lc_rs::aead::{AES_256_GCM, Aad, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use register::Randomness;

use crate::problem::{Code, Problem};
use crate::session::SecretKey;

/// Seals and opens cursors; lives as long as the server runs.
pub(crate) struct Cursors(Option<LessSafeKey>);

impl std::fmt::Debug for Cursors {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Cursors")
    }
}

impl Cursors {
    /// With a new key.
    pub(crate) fn new(randomness: &dyn Randomness) -> Self {
        let mut key = zeroize::Zeroizing::new([0_u8; 32]);
        randomness.fill(&mut *key);
        Self(UnboundKey::new(&AES_256_GCM, &*key).ok().map(LessSafeKey::new))
    }

    /// The cursor of a place in a list, for one account.
    pub(crate) fn seal(
        &self,
        list: &str,
        place: u64,
        account: SecretKey,
        randomness: &dyn Randomness,
    ) -> Option<String> {
        let mut nonce = [0_u8; NONCE_LEN];
        randomness.fill(&mut nonce);
        let mut sealed = place.to_be_bytes().to_vec();
        let key = self.0.as_ref()?;
        key.seal_in_place_append_tag(Nonce::assume_unique_for_key(nonce), bound(list, account), &mut sealed)
            .ok()?;
        Some(URL_SAFE_NO_PAD.encode([nonce.as_slice(), &sealed].concat()))
    }

    /// The place of a cursor that this account was given for this list.
    pub(crate) fn open(&self, list: &str, cursor: &str, account: SecretKey) -> Result<u64, Problem> {
        let opened = || {
            let bytes = URL_SAFE_NO_PAD.decode(cursor).ok()?;
            let (nonce, sealed) = bytes.split_at_checked(NONCE_LEN)?;
            let mut sealed = sealed.to_vec();
            let nonce = Nonce::try_assume_unique_for_key(nonce).ok()?;
            let place = self.0.as_ref()?.open_in_place(nonce, bound(list, account), &mut sealed).ok()?;
            Some(u64::from_be_bytes((*place).try_into().ok()?))
        };
        opened().ok_or_else(|| Code::BadCursor.into())
    }
}

fn bound(list: &str, account: SecretKey) -> Aad<Vec<u8>> {
    Aad::from([list.as_bytes(), b"\n", account.bytes()].concat())
}
