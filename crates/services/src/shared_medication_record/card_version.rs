//! The version of a medicine card: the optimistic lock of every write.

use std::fmt;
use std::str::FromStr;

use jiff::Timestamp;

/// Which state of a card somebody has read. Opaque to callers; versions have no order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct CardVersion {
    pub(super) latest: Timestamp,
    pub(super) fingerprint: u64,
}

/// A text that is not the version of a card.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a card version is what the card was handed over with; send it back unchanged")]
pub struct NotACardVersion;

impl fmt::Display for CardVersion {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:x}-{:016x}", self.latest.as_millisecond().max(0), self.fingerprint)
    }
}

impl FromStr for CardVersion {
    type Err = NotACardVersion;

    fn from_str(text: &str) -> Result<Self, NotACardVersion> {
        let plain = text.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f' | b'-'));
        let (latest, fingerprint) = text.split_once('-').filter(|_| plain).ok_or(NotACardVersion)?;
        if fingerprint.len() != 16 {
            return Err(NotACardVersion);
        }
        let milliseconds = i64::from_str_radix(latest, 16).map_err(|_| NotACardVersion)?;
        Ok(Self {
            latest: Timestamp::from_millisecond(milliseconds).map_err(|_| NotACardVersion)?,
            fingerprint: u64::from_str_radix(fingerprint, 16).map_err(|_| NotACardVersion)?,
        })
    }
}
