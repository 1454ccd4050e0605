//! The sessions that live: start, find, list, end. In memory: a restart logs everybody out.

use std::collections::HashMap;
use std::sync::{Mutex, MutexGuard, PoisonError};

use aws_lc_rs::constant_time::verify_slices_are_equal;
use register::{Clock, Randomness};

use super::{Current, Identity, SecretId, SecretKey, SessionView};

/// Why a cookie leads to no session.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ended {
    /// Never known, or ended here or elsewhere.
    Unknown,
    /// No request for too long.
    Idle,
    /// Too old.
    Old,
}

/// A session that was just started.
#[derive(Debug)]
pub struct Started {
    /// For the cookie.
    pub id: SecretId,
    /// How many older sessions of the same person were ended to make room.
    pub ended: usize,
}

/// A live session at the time of a request.
#[derive(Clone, Debug)]
pub struct Live {
    /// Under which the server knows it.
    pub key: SecretKey,
    /// Who.
    pub identity: Identity,
    /// The token that each form carries.
    pub csrf: String,
    /// Seconds since the person last logged in.
    pub login_age_seconds: u64,
}

#[derive(Debug)]
struct Session {
    identity: Identity,
    csrf: String,
    began: f64,
    seen: f64,
    logged_in: f64,
}

/// All live sessions.
#[derive(Debug, Default)]
pub struct Sessions {
    live: Mutex<HashMap<SecretKey, Session>>,
    /// Sessions that ran out lately: whose they were, so that what is still sent under one can be kept for its owner.
    lapsed: Mutex<HashMap<SecretKey, Lapsed>>,
}

#[derive(Debug)]
struct Lapsed {
    account: SecretKey,
    csrf: String,
    at: f64,
}

/// How long a session that ran out is remembered, in seconds.
const LAPSED_SECONDS: f64 = 3600.0;
const LAPSED_MAX: usize = 50_000;

impl Sessions {
    /// Starts a session with a new id; the oldest beyond the limit of the same person end.
    pub fn start(
        &self,
        identity: Identity,
        login_age_seconds: u64,
        clock: &dyn Clock,
        randomness: &dyn Randomness,
    ) -> Started {
        let id = SecretId::new(randomness);
        let csrf = SecretId::new(randomness).text();
        let now = clock.monotonic_seconds();
        let mut live = self.lock();
        for (key, session) in sweep(&mut live, now) {
            self.remember(key, session, now);
        }
        let ended = make_room(&mut live, &identity);
        live.insert(
            id.key(),
            Session { identity, csrf, began: now, seen: now, logged_in: now - seconds(login_age_seconds) },
        );
        Started { id, ended }
    }

    /// The session of a cookie, which counts as used now.
    ///
    /// # Errors
    /// [`Ended`] says why there is none; an ended session is gone at once.
    pub fn touch(&self, id: &SecretId, clock: &dyn Clock) -> Result<Live, Ended> {
        let now = clock.monotonic_seconds();
        let key = id.key();
        let mut live = self.lock();
        let session = live.get_mut(&key).ok_or(Ended::Unknown)?;
        if let Some(ended) = over(session, now) {
            if let Some(session) = live.remove(&key) {
                self.remember(key, session, now);
            }
            return Err(ended);
        }
        session.seen = now;
        Ok(Live {
            key,
            identity: session.identity.clone(),
            csrf: session.csrf.clone(),
            login_age_seconds: whole_seconds(now - session.logged_in),
        })
    }

    /// Whose session it was that ran out lately, for who sends the token of its forms.
    #[must_use]
    pub fn lapsed(&self, id: &SecretId, token: &str, clock: &dyn Clock) -> Option<SecretKey> {
        let lapsed = self.lapsed.lock().unwrap_or_else(PoisonError::into_inner);
        let one = lapsed.get(&id.key())?;
        verify_slices_are_equal(one.csrf.as_bytes(), token.as_bytes()).ok()?;
        (clock.monotonic_seconds() - one.at < LAPSED_SECONDS).then_some(one.account)
    }

    fn remember(&self, key: SecretKey, session: Session, now: f64) {
        let mut lapsed = self.lapsed.lock().unwrap_or_else(PoisonError::into_inner);
        lapsed.retain(|_, one| now - one.at < LAPSED_SECONDS);
        if lapsed.len() < LAPSED_MAX {
            lapsed.insert(key, Lapsed { account: session.identity.account(), csrf: session.csrf, at: now });
        }
    }

    /// Ends one session; tells whose it was.
    pub fn end(&self, key: &SecretKey) -> Option<Identity> {
        self.lock().remove(key).map(|session| session.identity)
    }

    /// Ends one of one's own sessions by its handle. A handle of another person's is as good as none.
    pub fn end_own(&self, own: &SecretKey, handle: &str) -> Option<SecretKey> {
        let mut live = self.lock();
        let owner = live.get(own)?;
        let found = live
            .iter()
            .find(|(key, session)| same_owner(&session.identity, &owner.identity) && key.handle() == handle)
            .map(|(key, _)| *key)?;
        live.remove(&found);
        Some(found)
    }

    /// One's own sessions, the newest first.
    #[must_use]
    pub fn list_own(&self, own: &SecretKey, clock: &dyn Clock) -> Vec<SessionView> {
        let now = clock.monotonic_seconds();
        let live = self.lock();
        let Some(owner) = live.get(own) else { return Vec::new() };
        let mut list: Vec<SessionView> = live
            .iter()
            .filter(|(_, session)| {
                same_owner(&session.identity, &owner.identity) && over(session, now).is_none()
            })
            .map(|(key, session)| SessionView {
                handle: key.handle(),
                age_seconds: whole_seconds(now - session.began),
                idle_seconds: whole_seconds(now - session.seen),
                this_one: if key == own { Current::This } else { Current::Other },
            })
            .collect();
        list.sort_by_key(|view| view.age_seconds);
        list
    }

    /// How many are live.
    #[must_use]
    pub fn count(&self) -> usize {
        self.lock().len()
    }

    // A panic elsewhere while the lock was held cannot leave the map half changed: each change is one call.
    fn lock(&self) -> MutexGuard<'_, HashMap<SecretKey, Session>> {
        self.live.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn over(session: &Session, now: f64) -> Option<Ended> {
    let life = session.identity.persona.life();
    if now - session.began >= seconds(life.absolute_seconds) {
        Some(Ended::Old)
    } else if now - session.seen >= seconds(life.idle_seconds) {
        Some(Ended::Idle)
    } else {
        None
    }
}

fn sweep(live: &mut HashMap<SecretKey, Session>, now: f64) -> Vec<(SecretKey, Session)> {
    live.extract_if(|_, session| over(session, now).is_some()).collect()
}

fn make_room(live: &mut HashMap<SecretKey, Session>, identity: &Identity) -> usize {
    let at_most = identity.persona.life().at_most;
    let mut own: Vec<(f64, SecretKey)> = live
        .iter()
        .filter(|(_, session)| same_owner(&session.identity, identity))
        .map(|(key, session)| (session.began, *key))
        .collect();
    own.sort_by(|a, b| a.0.total_cmp(&b.0));
    let surplus = (own.len() + 1).saturating_sub(at_most);
    for (_, key) in own.iter().take(surplus) {
        live.remove(key);
    }
    surplus
}

// The user is the issuer and its subject: the same subject at another issuer is another person.
fn same_owner(a: &Identity, b: &Identity) -> bool {
    a.issuer == b.issuer && a.subject == b.subject
}

#[expect(clippy::cast_precision_loss, reason = "limits are hours")]
const fn seconds(whole: u64) -> f64 {
    whole as f64
}

#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a float cast saturates")]
fn whole_seconds(span: f64) -> u64 {
    span.max(0.0) as u64
}
