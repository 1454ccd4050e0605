//! The version of a medicine card: the optimistic lock of every write.

use std::fmt;
use std::str::FromStr;

use jiff::Timestamp;
use notice::Bilingual;
use register::{Personal, Record};

use super::CardError;
use crate::content;

/// Which state of a card somebody has read. Opaque to callers; versions have no order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct CardVersion {
    latest: Timestamp,
    fingerprint: u64,
}

/// A text that is not the version of a card.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a card version is what the card was handed over with; send it back unchanged")]
pub struct NotACardVersion;

impl CardVersion {
    /// The version of a card with these orders. Every reader of a card sees id and version of each order, so that all get the same.
    pub(super) fn of(orders: &[&Record]) -> Self {
        let mut marks: Vec<_> = orders.iter().map(|order| (order.id.bits(), order.version)).collect();
        marks.sort_unstable();
        let bytes =
            marks.iter().flat_map(|(id, version)| id.to_be_bytes().into_iter().chain(version.to_be_bytes()));
        let latest = orders.iter().map(|order| order.changed_at).max().unwrap_or(Timestamp::UNIX_EPOCH);
        Self { latest: whole_milliseconds(latest), fingerprint: fnv(bytes) }
    }

    /// That the card is still as the writer has read it; else what was changed since.
    pub(super) fn must_be_of(self, orders: &[&Record]) -> Result<(), CardError> {
        if self.fingerprint == Self::of(orders).fingerprint {
            return Ok(());
        }
        let since = orders.iter().filter(|order| order.changed_at >= self.latest);
        Err(CardError::Conflict(Personal::new(since.map(|order| changed(order)).collect())))
    }
}

/// What was changed, in words.
fn changed(order: &Record) -> Bilingual {
    let made = order.version == 1;
    match content::text(order, "drug-name") {
        Some(drug) if made => {
            Bilingual { da: format!("{drug} er ordineret"), en: format!("{drug} was ordered") }
        }
        Some(drug) => Bilingual { da: format!("{drug} er ændret"), en: format!("{drug} was changed") },
        None => {
            Bilingual { da: "privat medicin er ændret".into(), en: "private medicine was changed".into() }
        }
    }
}

fn whole_milliseconds(at: Timestamp) -> Timestamp {
    Timestamp::from_millisecond(at.as_millisecond()).unwrap_or(at)
}

/// FNV-1a, the same in every release; it guards against mistakes and not against malice.
fn fnv(bytes: impl Iterator<Item = u8>) -> u64 {
    bytes.fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_version_reads_back_as_it_was_written() {
        let version =
            CardVersion { latest: Timestamp::from_millisecond(1_795_000_000_123).unwrap(), fingerprint: 42 };
        assert_eq!(version.to_string().parse(), Ok(version));
    }

    #[test]
    fn what_is_no_version_is_refused() {
        for text in [
            "",
            "-",
            "1",
            "1-1",
            "zz-0000000000000001",
            "1-000000000000000G",
            "+1-0000000000000001",
            "1--000000000000001",
        ] {
            assert_eq!(text.parse::<CardVersion>(), Err(NotACardVersion), "{text}");
        }
    }
}
