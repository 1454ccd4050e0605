//! How much is allowed how often. Held in memory only.

mod window;

pub use window::{Limit, Window};

use crate::config::LimitSettings;

/// All limits that this server keeps count of.
#[derive(Debug, Default)]
pub struct Limits {}

impl Limits {
    /// None has been used.
    #[must_use]
    pub fn new(_settings: &LimitSettings) -> Self {
        Self {}
    }
}
