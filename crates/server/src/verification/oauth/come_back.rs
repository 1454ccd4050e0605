//! What the app asked for, carried through the pages; and what came of it, carried back to the app.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jiff::Timestamp;
use register::Randomness;
use serde::{Deserialize, Serialize};

use super::OAuth;

/// Somebody answers questions for so long at most.
const ERRAND_SECONDS: i64 = 30 * 60;
/// The app comes for its token at once (RFC 6749, 4.1.2: ten minutes at most).
const CODE_SECONDS: i64 = 5 * 60;
const ERRAND: &str = "errand";
const CODE: &str = "code";

/// What the app asked for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Errand {
    /// Which of the configured addresses of the app.
    redirect: usize,
    /// What the app proves later that it knows the origin of.
    challenge: String,
    state: String,
    until: i64,
}

impl Errand {
    pub(super) fn new(redirect: usize, challenge: [u8; 32], state: String, now: Timestamp) -> Self {
        let until = now.as_second() + ERRAND_SECONDS;
        Self { redirect, challenge: URL_SAFE_NO_PAD.encode(challenge), state, until }
    }
}

/// What came of it.
#[derive(Clone, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(crate) enum Came {
    /// She may warn: the code with which a phone gets a token, once.
    Code(String),
    /// She is not on the list.
    NotListed,
    /// She has asked too often.
    TooMany,
    /// The app is closed.
    Closed,
}

/// The code of OAuth.
#[derive(Serialize, Deserialize)]
pub(super) struct ComesBack {
    pub(super) came: Came,
    redirect: usize,
    challenge: String,
    until: i64,
}

impl OAuth {
    /// What the app asked for, as it travels through the pages.
    pub(super) fn carries(&self, errand: &Errand, randomness: &dyn Randomness) -> Option<String> {
        self.seal.seal(ERRAND, errand, randomness)
    }

    /// What an app asked for not too long ago.
    pub(crate) fn errand(&self, carried: &str, now: Timestamp) -> Option<Errand> {
        let errand: Errand = self.seal.open(ERRAND, carried)?;
        (now.as_second() < errand.until).then_some(errand)
    }

    /// Where the owner goes back to her app, with what came of it.
    pub(crate) fn comes_back(
        &self,
        errand: &Errand,
        came: Came,
        now: Timestamp,
        randomness: &dyn Randomness,
    ) -> Option<String> {
        let until = now.as_second() + CODE_SECONDS;
        let back = ComesBack { came, redirect: errand.redirect, challenge: errand.challenge.clone(), until };
        let code = self.seal.seal(CODE, &back, randomness)?;
        let query = serde_urlencoded::to_string([("code", code.as_str()), ("state", &errand.state)]).ok()?;
        let address = self.settings.redirect_uris.get(errand.redirect)?;
        Some(format!("{address}?{query}"))
    }

    /// What came of it, for an app at this address that knows the origin of this challenge.
    pub(super) fn came(
        &self,
        code: &str,
        redirect_uri: &str,
        challenge: &[u8],
        now: Timestamp,
    ) -> Option<Came> {
        let back: ComesBack = self.seal.open(CODE, code)?;
        let ours = self.settings.redirect_uris.get(back.redirect)? == redirect_uri;
        let known = back.challenge == URL_SAFE_NO_PAD.encode(challenge);
        (ours && known && now.as_second() < back.until).then_some(back.came)
    }
}
