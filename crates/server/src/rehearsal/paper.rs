//! Keys of a rehearsal, made when it starts and gone with its folder.

use std::os::unix::fs::OpenOptionsExt;
use std::path::{Path, PathBuf};

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use rcgen::{KeyPair, PublicKeyData};
use register::Randomness;
use serde_json::{Value, json};

use super::BadRehearsal;

/// A pair on P-256 whose private half lies in a file of its own.
pub(super) struct Paper {
    pair: KeyPair,
    pub(super) private: PathBuf,
}

impl std::fmt::Debug for Paper {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Paper({})", self.private.display())
    }
}

impl Paper {
    pub(super) fn make(folder: &Path, name: &str) -> Result<Self, BadRehearsal> {
        let pair = KeyPair::generate()?;
        let private = folder.join(format!("{name}.key"));
        secret(&private, &pair.serialize_pem())?;
        Ok(Self { pair, private })
    }

    /// The pair of a folder, made if there is none.
    pub(super) fn of(folder: &Path, name: &str) -> Result<Self, BadRehearsal> {
        let private = folder.join(format!("{name}.key"));
        if !private.is_file() {
            return Self::make(folder, name);
        }
        Ok(Self { pair: KeyPair::from_pem(&std::fs::read_to_string(&private)?)?, private })
    }

    pub(super) fn private_pem(&self) -> String {
        self.pair.serialize_pem()
    }

    pub(super) fn public_pem(&self) -> String {
        self.pair.public_key_pem()
    }

    pub(super) fn public_der(&self) -> Vec<u8> {
        self.pair.subject_public_key_info()
    }

    /// The public half as brokers publish it.
    pub(super) fn jwk(&self, name: &str) -> Value {
        // A point is one byte that says that it is whole, and two coordinates.
        let point = self.pair.public_key_raw().get(1..).unwrap_or_default();
        let (x, y) = point.split_at(point.len() / 2);
        json!({
            "kty": "EC", "crv": "P-256", "use": "sig", "alg": "ES256", "kid": name,
            "x": URL_SAFE_NO_PAD.encode(x), "y": URL_SAFE_NO_PAD.encode(y),
        })
    }
}

/// Writes what only its owner may read.
pub(super) fn secret(path: &Path, text: &str) -> std::io::Result<()> {
    use std::io::Write as _;
    let mut file = std::fs::OpenOptions::new().write(true).create_new(true).mode(0o400).open(path)?;
    file.write_all(text.as_bytes())
}

/// 32 bytes in hexadecimal digits.
pub(super) fn hex_secret(randomness: &dyn Randomness) -> String {
    let mut bytes = [0; 32];
    randomness.fill(&mut bytes);
    exposure::key::to_hex(&bytes)
}
