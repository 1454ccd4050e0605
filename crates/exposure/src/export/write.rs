//! Writes what is published: sorted so that nobody's keys lie together, cut into files, signed, zipped.

use std::io::{Cursor, Write as _};

use jiff::{SignedDuration, Timestamp};
use prost::Message as _;
use zip::write::{SimpleFileOptions, ZipWriter};
use zip::{CompressionMethod, DateTime};

use super::signature::{ExportSigner, SigningError};
use super::wire::{TekSignature, TekSignatureList};
use super::{Chunk, Export, Window};
use crate::diagnosis::DiagnosisKey;

/// What is to be published.
#[derive(Clone, Debug)]
pub struct Content {
    /// When the keys arrived.
    pub window: Window,
    /// The region, such as `DK`.
    pub region: String,
    /// New keys, in any order, padding included.
    pub keys: Vec<DiagnosisKey>,
    /// Keys of which something else is known now, in any order.
    pub revised_keys: Vec<DiagnosisKey>,
}

/// How many keys go into a file, and how several files of one window are told apart.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Split {
    /// Each file is a batch of its own; their ends differ by a second. What phones handle best.
    Alone {
        /// Keys in a file at most.
        keys_at_most: usize,
    },
    /// The files are one batch; a phone needs all of them.
    Together {
        /// Keys in a file at most.
        keys_at_most: usize,
    },
}

/// Why nothing was written.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    /// No room for even one key, or more files than the window has seconds.
    #[error("{keys} keys do not fit into files of {keys_at_most}")]
    Split {
        /// How many keys there are.
        keys: usize,
        /// How many a file may hold.
        keys_at_most: usize,
    },
    /// The signature could not be made.
    #[error(transparent)]
    Signing(#[from] SigningError),
    /// The zip could not be written.
    #[error("the zip could not be written")]
    Zip,
}

/// The published files of a window, in order; one without keys if there are none.
///
/// # Errors
/// When the split cannot be, or the signer refuses. Then there is no file at all.
pub fn write(content: Content, split: Split, signer: &dyn ExportSigner) -> Result<Vec<Vec<u8>>, WriteError> {
    exports(content, split, signer)?.iter().map(|export| zipped(export, signer)).collect()
}

/// Sorted by their bytes, keys of one person lie as far apart as those of strangers.
fn exports(content: Content, split: Split, signer: &dyn ExportSigner) -> Result<Vec<Export>, WriteError> {
    let Content { window, region, mut keys, mut revised_keys } = content;
    keys.sort_unstable();
    revised_keys.sort_unstable();
    let (Split::Alone { keys_at_most } | Split::Together { keys_at_most }) = split;
    let refused = WriteError::Split { keys: keys.len() + revised_keys.len(), keys_at_most };
    if keys_at_most == 0 {
        return Err(refused);
    }
    let mut parts = cut(keys, revised_keys, keys_at_most);
    if parts.is_empty() {
        parts.push((Vec::new(), Vec::new()));
    }
    let Ok(of) = u32::try_from(parts.len()) else { return Err(refused) };
    if i64::from(of) > window.end().as_second() - window.start().as_second() {
        return Err(refused);
    }
    let export = |(number, (keys, revised_keys))| Export {
        start: window.start(),
        end: end(window, split, of - number),
        region: region.clone(),
        chunk: Some(match split {
            Split::Alone { .. } => Chunk::ALONE,
            Split::Together { .. } => Chunk { number, of },
        }),
        signature_infos: vec![signer.info().clone()],
        keys,
        revised_keys,
    };
    Ok((1..).zip(parts).map(export).collect())
}

/// The end that a file states, with so many files after it.
fn end(window: Window, split: Split, after: u32) -> Timestamp {
    match split {
        Split::Alone { .. } => window.end() - SignedDuration::from_secs(i64::from(after)),
        Split::Together { .. } => window.end(),
    }
}

type Part = (Vec<DiagnosisKey>, Vec<DiagnosisKey>);

/// First the new keys, then the revised ones; a file may hold both.
fn cut(keys: Vec<DiagnosisKey>, revised_keys: Vec<DiagnosisKey>, at_most: usize) -> Vec<Part> {
    let mut parts: Vec<Part> = Vec::new();
    let new = keys.into_iter().map(|key| (true, key));
    for (index, (is_new, key)) in new.chain(revised_keys.into_iter().map(|key| (false, key))).enumerate() {
        if index % at_most == 0 {
            parts.push((Vec::new(), Vec::new()));
        }
        if let Some((new, revised)) = parts.last_mut() {
            if is_new { new.push(key) } else { revised.push(key) }
        }
    }
    parts
}

fn zipped(export: &Export, signer: &dyn ExportSigner) -> Result<Vec<u8>, WriteError> {
    let bin = export.to_bin();
    let signature = TekSignature {
        signature_info: Some(signer.info().into()),
        batch_num: export.chunk.and_then(|chunk| i32::try_from(chunk.number).ok()),
        batch_size: export.chunk.and_then(|chunk| i32::try_from(chunk.of).ok()),
        signature: Some(signer.sign(&bin)?),
    };
    let sig = TekSignatureList { signatures: vec![signature] }.encode_to_vec();
    packed(&bin, &sig).map_err(|_| WriteError::Zip)
}

/// Most of a key is chance and cannot be packed; the next level takes a fifth longer in all and saves one byte in a hundred.
const PACKED: i64 = 5;

/// Two files with a fixed date: a zip tells nothing of when and where it was made.
fn packed(bin: &[u8], sig: &[u8]) -> zip::result::ZipResult<Vec<u8>> {
    let plain = SimpleFileOptions::default().last_modified_time(DateTime::default()).unix_permissions(0o644);
    let mut zip = ZipWriter::new(Cursor::new(Vec::with_capacity(bin.len())));
    zip.start_file(
        "export.bin",
        plain.compression_method(CompressionMethod::Deflated).compression_level(Some(PACKED)),
    )?;
    zip.write_all(bin)?;
    zip.start_file("export.sig", plain.compression_method(CompressionMethod::Stored))?;
    zip.write_all(sig)?;
    Ok(zip.finish()?.into_inner())
}

/// The name of a file below its folder: its window and its number, from 1.
#[must_use]
pub fn file_name(window: Window, number: u32) -> String {
    format!("{}-{}-{number:05}.zip", window.start().as_second(), window.end().as_second())
}

/// The list of files that phones read first: a path a line.
#[must_use]
pub fn index<'a>(paths: impl IntoIterator<Item = &'a str>) -> String {
    paths.into_iter().map(|path| format!("{path}\n")).collect()
}
