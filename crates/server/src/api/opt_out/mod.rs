//! Blocks over REST.

pub(crate) mod block;
pub(crate) mod see_own_blocks;
pub(crate) mod unblock;
