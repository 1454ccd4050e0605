//! When each clock last acted, by the receipts of the sweep; kept at hand until there is a new receipt.

use std::sync::{Arc, Mutex, PoisonError};

use register::{Act, Register, Unavailable};

/// What the sweep has done, and the number of the receipt up to which that is known.
#[derive(Debug, Default)]
pub(crate) struct Acted(Mutex<Option<(u64, Arc<Vec<Act>>)>>);

impl Acted {
    /// All acts, by register and verb. Receipts of many years are added up only when one has come.
    pub(crate) fn of(&self, register: &Register) -> Result<Arc<Vec<Act>>, Unavailable> {
        let newest = register.receipts(1)?.first().map_or(0, |receipt| receipt.number);
        let known = self.0.lock().unwrap_or_else(PoisonError::into_inner).clone();
        if let Some((_, acts)) = known.filter(|(number, _)| *number == newest) {
            return Ok(acts);
        }
        let acts = Arc::new(register.acts()?);
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some((newest, acts.clone()));
        Ok(acts)
    }
}
