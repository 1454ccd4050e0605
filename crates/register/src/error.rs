//! Why the door did not open.

use notice::Refusal;

use crate::two_names::NotTwo;

/// The register did not hand over.
#[derive(Debug, thiserror::Error)]
pub enum Denied {
    /// The notice does not allow it: a result, logged and shown.
    #[error("refused by the notice")]
    Refused(Box<Refusal>),
    /// The register cannot answer now.
    #[error(transparent)]
    Unavailable(#[from] Unavailable),
}

/// The register cannot answer; nothing was done.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Unavailable {
    /// No room left: writes, and reads that cannot be logged, are refused.
    #[error("the disk is full; free space, then try again")]
    DiskFull,
    /// The engine failed.
    #[error("the register's database failed; see the technical log for the event")]
    Engine,
    /// The key store failed or does not fit.
    #[error("the key store cannot be read; check that it belongs to this database")]
    Keys,
    /// A sealed value does not fit its row: swapped, rolled back or damaged.
    #[error("a record does not match its seal; it was withheld and an alarm was raised")]
    Tampered,
    /// A use or register that services name is not in the notices.
    #[error("the notices do not declare `{0}`")]
    Undeclared(String),
    /// The register is closing.
    #[error("the register is closing; try again in a moment")]
    Closing,
}

/// A change was not made.
#[derive(Debug, thiserror::Error)]
pub enum ChangeError<E> {
    /// The service decided otherwise after reading.
    #[error("the change was called off")]
    Service(E),
    /// The notice does not allow it.
    #[error(transparent)]
    Denied(#[from] Denied),
    /// What is to be written does not fit its register.
    #[error("`{register}` cannot take this: {problem}")]
    Unfit {
        /// The register.
        register: String,
        /// What does not fit; names fields, never values.
        problem: String,
    },
    /// Somebody else changed the record first.
    #[error("the record was changed meanwhile; read it again")]
    Conflict,
}

/// An act of two persons was not done.
#[derive(Debug, thiserror::Error)]
pub enum FourEyes {
    /// The same name twice, or none.
    #[error("{}", NotTwo)]
    NotTwo,
    /// The register cannot answer.
    #[error(transparent)]
    Unavailable(#[from] Unavailable),
}

impl From<NotTwo> for FourEyes {
    fn from(NotTwo: NotTwo) -> Self {
        Self::NotTwo
    }
}

/// The register did not open.
#[derive(Debug, thiserror::Error)]
pub enum OpenError {
    /// The register cannot be used.
    #[error(transparent)]
    Unavailable(#[from] Unavailable),
    /// The database was made by a newer release.
    #[error("the database has layout {found}, this release knows {known}; run a newer release")]
    Newer {
        /// In the database.
        found: u32,
        /// Of this release.
        known: u32,
    },
    /// A corpus under which records were collected is no longer understood.
    #[error("the notices that ran from {since} cannot be read any more; run the release that wrote them")]
    Corpus {
        /// When that corpus first ran.
        since: jiff::Timestamp,
    },
    /// Another process has it open.
    #[error("another process uses this database; stop it first")]
    InUse,
    /// Database and key store do not belong together.
    #[error("the key store does not belong to this database; restore the pair")]
    Mismatch,
    /// A folder cannot be made or read.
    #[error("`{path}` cannot be used: {problem}")]
    Folder {
        /// The folder.
        path: String,
        /// The operating system's word.
        problem: String,
    },
}
