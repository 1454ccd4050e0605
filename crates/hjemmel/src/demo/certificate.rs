//! The key with which the demonstration signs certificates: made at each start, its owner's alone.

use std::fs::OpenOptions;
use std::io::{Error, Result, Write};
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;

use aws_lc_rs::signature::{ECDSA_P256_SHA256_FIXED_SIGNING, EcdsaKeyPair};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;

/// Writes a new key.
///
/// # Errors
/// The file cannot be written, or the library made no key.
pub fn certificate_key(path: &Path) -> Result<()> {
    let not_made = |_| Error::other("no key could be made");
    let pair = EcdsaKeyPair::generate(&ECDSA_P256_SHA256_FIXED_SIGNING).map_err(not_made)?;
    let der = pair.to_pkcs8v1().map_err(not_made)?;
    match std::fs::remove_file(path) {
        Err(problem) if problem.kind() != std::io::ErrorKind::NotFound => return Err(problem),
        Ok(()) | Err(_) => {}
    }
    let mut file = OpenOptions::new().write(true).create_new(true).mode(0o400).open(path)?;
    writeln!(file, "-----BEGIN PRIVATE KEY-----")?;
    let text = STANDARD.encode(der.as_ref());
    for line in text.as_bytes().chunks(64) {
        file.write_all(line)?;
        writeln!(file)?;
    }
    writeln!(file, "-----END PRIVATE KEY-----")
}
