//! One sealed file and the key that opens it. Without the key the file is noise; erasing overwrites both.
//!
//! Invariant: nothing of the phone's owner stands in any file in clear, not even for a moment: the file that replaces
//! the old one is sealed before it is written.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use aws_lc_rs::aead::{AES_256_GCM, Aad, LessSafeKey, Nonce, UnboundKey};
use exposure::Random;
use zeroize::Zeroizing;

const KEY: &str = "phone.key";
const SEALED: &str = "phone.sealed";
const NEXT: &str = "phone.next";
/// Says what is sealed, so that no other sealed thing can be put in its place.
const PURPOSE: &[u8] = b"hjemmel phone 1";
const NONCE_BYTES: usize = 12;

/// Why the vault did not do what it was asked.
#[derive(Debug, thiserror::Error)]
pub enum VaultError {
    /// A file could not be read or written.
    #[error("the phone's folder cannot be read or written: {0}")]
    Disk(#[from] io::Error),
    /// What is sealed cannot be opened with the key beside it.
    #[error("what the phone keeps was changed or belongs to another key")]
    Broken,
}

/// A folder with what a phone keeps.
#[derive(Debug)]
pub struct Vault {
    folder: PathBuf,
}

impl Vault {
    /// The vault in a folder, which is made if it is not there.
    ///
    /// # Errors
    /// When it cannot be made.
    pub fn in_folder(folder: &Path) -> Result<Self, VaultError> {
        fs::create_dir_all(folder)?;
        Ok(Self { folder: folder.to_path_buf() })
    }

    /// What is kept; `None` if nothing is.
    ///
    /// # Errors
    /// When it cannot be read, or was changed.
    pub fn open(&self) -> Result<Option<Zeroizing<Vec<u8>>>, VaultError> {
        let Some(sealed) = read(&self.folder.join(SEALED))? else { return Ok(None) };
        let key = self.key()?.ok_or(VaultError::Broken)?;
        let (nonce, rest) = sealed.split_first_chunk::<NONCE_BYTES>().ok_or(VaultError::Broken)?;
        let mut bytes = Zeroizing::new(rest.to_vec());
        let nonce = Nonce::assume_unique_for_key(*nonce);
        let length =
            key.open_in_place(nonce, Aad::from(PURPOSE), &mut bytes).map_err(|_| VaultError::Broken)?.len();
        bytes.truncate(length);
        Ok(Some(bytes))
    }

    /// Keeps this in place of what was kept. It is on the disk when this returns.
    ///
    /// # Errors
    /// When it cannot be written; then what was kept still is.
    pub fn keep(&self, bytes: &[u8], random: &mut Random<'_>) -> Result<(), VaultError> {
        let key = match self.key()? {
            Some(key) => key,
            None => self.fresh_key(random)?,
        };
        let mut nonce = [0; NONCE_BYTES];
        random(&mut nonce);
        let mut content = Zeroizing::new(bytes.to_vec());
        let tag = key
            .seal_in_place_separate_tag(Nonce::assume_unique_for_key(nonce), Aad::from(PURPOSE), &mut content)
            .map_err(|_| VaultError::Broken)?;
        let sealed = [&nonce[..], &content, tag.as_ref()].concat();
        let next = self.folder.join(NEXT);
        write(&next, &sealed)?;
        fs::rename(&next, self.folder.join(SEALED))?;
        self.settle()
    }

    /// Overwrites and removes the key first and then all else; the folder is empty of the phone when this returns.
    ///
    /// # Errors
    /// When a file cannot be overwritten or removed. Calling it again goes on where it stopped.
    pub fn erase(&self) -> Result<(), VaultError> {
        for name in [KEY, SEALED, NEXT] {
            let path = self.folder.join(name);
            match OpenOptions::new().write(true).open(&path) {
                Err(error) if error.kind() == io::ErrorKind::NotFound => continue,
                Err(error) => return Err(error.into()),
                Ok(file) => overwrite(&file)?,
            }
            fs::remove_file(&path)?;
        }
        self.settle()
    }

    fn key(&self) -> Result<Option<LessSafeKey>, VaultError> {
        read(&self.folder.join(KEY))?.map(|bytes| as_key(&Zeroizing::new(bytes))).transpose()
    }

    fn fresh_key(&self, random: &mut Random<'_>) -> Result<LessSafeKey, VaultError> {
        let mut bytes = Zeroizing::new([0; 32]);
        random(bytes.as_mut());
        write(&self.folder.join(KEY), bytes.as_ref())?;
        self.settle()?;
        as_key(bytes.as_ref())
    }

    /// Names of files are on the disk too.
    fn settle(&self) -> Result<(), VaultError> {
        Ok(File::open(&self.folder)?.sync_all()?)
    }
}

fn as_key(bytes: &[u8]) -> Result<LessSafeKey, VaultError> {
    UnboundKey::new(&AES_256_GCM, bytes).map(LessSafeKey::new).map_err(|_| VaultError::Broken)
}

fn read(path: &Path) -> Result<Option<Vec<u8>>, VaultError> {
    match fs::read(path) {
        Ok(bytes) => Ok(Some(bytes)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(None),
        Err(error) => Err(error.into()),
    }
}

/// A file that only its owner may read.
fn write(path: &Path, bytes: &[u8]) -> Result<(), VaultError> {
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(path)?;
    file.write_all(bytes)?;
    Ok(file.sync_all()?)
}

fn overwrite(mut file: &File) -> Result<(), VaultError> {
    let length = usize::try_from(file.metadata()?.len()).unwrap_or(0);
    file.write_all(&vec![0; length])?;
    Ok(file.sync_all()?)
}
