//! Counts in a sliding window.

/// So many in so many seconds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limit {
    /// How many.
    pub count: u32,
    /// In how many seconds.
    pub seconds: u32,
}

/// Counts by key.
#[derive(Debug, Default)]
pub struct Window {}
