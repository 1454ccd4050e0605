//! The account of keys: each that was acknowledged is published once, and never twice.
//!
//! Of each key eight bytes are noted: that two of some millions begin alike has a chance of less than one in a million.

use anyhow::{Result, ensure};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

/// Keys that were acknowledged, and those that phones found in files.
#[derive(Default)]
pub(super) struct Account {
    acknowledged: Vec<u64>,
    published: Vec<u64>,
}

/// What stands for a key that is written in base64.
pub(super) fn beginning(written: &str) -> Option<u64> {
    of(&STANDARD.decode(written).ok()?)
}

/// What stands for a key.
pub(super) fn of(key: &[u8]) -> Option<u64> {
    key.first_chunk().copied().map(u64::from_le_bytes)
}

impl Account {
    pub(super) fn acknowledged(&mut self, keys: Vec<u64>) {
        self.acknowledged.extend(keys);
    }

    pub(super) fn published(&mut self, keys: impl IntoIterator<Item = u64>) {
        self.published.extend(keys);
    }

    pub(super) fn many_acknowledged(&self) -> usize {
        self.acknowledged.len()
    }

    pub(super) fn many_published(&self) -> usize {
        self.published.len()
    }

    /// How many acknowledged keys no phone has found yet.
    ///
    /// # Errors
    /// When a key was published twice, or acknowledged twice.
    pub(super) fn missing(&mut self) -> Result<usize> {
        self.acknowledged.sort_unstable();
        self.published.sort_unstable();
        for (all, what) in [(&self.acknowledged, "acknowledged"), (&self.published, "published")] {
            let twice = all.windows(2).filter(|pair| pair.first() == pair.last()).count();
            ensure!(twice == 0, "{twice} keys were {what} twice");
        }
        Ok(self.acknowledged.iter().filter(|key| self.published.binary_search(key).is_err()).count())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_that_is_missing_and_one_that_was_published_twice_are_told() {
        let mut account = Account::default();
        account.acknowledged(vec![1, 2, 3]);
        account.published([3, 9, 1]);
        assert_eq!(account.missing().unwrap(), 1);
        account.published([2]);
        assert_eq!(account.missing().unwrap(), 0);
        account.published([9]);
        assert!(account.missing().is_err());
    }
}
