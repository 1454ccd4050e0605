//! Random rules and histories, and the model that they are held against.

pub(crate) mod generate;
pub(crate) mod plain;
