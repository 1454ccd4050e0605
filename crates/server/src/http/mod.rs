//! What holds for every request and every answer, whatever it is about.

pub(crate) mod client;
pub(crate) mod guard;
pub(crate) mod headers;
pub(crate) mod kept;
pub(crate) mod looks;
pub(crate) mod origin;
pub(crate) mod panics;
pub(crate) mod render;
pub(crate) mod technical;
