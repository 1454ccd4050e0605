//! Where a phone keeps what it keeps: sealed in a folder, or in memory for as long as a simulation lasts.

mod folder;
mod memory;

use std::io;

use exposure::Random;
use zeroize::Zeroizing;

pub use folder::FolderVault;
pub use memory::MemoryVault;

/// Why the vault did not do what it was asked.
#[derive(Debug, thiserror::Error)]
pub enum VaultError {
    /// A file could not be read or written.
    #[error("the phone's folder cannot be read or written: {0}")]
    Disk(#[from] io::Error),
    /// What is sealed cannot be opened with the key beside it.
    #[error("what the phone keeps was changed or belongs to another key")]
    Broken,
    /// Another program has written or erased meanwhile; nothing was written over it.
    #[error("another program has changed what this phone keeps; open it again")]
    ChangedElsewhere,
}

/// A place for what a phone keeps.
pub trait Vault: std::fmt::Debug + Send {
    /// What is kept; `None` if nothing is. An erasure that was interrupted is finished first.
    ///
    /// # Errors
    /// When it cannot be read, or was changed.
    fn open(&mut self) -> Result<Option<Zeroizing<Vec<u8>>>, VaultError>;

    /// Whether another hand has written or erased since this one last opened or kept. Cheap.
    ///
    /// # Errors
    /// When it cannot be read.
    fn has_changed(&self) -> Result<bool, VaultError>;

    /// Keeps this in place of what was kept. The bytes are asked for only by a vault that wants them.
    ///
    /// # Errors
    /// When it cannot be written, or another hand has changed it; then what was kept still is.
    fn keep(
        &mut self,
        bytes: &dyn Fn() -> Zeroizing<Vec<u8>>,
        random: &mut Random<'_>,
    ) -> Result<(), VaultError>;

    /// Leaves nothing.
    ///
    /// # Errors
    /// When a file cannot be overwritten or removed. Calling it again goes on where it stopped.
    fn erase(&mut self) -> Result<(), VaultError>;
}
