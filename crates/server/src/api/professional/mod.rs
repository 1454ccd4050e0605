//! Professionals over REST.

pub(crate) mod import_professional;
pub(crate) mod see_own;
