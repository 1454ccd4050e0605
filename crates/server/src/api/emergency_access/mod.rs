//! Emergency access over REST.

pub(crate) mod keep_longer;
pub(crate) mod review;
pub(crate) mod review_queue;
pub(crate) mod see_looks;
pub(crate) mod see_own;
pub(crate) mod take;
