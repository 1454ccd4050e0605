//! The files that every phone with the app fetches: made window by window, signed, served while their record stands.

mod gather;
pub mod publish_due;
pub mod rebuild;
mod record;
pub mod standing;
mod write;

use std::fmt;

use exposure::export::{ExportSigner, Padding};
use jiff::Timestamp;

pub use record::Standing;
pub(crate) use record::{Count, FileRecord, Known, known, names, published_until};

/// Full name of the register of files.
pub(crate) const REGISTER: &str = "sst.export";
/// The event from which a file's fourteen days count.
pub(crate) const PUBLISHED: &str = "export.published";

/// Which keys a file holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Root {
    /// Ours.
    Dk,
    /// Ours and those of the other countries.
    All,
}

impl Root {
    /// Both.
    pub const EACH: [Self; 2] = [Self::Dk, Self::All];

    /// Its word in addresses.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Dk => "dk",
            Self::All => "all",
        }
    }

    /// The root of a word.
    #[must_use]
    pub fn of(word: &str) -> Option<Self> {
        Self::EACH.into_iter().find(|root| root.word() == word)
    }
}

/// How files are made.
#[derive(Clone, Debug)]
pub struct Settings {
    /// Hours of a window; a divisor of 24.
    pub window_hours: u32,
    /// Keys of a file at most.
    pub keys_at_most: usize,
    /// The least that a file holds.
    pub padding: Padding,
    /// The region that files name.
    pub region: String,
}

impl Default for Settings {
    fn default() -> Self {
        Self { window_hours: 2, keys_at_most: 500_000, padding: Padding::DEFAULT, region: "DK".to_owned() }
    }
}

/// Where the bytes of files lie. What lies there without a record is nobody's and is never served.
pub trait Folder: Send + Sync + fmt::Debug {
    /// Puts bytes under a name, whole or not at all, durable when it returns.
    ///
    /// # Errors
    /// When they could not be put.
    fn put(&self, root: Root, name: &str, bytes: &[u8]) -> Result<(), NotPut>;

    /// The bytes under a name.
    fn get(&self, root: Root, name: &str) -> Option<Vec<u8>>;

    /// Removes everything that is not among these names.
    fn keep_only(&self, names: &[(Root, String)]);
}

/// The folder did not take the bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the folder of export files did not take the bytes")]
pub struct NotPut;

/// Who signs, from when on: the last one whose time has come. The older ones stay trusted until their files are gone.
pub struct Signers(Vec<(Timestamp, Box<dyn ExportSigner + Send + Sync>)>);

impl Signers {
    /// In any order.
    #[must_use]
    pub fn new(mut signers: Vec<(Timestamp, Box<dyn ExportSigner + Send + Sync>)>) -> Self {
        signers.sort_by_key(|(from, _)| *from);
        Self(signers)
    }

    /// Who signs at a moment.
    #[must_use]
    pub fn at(&self, now: Timestamp) -> Option<&dyn ExportSigner> {
        let (_, signer) = self.0.iter().rfind(|(from, _)| *from <= now)?;
        Some(&**signer)
    }
}

impl fmt::Debug for Signers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let said = self.0.iter().map(|(from, signer)| (from, signer.info()));
        f.debug_map().entries(said).finish()
    }
}

/// Why no file was made.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Not {
    /// No signing key whose time has come.
    NoSigner,
    /// The signature or the file could not be made.
    NotWritten,
    /// The folder did not take it.
    NotPut,
}

impl crate::Explain for Not {
    fn code(&self) -> &'static str {
        match self {
            Self::NoSigner => "no-signer",
            Self::NotWritten => "not-written",
            Self::NotPut => "not-put",
        }
    }

    fn words(&self, lang: notice::Lang) -> String {
        let (da, en) = match self {
            Self::NoSigner => {
                ("Der er ingen nøgle at skrive under med endnu.", "no signing key has begun to be valid")
            }
            Self::NotWritten => ("Filen kunne ikke laves.", "the file could not be made"),
            Self::NotPut => ("Mappen tog ikke imod filen.", "the folder did not take the file"),
        };
        match lang {
            notice::Lang::Da => da,
            notice::Lang::En => en,
        }
        .to_owned()
    }
}

/// Why not.
pub type Error = crate::Error<Not>;

/// A key of another country.
#[derive(Clone, Debug)]
pub struct Foreign {
    /// The key.
    pub key: exposure::DiagnosisKey,
    /// The country that sent it.
    pub country: String,
    /// The hour in which it came down.
    pub came: Timestamp,
}

#[cfg(test)]
mod tests;
