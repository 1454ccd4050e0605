//! What holds for every request and every answer, whatever it is about.

pub(crate) mod headers;
pub(crate) mod origin;
pub(crate) mod render;
