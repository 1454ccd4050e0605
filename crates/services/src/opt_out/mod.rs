//! Blocks: a citizen keeps one professional, one organisation or everyone from her health data.
//!
//! Invariant: whether a block holds is about the time of the look-up, never about the age of the data.

pub mod block;
pub mod see_own_blocks;
pub mod unblock;
mod view;

pub use view::{Block, What};

/// Full name of the register.
pub(crate) const REGISTER: &str = "nsp.opt-out";
/// The event that its clock waits for.
const LIFTED: &str = "block.lifted";
