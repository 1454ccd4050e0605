//! From the keys of a window to files in the folder.

use std::collections::BTreeSet;

use aws_lc_rs::digest::{SHA256, digest};
use exposure::DiagnosisKey;
use exposure::export::{Content, ExportSigner, Split, Window, file_name};

use super::{Error, FileRecord, Folder, Not, Root, Settings};

/// The files of one root, put into the folder; their records are still to be made.
pub(crate) fn write(
    (root, window): (Root, Window),
    (keys, revised): (Vec<DiagnosisKey>, Vec<DiagnosisKey>),
    settings: &Settings,
    signer: &dyn ExportSigner,
    folder: &dyn Folder,
) -> Result<Vec<FileRecord>, Error> {
    let (keys, revised_keys) = (each_once(keys), each_once(revised));
    if keys.is_empty() && revised_keys.is_empty() {
        return Ok(Vec::new());
    }
    let count = (keys.len(), revised_keys.len());
    let content = Content { window, region: settings.region.clone(), keys, revised_keys };
    let split = Split::Alone { keys_at_most: settings.keys_at_most };
    let files = exposure::export::write(content, split, signer).map_err(|_| Error::Not(Not::NotWritten))?;
    let mut records = Vec::with_capacity(files.len());
    for (number, bytes) in (1..).zip(files) {
        let name = file_name(window, number);
        folder.put(root, &name, &bytes).map_err(|_| Error::Not(Not::NotPut))?;
        records.push(FileRecord {
            file: Some((root, name, sha256(&bytes), number)),
            window: (window.start().as_second(), window.end().as_second()),
            count,
        });
    }
    Ok(records)
}

/// A key that two countries send is one key.
fn each_once(keys: Vec<DiagnosisKey>) -> Vec<DiagnosisKey> {
    let mut seen = BTreeSet::new();
    keys.into_iter().filter(|key| seen.insert(*key.key.reveal())).collect()
}

/// SHA-256 in hexadecimal digits.
pub(crate) fn sha256(bytes: &[u8]) -> String {
    exposure::key::to_hex(digest(&SHA256, bytes).as_ref())
}
