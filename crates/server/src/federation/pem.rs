//! Keys and certificates from files.

use std::path::{Path, PathBuf};

use exposure::gateway::cms::{Certificate, KeyPairSigner};
use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer};

/// A file that holds no such thing. What it holds is not told.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{path}` {problem}")]
pub struct BadPem {
    /// The file.
    pub path: PathBuf,
    /// What is the matter.
    pub problem: String,
}

pub(super) fn text(path: &Path) -> Result<String, BadPem> {
    std::fs::read_to_string(path).map_err(|error| bad(path, format!("cannot be read: {}", error.kind())))
}

pub(super) fn bad(path: &Path, problem: impl Into<String>) -> BadPem {
    BadPem { path: path.to_path_buf(), problem: problem.into() }
}

/// The certificates of a file, the end of the chain first.
pub(super) fn chain(path: &Path) -> Result<Vec<CertificateDer<'static>>, BadPem> {
    let text = text(path)?;
    let all: Result<Vec<_>, _> = CertificateDer::pem_slice_iter(text.as_bytes()).collect();
    match all {
        Ok(all) if !all.is_empty() => Ok(all),
        Ok(_) | Err(_) => Err(bad(path, "holds no certificate in PEM")),
    }
}

/// The private key of a file.
pub(super) fn key(path: &Path) -> Result<PrivateKeyDer<'static>, BadPem> {
    PrivateKeyDer::from_pem_slice(text(path)?.as_bytes())
        .map_err(|_| bad(path, "holds no private key in PEM"))
}

/// What signs batches or rows: a certificate and its key.
pub(super) fn signer(certificate: &Path, key: &Path) -> Result<KeyPairSigner, BadPem> {
    let held = Certificate::from_pem(&text(certificate)?);
    let held = held.map_err(|error| bad(certificate, error.to_string()))?;
    let der = PrivatePkcs8KeyDer::from_pem_slice(text(key)?.as_bytes());
    let der = der.map_err(|_| bad(key, "holds no private key in PKCS#8 PEM"))?;
    KeyPairSigner::from_pkcs8(der.secret_pkcs8_der(), held).map_err(|error| bad(key, error.to_string()))
}
