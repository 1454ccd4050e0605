//! The log over REST.

pub(crate) mod looks_in_my_name;
pub(crate) mod see_child_log;
pub(crate) mod see_own_log;
pub(crate) mod see_represented_log;
