//! Files that phones ask for now: read from the folder and held against their record once, then shared by all who fetch them.
//!
//! Invariant: what is held here does not grow with the number of phones, and a file whose record is gone is not held.

use std::collections::VecDeque;
use std::fmt;
use std::sync::{Mutex, PoisonError};

use axum::body::Bytes;
use services::smittestop::exports::{Folder as _, Standing};

use crate::app::App;

/// So much is kept at hand: the files of some hours of a country.
const BYTES_MAX: usize = 64 * 1024 * 1024;

/// The files at hand, the one asked for last at the end.
#[derive(Default)]
pub(crate) struct AtHand {
    files: Mutex<VecDeque<(String, Bytes)>>,
    /// Held by the one who reads: a thousand phones that ask at once have a file read once.
    reading: tokio::sync::Mutex<()>,
}

impl fmt::Debug for AtHand {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("(files at hand)")
    }
}

impl AtHand {
    fn get(&self, sha256: &str) -> Option<Bytes> {
        let mut files = self.files.lock().unwrap_or_else(PoisonError::into_inner);
        let at = files.iter().position(|(name, _)| name == sha256)?;
        let file = files.remove(at)?;
        let bytes = file.1.clone();
        files.push_back(file);
        Some(bytes)
    }

    fn put(&self, sha256: String, bytes: Bytes) {
        if bytes.len() > BYTES_MAX {
            return;
        }
        let mut files = self.files.lock().unwrap_or_else(PoisonError::into_inner);
        files.push_back((sha256, bytes));
        while files.iter().map(|(_, bytes)| bytes.len()).sum::<usize>() > BYTES_MAX {
            files.pop_front();
        }
    }

    /// Lets go of every file that stands no longer.
    pub(crate) fn keep_only(&self, standing: &[Standing]) {
        let mut files = self.files.lock().unwrap_or_else(PoisonError::into_inner);
        files.retain(|(name, _)| standing.iter().any(|file| file.sha256 == *name));
    }
}

/// The bytes of a file, if they are those that were written down.
pub(crate) async fn bytes(app: &App, file: Standing) -> Option<Bytes> {
    let at_hand = &app.key_server()?.at_hand;
    if let Some(bytes) = at_hand.get(&file.sha256) {
        return Some(bytes);
    }
    let _reading = at_hand.reading.lock().await;
    if let Some(bytes) = at_hand.get(&file.sha256) {
        return Some(bytes);
    }
    let shared = app.clone();
    let read = tokio::task::spawn_blocking(move || {
        let bytes = shared.key_server()?.files.get(file.root, &file.name)?;
        let digest = aws_lc_rs::digest::digest(&aws_lc_rs::digest::SHA256, &bytes);
        (exposure::key::to_hex(digest.as_ref()) == file.sha256).then(|| (file.sha256, Bytes::from(bytes)))
    });
    let (sha256, bytes) = read.await.ok().flatten()?;
    at_hand.put(sha256, bytes.clone());
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_at_hand_has_a_bound_and_the_file_asked_for_last_stays() {
        let at_hand = AtHand::default();
        let third = Bytes::from(vec![7; BYTES_MAX / 3]);
        for name in ["a", "b", "c"] {
            at_hand.put(name.to_owned(), third.clone());
        }
        assert!(at_hand.get("a").is_some());
        at_hand.put("d".to_owned(), third.clone());
        assert!(at_hand.get("a").is_some() && at_hand.get("d").is_some());
        assert!(at_hand.get("b").is_none(), "nobody had asked for it for longest");
        at_hand.put("larger than all".to_owned(), Bytes::from(vec![7; BYTES_MAX + 1]));
        assert!(at_hand.get("larger than all").is_none() && at_hand.get("a").is_some());
        at_hand.keep_only(&[]);
        assert!(at_hand.get("a").is_none());
    }
}
