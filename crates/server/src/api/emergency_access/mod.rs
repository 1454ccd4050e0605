//! Emergency access over REST.

pub(crate) mod review;
pub(crate) mod review_queue;
pub(crate) mod take;
