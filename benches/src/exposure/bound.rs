//! What this processor can do: AES blocks and SHA-256, measured by `openssl speed` in the same run.

use std::process::Command;

use anyhow::{Context, Result, bail};

/// Identifiers of a key, a block each.
const BLOCKS: f64 = 144.0;
const BLOCK_BYTES: f64 = 16.0;
/// Compressions of SHA-256 that a key cannot do without, of 64 bytes each.
const COMPRESSIONS: f64 = 6.0;
const COMPRESSION_BYTES: f64 = 64.0;

/// Bytes a second of both, on one core.
#[derive(Clone, Copy, Debug)]
pub struct Bound {
    /// AES with 128 bits, block by block.
    pub aes: f64,
    /// SHA-256.
    pub sha: f64,
}

impl Bound {
    /// Measures both for a second.
    ///
    /// # Errors
    /// When `openssl` is missing or says something else than it should.
    pub fn measure() -> Result<Self> {
        Ok(Self { aes: speed("aes-128-ecb")?, sha: speed("sha256")? })
    }

    /// Keys a second if there were nothing but these blocks and compressions.
    #[must_use]
    pub fn keys_per_second(&self) -> f64 {
        let blocks = BLOCKS * BLOCK_BYTES / self.aes;
        let compressions = COMPRESSIONS * COMPRESSION_BYTES / self.sha;
        1.0 / (blocks + compressions)
    }
}

fn speed(algorithm: &str) -> Result<f64> {
    let output = Command::new("openssl")
        .args(["speed", "-mr", "-seconds", "1", "-bytes", "8192", "-evp", algorithm])
        .output()
        .context("`openssl` is missing; cargo xtask setup installs it")?;
    let text = String::from_utf8_lossy(&output.stdout).into_owned();
    let line = text.lines().rev().find(|line| line.starts_with("+F:"));
    match line.and_then(|line| line.rsplit(':').next()?.parse().ok()) {
        Some(bytes_per_second) => Ok(bytes_per_second),
        None => bail!("`openssl speed` says nothing of {algorithm}: {text}"),
    }
}
