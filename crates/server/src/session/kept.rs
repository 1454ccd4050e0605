//! Work that was sent after the session had ended, or that asks for a fresh login: kept for its owner, given back once she is logged in.
//!
//! Invariant: held in memory only, sealed to the account, for fifteen minutes, one form an account; in no log.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use aws_lc_rs::aead::{AES_256_GCM, Aad, LessSafeKey, NONCE_LEN, Nonce, UnboundKey};
use register::{Clock, Randomness};
use zeroize::Zeroizing;

use super::SecretKey;

/// How long work is kept, in minutes.
pub(crate) const KEPT_MINUTES: u32 = 15;
/// Largest form that is kept, in bytes.
pub(crate) const KEPT_BYTES_MAX: usize = 64 * 1024;
const ACCOUNTS_MAX: usize = 1_000;

/// A form that was sent: where to, and its fields without the token.
pub(crate) struct Work {
    pub(crate) path: String,
    pub(crate) fields: Vec<(String, String)>,
}

struct Sealed {
    at: f64,
    path: String,
    nonce: [u8; NONCE_LEN],
    bytes: Vec<u8>,
}

/// The work of those who have to log in first.
pub(crate) struct KeptWork {
    key: Option<LessSafeKey>,
    all: Mutex<HashMap<SecretKey, Sealed>>,
}

impl std::fmt::Debug for KeptWork {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("KeptWork")
    }
}

impl KeptWork {
    /// None is kept yet.
    pub(crate) fn new(randomness: &dyn Randomness) -> Self {
        let mut key = Zeroizing::new([0_u8; 32]);
        randomness.fill(&mut *key);
        let key = UnboundKey::new(&AES_256_GCM, &*key).ok().map(LessSafeKey::new);
        Self { key, all: Mutex::default() }
    }

    /// Keeps a form for an account, in the place of an older one. `None` if it is not kept.
    pub(crate) fn keep(
        &self,
        account: SecretKey,
        work: &Work,
        clock: &dyn Clock,
        randomness: &dyn Randomness,
    ) -> Option<()> {
        let now = clock.monotonic_seconds();
        let mut nonce = [0_u8; NONCE_LEN];
        randomness.fill(&mut nonce);
        let mut bytes = serde_urlencoded::to_string(&work.fields).ok()?.into_bytes();
        let bound = Aad::from(bound(account, &work.path));
        self.key
            .as_ref()?
            .seal_in_place_append_tag(Nonce::assume_unique_for_key(nonce), bound, &mut bytes)
            .ok()?;
        let mut all = self.all.lock().unwrap_or_else(PoisonError::into_inner);
        all.retain(|_, one| is_fresh(one, now));
        if all.len() >= ACCOUNTS_MAX && !all.contains_key(&account) {
            return None;
        }
        all.insert(account, Sealed { at: now, path: work.path.clone(), nonce, bytes });
        Some(())
    }

    /// What is kept for an account; it stays until it is sent, forgotten or too old.
    pub(crate) fn look(&self, account: SecretKey, clock: &dyn Clock) -> Option<Work> {
        let now = clock.monotonic_seconds();
        let all = self.all.lock().unwrap_or_else(PoisonError::into_inner);
        let one = all.get(&account).filter(|one| is_fresh(one, now))?;
        let mut bytes = Zeroizing::new(one.bytes.clone());
        let bound = Aad::from(bound(account, &one.path));
        let nonce = Nonce::assume_unique_for_key(one.nonce);
        let plain = self.key.as_ref()?.open_in_place(nonce, bound, &mut bytes).ok()?;
        Some(Work { path: one.path.clone(), fields: serde_urlencoded::from_bytes(plain).ok()? })
    }

    /// Forgets what is kept for an account, if it was for this address or whatever the address.
    pub(crate) fn forget(&self, account: SecretKey, path: Option<&str>) {
        let mut all = self.all.lock().unwrap_or_else(PoisonError::into_inner);
        if all.get(&account).is_some_and(|one| path.is_none_or(|path| path == one.path)) {
            all.remove(&account);
        }
    }
}

fn is_fresh(one: &Sealed, now: f64) -> bool {
    now - one.at < f64::from(KEPT_MINUTES * 60)
}

fn bound(account: SecretKey, path: &str) -> Vec<u8> {
    [account.bytes().as_slice(), b"\n", path.as_bytes()].concat()
}
