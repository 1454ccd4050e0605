//! From the keys of a window to files in the folder.

use std::collections::BTreeMap;

use aws_lc_rs::digest::{SHA256, digest};
use exposure::DiagnosisKey;
use exposure::export::{Content, ExportSigner, Split, Window, file_name};

use super::{Count, Error, FileRecord, Folder, Not, Root, Settings};

/// The signed files of a window, in no folder yet.
pub(crate) struct Written {
    window: Window,
    files: Vec<Vec<u8>>,
    count: (usize, usize),
}

/// Makes the files of a window; none if there is nothing.
pub(crate) fn write(
    window: Window,
    (keys, revised): (Vec<DiagnosisKey>, Vec<DiagnosisKey>),
    settings: &Settings,
    signer: &dyn ExportSigner,
) -> Result<Written, Error> {
    let (keys, revised_keys) = (each_once(keys), each_once(revised));
    let count = (keys.len(), revised_keys.len());
    if count == (0, 0) {
        return Ok(Written { window, files: Vec::new(), count });
    }
    let content = Content { window, region: settings.region.clone(), keys, revised_keys };
    let split = Split::Alone { keys_at_most: settings.keys_at_most };
    let files = exposure::export::write(content, split, signer).map_err(|_| Error::Not(Not::NotWritten))?;
    Ok(Written { window, files, count })
}

impl Written {
    /// Puts the files into the folder of a root; their records are still to be made.
    /// Of keys from abroad is said how many each country sent.
    pub(crate) fn put(
        &self,
        (root, abroad): (Root, BTreeMap<String, usize>),
        folder: &dyn Folder,
    ) -> Result<Vec<FileRecord>, Error> {
        let mut records = Vec::with_capacity(self.files.len());
        for (number, bytes) in (1..).zip(&self.files) {
            let name = file_name(self.window, number);
            folder.put(root, &name, bytes).map_err(|_| Error::Not(Not::NotPut))?;
            records.push(FileRecord {
                file: Some((root, name, sha256(bytes), number)),
                window: (self.window.start().as_second(), self.window.end().as_second()),
                count: Count { keys: self.count.0, revised: self.count.1, abroad: abroad.clone() },
            });
        }
        Ok(records)
    }
}

/// A key that two countries send is one key, and ours where we have it too: what came first stays.
pub(crate) fn each_once(mut keys: Vec<DiagnosisKey>) -> Vec<DiagnosisKey> {
    keys.sort_by(|one, other| one.key.cmp(&other.key));
    keys.dedup_by(|later, first| later.key == first.key);
    keys
}

/// SHA-256 in hexadecimal digits.
pub(crate) fn sha256(bytes: &[u8]) -> String {
    exposure::key::to_hex(digest(&SHA256, bytes).as_ref())
}
