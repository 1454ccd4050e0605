//! Benchmark 2.

use anyhow::Result;

/// How long it runs.
#[derive(Clone, Copy, Debug)]
pub struct Length {
    /// Times that everything is repeated.
    pub runs: usize,
    /// Seconds of each measurement.
    pub seconds: u64,
}

/// Runs it and writes the report; whether every bar was reached.
///
/// # Errors
/// When a side fails.
pub fn run(_length: Length) -> Result<bool> {
    anyhow::bail!("not here yet")
}
