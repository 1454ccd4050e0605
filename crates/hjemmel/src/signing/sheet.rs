//! `corpus.signatures`: the sheet of signatures that lies beside the notices.

use std::path::Path;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use super::{PrivateKey, Refused};

/// The name of the file; it is no notice.
pub const SHEET: &str = "corpus.signatures";

/// Who signed what, and from when it holds.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sheet {
    /// SHA-256 over all files of the notices, the version that `hjemmel` prints.
    pub digest: String,
    /// From when they hold.
    pub valid_from: Timestamp,
    /// Signatures.
    #[serde(default, rename = "signature")]
    pub signatures: Vec<Signature>,
}

/// One signature.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Signature {
    /// Name, as in the configuration of the server.
    pub signer: String,
    /// When it was made.
    pub at: Timestamp,
    /// Ed25519, base64.
    pub value: String,
}

impl Sheet {
    /// A sheet that nobody has signed.
    #[must_use]
    pub fn new(digest: &str, valid_from: Timestamp) -> Self {
        Self { digest: digest.to_owned(), valid_from, signatures: Vec::new() }
    }

    /// Reads a text.
    ///
    /// # Errors
    /// It is not as described.
    pub fn parse(text: &str) -> Result<Self, Refused> {
        toml::from_str(text)
            .map_err(|problem: toml::de::Error| Refused::Malformed(problem.message().to_owned()))
    }

    /// Reads the sheet of a folder of notices.
    ///
    /// # Errors
    /// It is not there or not as described.
    pub fn read(folder: &Path) -> Result<Self, Refused> {
        match std::fs::read_to_string(folder.join(SHEET)) {
            Ok(text) => Self::parse(&text),
            Err(problem) if problem.kind() == std::io::ErrorKind::NotFound => Err(Refused::Unsigned),
            Err(problem) => Err(Refused::Malformed(problem.to_string())),
        }
    }

    /// The text of the file.
    #[must_use]
    pub fn text(&self) -> String {
        let note = "# Made by `hjemmel sign sign`. Over these notices, byte for byte; do not edit.\n";
        format!("{note}{}", toml::to_string(self).unwrap_or_default())
    }

    /// Adds a signature, in place of an older one of the same person.
    pub fn sign(&mut self, signer: &str, key: &PrivateKey, at: Timestamp) {
        let at = Timestamp::from_second(at.as_second()).unwrap_or(at);
        let mut signature = Signature { signer: signer.to_owned(), at, value: String::new() };
        signature.value = key.sign(&self.statement(&signature));
        self.signatures.retain(|it| it.signer != signer);
        self.signatures.push(signature);
    }

    /// What is signed: one line each, the name last and with its length before it.
    #[must_use]
    pub fn statement(&self, signature: &Signature) -> Vec<u8> {
        format!(
            "hjemmel notices 1\n{}\n{}\n{}\n{}:{}\n",
            self.digest,
            self.valid_from.as_microsecond(),
            signature.at.as_microsecond(),
            signature.signer.len(),
            signature.signer
        )
        .into_bytes()
    }
}
