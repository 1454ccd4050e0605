//! What goes when, over REST.

pub(crate) mod see_own;
