//! The rules of the house that no compiler checks: who may import whom, what may stand where, what must be tested.

mod claims;
mod crates;
mod documents;
mod files;
mod promises;
mod shape;
mod threats;
