//! Blocks: a citizen keeps one professional, one organisation or everyone from her health data.
//!
//! Invariant: whether a block holds is about the time of the look-up, never about the age of the data.

pub mod block;
pub mod see_own_blocks;
mod see_own_blocks_view;
pub mod unblock;

pub use see_own_blocks_view::{Block, What};
