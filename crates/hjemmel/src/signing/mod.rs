//! A change of the notices is a signed act: two persons sign, and what shortens a period waits seven days.
//!
//! Invariant: a signature is over all files of the notices, the time from which they hold, the time of signing and the
//! signer's name. Who may sign stands in the configuration of the server, never beside the notices.

mod force;
mod keys;
mod sheet;

#[cfg(test)]
mod edges;
#[cfg(test)]
mod tests;

use jiff::Timestamp;

pub use force::{Candidate, Choice, Former, Held, WAIT_HOURS, choose};
pub use keys::{KeyError, PrivateKey, PublicKey};
pub use sheet::{SHEET, Sheet, Signature};

/// A person who may sign.
#[derive(Clone, Debug)]
pub struct Signer {
    /// Name in signatures.
    pub name: String,
    /// Public key.
    pub key: PublicKey,
}

/// Notices that two persons have signed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signed {
    /// Who signed, in order of the sheet.
    pub by: Vec<String>,
    /// From when they hold.
    pub valid_from: Timestamp,
    /// When the later of the signatures was made.
    pub later: Timestamp,
}

/// Why notices do not run.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// There is no sheet of signatures.
    #[error("the notices are not signed")]
    Unsigned,
    /// The sheet cannot be read.
    #[error("`corpus.signatures` is not as described: {0}")]
    Malformed(String),
    /// A byte of the notices changed, or the sheet belongs to others.
    #[error("the notices have changed since they were signed")]
    Changed,
    /// Nobody of that name may sign.
    #[error("`{0}` may not sign these notices")]
    Stranger(String),
    /// The signature was not made with that person's key.
    #[error("the signature of `{0}` is not genuine")]
    Forged(String),
    /// Signed later than now.
    #[error("the signature of `{0}` was made in the future: a clock is wrong")]
    Future(String),
    /// One person, or one key, is not two.
    #[error("two different persons must sign, and only {0} did")]
    TooFew(usize),
    /// Older than what ran before.
    #[error("these notices were signed before those that ran last: an old version was brought back")]
    Replayed,
    /// The machine's clock shows a time before the last start.
    #[error("the clock shows a time before the last start")]
    ClockSetBack,
    /// They hold later, and nothing signed holds now.
    #[error("the notices take effect on {0} and no signed former ones are here")]
    NotYet(Timestamp),
}

impl Refused {
    /// What to do.
    #[must_use]
    pub const fn help(&self) -> &'static str {
        match self {
            Self::Unsigned | Self::TooFew(_) => {
                "two persons run `hjemmel sign sign`; on your own machine (tls = \"loopback\") `signatures = \"none\"` under [register] does without"
            }
            Self::Malformed(_) => "remove the file and sign again",
            Self::Changed => "read what changed with `hjemmel diff`, and have it signed by both again",
            Self::Stranger(_) => "name the person and the public key under [[signer]] in the configuration",
            Self::Forged(_) => "compare the key under [[signer]] with the person, and sign again",
            Self::Future(_) => "set the clock of the machine right, or sign again",
            Self::Replayed => "if going back is meant, let two persons sign the old version anew",
            Self::ClockSetBack => "set the clock of the machine right",
            Self::NotYet(_) => "put the former notices with their signatures back until then",
        }
    }
}

/// How far a clock of a signer may go before ours.
const AHEAD_SECONDS_MAX: i64 = 300;

/// Checks a sheet against the notices, the persons who may sign, and the time.
///
/// # Errors
/// The first reason to refuse.
pub fn verify(sheet: &Sheet, digest: &str, signers: &[Signer], now: Timestamp) -> Result<Signed, Refused> {
    if sheet.digest != digest {
        return Err(Refused::Changed);
    }
    let mut by: Vec<&Signer> = Vec::new();
    let mut later = Timestamp::MIN;
    for signature in &sheet.signatures {
        let name = || signature.signer.clone();
        let signer = signers.iter().find(|it| it.name == signature.signer);
        let signer = signer.ok_or_else(|| Refused::Stranger(name()))?;
        if !signer.key.verifies(&sheet.statement(signature), &signature.value) {
            return Err(Refused::Forged(name()));
        }
        if signature.at.as_second() > now.as_second().saturating_add(AHEAD_SECONDS_MAX) {
            return Err(Refused::Future(name()));
        }
        // One person is one name and one key: a key under two names is one person.
        if !by.iter().any(|it| it.name == signer.name || it.key == signer.key) {
            by.push(signer);
        }
        later = later.max(signature.at);
    }
    if by.len() < 2 {
        return Err(Refused::TooFew(by.len()));
    }
    Ok(Signed { by: by.iter().map(|it| it.name.clone()).collect(), valid_from: sheet.valid_from, later })
}
