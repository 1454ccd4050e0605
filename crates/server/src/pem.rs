//! Keys and certificates from files.

use std::path::{Path, PathBuf};

use exposure::gateway::cms::{Certificate, KeyPairSigner};
use rustls::pki_types::pem::PemObject as _;
use rustls::pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer};
use zeroize::Zeroizing;

/// A file that holds no such thing. What it holds is not told.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{path}` {problem}")]
pub struct BadPem {
    /// The file.
    pub path: PathBuf,
    /// What is the matter.
    pub problem: String,
}

pub(crate) fn text(path: &Path) -> Result<Zeroizing<String>, BadPem> {
    let text = std::fs::read_to_string(path);
    text.map(Zeroizing::new).map_err(|error| bad(path, format!("cannot be read: {}", error.kind())))
}

pub(crate) fn bad(path: &Path, problem: impl Into<String>) -> BadPem {
    BadPem { path: path.to_path_buf(), problem: problem.into() }
}

/// The certificates of a file, the end of the chain first.
pub(crate) fn chain(path: &Path) -> Result<Vec<CertificateDer<'static>>, BadPem> {
    let text = text(path)?;
    let all: Result<Vec<_>, _> = CertificateDer::pem_slice_iter(text.as_bytes()).collect();
    match all {
        Ok(all) if !all.is_empty() => Ok(all),
        Ok(_) | Err(_) => Err(bad(path, "holds no certificate in PEM")),
    }
}

/// The private key of a file.
pub(crate) fn key(path: &Path) -> Result<PrivateKeyDer<'static>, BadPem> {
    PrivateKeyDer::from_pem_slice(text(path)?.as_bytes())
        .map_err(|_| bad(path, "holds no private key in PEM"))
}

/// The private key of a text, if it is one in PKCS#8.
pub(crate) fn pkcs8(pem: &[u8]) -> Option<Zeroizing<PrivatePkcs8KeyDer<'static>>> {
    PrivatePkcs8KeyDer::from_pem_slice(pem).ok().map(Zeroizing::new)
}

/// What signs batches or rows: a certificate and its key.
pub(crate) fn signer(certificate: &Path, key: &Path) -> Result<KeyPairSigner, BadPem> {
    let held = Certificate::from_pem(&text(certificate)?);
    let held = held.map_err(|error| bad(certificate, error.to_string()))?;
    let der = pkcs8(text(key)?.as_bytes()).ok_or_else(|| bad(key, "holds no private key in PKCS#8 PEM"))?;
    KeyPairSigner::from_pkcs8(der.secret_pkcs8_der(), held).map_err(|error| bad(key, error.to_string()))
}

#[cfg(test)]
mod tests {
    use base64::Engine as _;
    use base64::engine::general_purpose::STANDARD;

    use super::pkcs8;

    #[test]
    fn a_private_key_is_found_among_what_else_a_file_holds_and_only_whole() {
        let block =
            |label: &str, body: &str| format!("-----BEGIN {label}-----\n{body}\n-----END {label}-----\n");
        let [certificate, key] = [b"certificate", b"private key"].map(|it| STANDARD.encode(it));
        let text = format!("a remark\n{}{}", block("CERTIFICATE", &certificate), block("PRIVATE KEY", &key));
        assert_eq!(pkcs8(text.as_bytes()).unwrap().secret_pkcs8_der(), b"private key");
        let cut = text.rsplit_once("-----END").unwrap().0;
        for no_key in [&certificate, &block("PUBLIC KEY", &key), &block("PRIVATE KEY", "?"), cut] {
            assert!(pkcs8(no_key.as_bytes()).is_none(), "{no_key}");
        }
    }
}
