//! One sealed file and the key that opens it. Without the key the file is noise; erasing overwrites both.
//!
//! Invariant: nothing of the phone's owner stands in any file in clear, not even for a moment: the file that replaces
//! the old one is sealed before it is written, and the old one is overwritten after it was replaced.
//!
//! Invariant: whoever erases says so in a file first. A kill at any point leaves either what was kept before, or what
//! is kept now, or an erasure that the next opening finishes.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Read as _, Write as _};
use std::path::{Path, PathBuf};

use aws_lc_rs::aead::{AES_256_GCM, Aad, LessSafeKey, Nonce, UnboundKey};
use exposure::Random;
use zeroize::Zeroizing;

use super::{Vault, VaultError};

const KEY: &str = "phone.key";
const SEALED: &str = "phone.sealed";
const NEXT: &str = "phone.next";
const ERASING: &str = "phone.erasing";
/// Says what is sealed, so that no other sealed thing can be put in its place.
const PURPOSE: &[u8] = b"hjemmel phone 2";
const NONCE_BYTES: usize = 12;

/// What tells one state of the folder from another: the first bytes of the sealed file, new at each writing.
type Mark = Option<[u8; NONCE_BYTES]>;

/// A folder with what a phone keeps.
#[derive(Debug)]
pub struct FolderVault {
    folder: PathBuf,
    /// The state that this hand has seen last.
    known: Mark,
}

impl FolderVault {
    /// The vault in a folder, which is made if it is not there.
    ///
    /// # Errors
    /// When it cannot be made.
    pub fn in_folder(folder: &Path) -> Result<Self, VaultError> {
        fs::create_dir_all(folder)?;
        Ok(Self { folder: folder.to_path_buf(), known: None })
    }

    /// Erases all, and the folder too if nothing of anybody else lies in it.
    ///
    /// # Errors
    /// When something cannot be removed.
    pub fn remove(mut self) -> Result<(), VaultError> {
        self.erase()?;
        match fs::remove_dir(&self.folder) {
            Err(error)
                if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::DirectoryNotEmpty) =>
            {
                Ok(())
            }
            done => Ok(done?),
        }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.join(name)
    }

    /// One program at a time. The folder itself is locked: a file to lock would have to be removed too.
    fn lock(&self) -> Result<File, VaultError> {
        let folder = File::open(&self.folder)?;
        folder.lock()?;
        Ok(folder)
    }

    fn mark(&self) -> Result<Mark, VaultError> {
        if self.path(ERASING).exists() {
            return Ok(None);
        }
        let mut first = [0; NONCE_BYTES];
        match File::open(self.path(SEALED)).and_then(|mut sealed| sealed.read_exact(&mut first)) {
            Ok(()) => Ok(Some(first)),
            Err(error) if matches!(error.kind(), io::ErrorKind::NotFound | io::ErrorKind::UnexpectedEof) => {
                Ok(None)
            }
            Err(error) => Err(error.into()),
        }
    }

    fn key(&self) -> Result<Option<LessSafeKey>, VaultError> {
        read(&self.path(KEY))?.map(|bytes| as_key(&Zeroizing::new(bytes))).transpose()
    }

    fn fresh_key(&self, random: &mut Random<'_>) -> Result<LessSafeKey, VaultError> {
        let mut bytes = Zeroizing::new([0; 32]);
        random(bytes.as_mut());
        self.replace(KEY, bytes.as_ref())?;
        as_key(bytes.as_ref())
    }

    /// Puts a file in the place of another in one step, and overwrites the other.
    fn replace(&self, name: &str, bytes: &[u8]) -> Result<(), VaultError> {
        let (next, place) = (self.path(NEXT), self.path(name));
        write(&next, bytes)?;
        let old = OpenOptions::new().write(true).open(&place).ok();
        fs::rename(&next, &place)?;
        self.settle()?;
        old.map_or(Ok(()), |old| overwrite(&old))
    }

    fn finish_erasing(&self) -> Result<(), VaultError> {
        // The key goes first: from then on the rest is noise.
        for name in [KEY, SEALED, NEXT] {
            self.remove_file(name)?;
        }
        self.settle()?;
        self.remove_file(ERASING)?;
        self.settle()
    }

    fn remove_file(&self, name: &str) -> Result<(), VaultError> {
        let path = self.path(name);
        match OpenOptions::new().write(true).open(&path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
            Err(error) => return Err(error.into()),
            Ok(file) => overwrite(&file)?,
        }
        Ok(fs::remove_file(&path)?)
    }

    /// Names of files are on the disk too.
    fn settle(&self) -> Result<(), VaultError> {
        Ok(File::open(&self.folder)?.sync_all()?)
    }
}

impl Vault for FolderVault {
    fn open(&mut self) -> Result<Option<Zeroizing<Vec<u8>>>, VaultError> {
        let _locked = match self.lock() {
            // Removed with the app, by another program.
            Err(VaultError::Disk(error)) if error.kind() == io::ErrorKind::NotFound => {
                self.known = None;
                return Ok(None);
            }
            locked => locked?,
        };
        if self.path(ERASING).exists() {
            self.finish_erasing()?;
        }
        // Left by a kill in the middle of a writing: nobody was told that it is kept.
        self.remove_file(NEXT)?;
        self.known = self.mark()?;
        let Some(sealed) = read(&self.path(SEALED))? else { return Ok(None) };
        let key = self.key()?.ok_or(VaultError::Broken)?;
        let (nonce, rest) = sealed.split_first_chunk::<NONCE_BYTES>().ok_or(VaultError::Broken)?;
        let mut bytes = Zeroizing::new(rest.to_vec());
        let nonce = Nonce::assume_unique_for_key(*nonce);
        let length =
            key.open_in_place(nonce, Aad::from(PURPOSE), &mut bytes).map_err(|_| VaultError::Broken)?.len();
        bytes.truncate(length);
        Ok(Some(bytes))
    }

    fn has_changed(&self) -> Result<bool, VaultError> {
        Ok(self.mark()? != self.known)
    }

    fn keep(
        &mut self,
        bytes: &dyn Fn() -> Zeroizing<Vec<u8>>,
        random: &mut Random<'_>,
    ) -> Result<(), VaultError> {
        let _locked = match self.lock() {
            // Removed with the app.
            Err(VaultError::Disk(error)) if error.kind() == io::ErrorKind::NotFound => {
                return Err(VaultError::ChangedElsewhere);
            }
            locked => locked?,
        };
        if self.path(ERASING).exists() || self.mark()? != self.known {
            return Err(VaultError::ChangedElsewhere);
        }
        // What was erased before is never sealed under the key of then.
        let key = match self.known {
            Some(_) => self.key()?.ok_or(VaultError::Broken)?,
            None => self.fresh_key(random)?,
        };
        let mut nonce = [0; NONCE_BYTES];
        random(&mut nonce);
        let mut content = bytes();
        let tag = key
            .seal_in_place_separate_tag(Nonce::assume_unique_for_key(nonce), Aad::from(PURPOSE), &mut content)
            .map_err(|_| VaultError::Broken)?;
        self.replace(SEALED, &[&nonce[..], &content, tag.as_ref()].concat())?;
        self.known = Some(nonce);
        Ok(())
    }

    fn erase(&mut self) -> Result<(), VaultError> {
        let _locked = match self.lock() {
            Err(VaultError::Disk(error)) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
            locked => locked?,
        };
        write(&self.path(ERASING), &[])?;
        self.settle()?;
        self.known = None;
        self.finish_erasing()
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
