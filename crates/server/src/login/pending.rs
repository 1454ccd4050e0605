//! Logins under way, at the broker or before a choice of role: each is known by its cookie, used once, and forgotten after ten minutes.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use jiff::Timestamp;

use super::ReturnPath;
use crate::session::{LOGIN_SECONDS, SecretId, SecretKey};

/// A login under way.
#[derive(Debug)]
pub(super) struct Pending {
    pub(super) broker: String,
    pub(super) state: String,
    pub(super) nonce: String,
    pub(super) verifier: String,
    pub(super) return_to: Option<ReturnPath>,
    pub(super) lang: notice::Lang,
    /// The role that a member of staff wants to act in, if she has several.
    pub(super) role: Option<String>,
    /// The person must have logged in at the broker since.
    pub(super) logged_in_since: Timestamp,
}

/// Logins that wait for their person.
#[derive(Debug)]
pub(super) struct Waiting<T>(Mutex<HashMap<SecretKey, (f64, T)>>);

impl<T> Default for Waiting<T> {
    fn default() -> Self {
        Self(Mutex::default())
    }
}

const PENDING_MAX: usize = 100_000;

impl<T> Waiting<T> {
    /// Keeps a login until its person comes back. `None` if very many wait.
    pub(super) fn keep(&self, id: &SecretId, pending: T, now: f64) -> Option<()> {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        all.retain(|_, (began, _)| fresh(*began, now));
        if all.len() >= PENDING_MAX {
            return None;
        }
        all.insert(id.key(), (now, pending));
        Some(())
    }

    /// Takes a login out: whatever happens next, it cannot be used again.
    pub(super) fn take(&self, id: &SecretId, now: f64) -> Option<T> {
        let (began, pending) = self.0.lock().unwrap_or_else(PoisonError::into_inner).remove(&id.key())?;
        fresh(began, now).then_some(pending)
    }

    /// Looks at a login that goes on waiting.
    pub(super) fn look<R>(&self, id: &SecretId, now: f64, look: impl FnOnce(&T) -> R) -> Option<R> {
        let all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        all.get(&id.key()).filter(|(began, _)| fresh(*began, now)).map(|(_, pending)| look(pending))
    }
}

fn fresh(began: f64, now: f64) -> bool {
    u32::try_from(LOGIN_SECONDS).is_ok_and(|life| now - began < f64::from(life))
}
