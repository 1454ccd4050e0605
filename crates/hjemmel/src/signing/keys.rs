//! Keys of signers: Ed25519, in PEM files that other programs can read.

use std::fs::OpenOptions;
use std::io::Write;
use std::path::Path;

use aws_lc_rs::signature::{ED25519, Ed25519KeyPair, KeyPair, UnparsedPublicKey};
use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use register::Randomness;

/// What stands before the 32 bytes of an Ed25519 public key in SubjectPublicKeyInfo, RFC 8410.
const SPKI: [u8; 12] = [0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00];
const PRIVATE: &str = "PRIVATE KEY";
const PUBLIC: &str = "PUBLIC KEY";

/// Why a key cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum KeyError {
    /// The file cannot be read or written.
    #[error("`{path}` cannot be used: {problem}")]
    File {
        /// The file.
        path: String,
        /// The operating system's word.
        problem: String,
    },
    /// It holds something else.
    #[error("`{0}` holds no Ed25519 key of this kind in PEM")]
    NoKey(String),
    /// Others may read it.
    #[error("others may read the private key `{0}`")]
    Open(String),
    /// The library refused.
    #[error("no key could be made")]
    NotMade,
}

impl KeyError {
    fn file(path: &Path, problem: &std::io::Error) -> Self {
        Self::File { path: path.display().to_string(), problem: problem.to_string() }
    }
}

/// A key that signs. It shows nothing of itself.
pub struct PrivateKey(Ed25519KeyPair);

impl std::fmt::Debug for PrivateKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("PrivateKey(..)")
    }
}

impl PrivateKey {
    /// A new key.
    ///
    /// # Errors
    /// The library refused.
    pub fn make(randomness: &dyn Randomness) -> Result<Self, KeyError> {
        let mut seed = [0; 32];
        randomness.fill(&mut seed);
        Ed25519KeyPair::from_seed_unchecked(&seed).map(Self).map_err(|_| KeyError::NotMade)
    }

    /// Reads a file that nobody else may read.
    ///
    /// # Errors
    /// [`KeyError`].
    pub fn read(path: &Path) -> Result<Self, KeyError> {
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let mode = std::fs::metadata(path).map_err(|it| KeyError::file(path, &it))?.permissions().mode();
            if mode & 0o077 != 0 {
                return Err(KeyError::Open(path.display().to_string()));
            }
        }
        let text = std::fs::read_to_string(path).map_err(|it| KeyError::file(path, &it))?;
        let no_key = || KeyError::NoKey(path.display().to_string());
        let der = unpacked(&text, PRIVATE).ok_or_else(no_key)?;
        Ed25519KeyPair::from_pkcs8(&der).map(Self).map_err(|_| no_key())
    }

    /// Writes a new file with mode 0600; never over another.
    ///
    /// # Errors
    /// [`KeyError`].
    pub fn write(&self, path: &Path) -> Result<(), KeyError> {
        let der = self.0.to_pkcs8().map_err(|_| KeyError::NotMade)?;
        write_new(path, &packed(der.as_ref(), PRIVATE), 0o600)
    }

    /// The other half.
    ///
    /// # Errors
    /// Never with a key of this kind.
    pub fn public(&self) -> Result<PublicKey, KeyError> {
        let bytes = self.0.public_key().as_ref().try_into().map_err(|_| KeyError::NotMade)?;
        Ok(PublicKey(bytes))
    }

    /// A signature.
    #[must_use]
    pub fn sign(&self, statement: &[u8]) -> String {
        STANDARD.encode(self.0.sign(statement))
    }
}

/// A key that verifies.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct PublicKey([u8; 32]);

impl PublicKey {
    /// Reads a file.
    ///
    /// # Errors
    /// [`KeyError`].
    pub fn read(path: &Path) -> Result<Self, KeyError> {
        let text = std::fs::read_to_string(path).map_err(|it| KeyError::file(path, &it))?;
        let no_key = || KeyError::NoKey(path.display().to_string());
        let der = unpacked(&text, PUBLIC).ok_or_else(no_key)?;
        let key = der.strip_prefix(SPKI.as_slice()).ok_or_else(no_key)?;
        key.try_into().map(Self).map_err(|_| no_key())
    }

    /// Writes a new file; never over another.
    ///
    /// # Errors
    /// [`KeyError`].
    pub fn write(&self, path: &Path) -> Result<(), KeyError> {
        write_new(path, &packed(&[SPKI.as_slice(), &self.0].concat(), PUBLIC), 0o644)
    }

    /// Whether a signature in base64 was made over a statement with the other half.
    #[must_use]
    pub fn verifies(&self, statement: &[u8], signature: &str) -> bool {
        let Ok(signature) = STANDARD.decode(signature) else { return false };
        UnparsedPublicKey::new(&ED25519, &self.0).verify(statement, &signature).is_ok()
    }
}

fn packed(der: &[u8], label: &str) -> String {
    let text = STANDARD.encode(der);
    let mut lines = format!("-----BEGIN {label}-----\n");
    for (position, sign) in text.chars().enumerate() {
        if position > 0 && position % 64 == 0 {
            lines.push('\n');
        }
        lines.push(sign);
    }
    format!("{lines}\n-----END {label}-----\n")
}

fn unpacked(text: &str, label: &str) -> Option<Vec<u8>> {
    let inner = text.trim().strip_prefix(&format!("-----BEGIN {label}-----"))?;
    let inner = inner.strip_suffix(&format!("-----END {label}-----"))?;
    STANDARD.decode(inner.split_whitespace().collect::<String>()).ok()
}

fn write_new(path: &Path, text: &str, mode: u32) -> Result<(), KeyError> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, mode);
    #[cfg(not(unix))]
    let _ = mode;
    let written = options.open(path).and_then(|mut file| {
        file.write_all(text.as_bytes())?;
        file.sync_all()
    });
    written.map_err(|problem| KeyError::file(path, &problem))
}
