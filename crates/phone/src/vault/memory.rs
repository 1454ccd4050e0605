//! A vault that writes nothing: what the phone knows lives as long as the phone does. For simulations of many.

use exposure::Random;
use zeroize::Zeroizing;

use super::{Vault, VaultError};

/// Keeps nothing beyond the phone itself.
#[derive(Clone, Copy, Debug, Default)]
pub struct MemoryVault;

impl Vault for MemoryVault {
    fn open(&mut self) -> Result<Option<Zeroizing<Vec<u8>>>, VaultError> {
        Ok(None)
    }

    fn has_changed(&self) -> Result<bool, VaultError> {
        Ok(false)
    }

    fn keep(&mut self, _: &dyn Fn() -> Zeroizing<Vec<u8>>, _: &mut Random<'_>) -> Result<(), VaultError> {
        Ok(())
    }

    fn erase(&mut self) -> Result<(), VaultError> {
        Ok(())
    }
}
