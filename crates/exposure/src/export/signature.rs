//! Who signs export files, who is trusted to, and the one signature that phones accept: ECDSA on P-256.

use std::fmt;

use aws_lc_rs::encoding::{AsDer as _, PublicKeyX509Der};
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::signature::{
    ECDSA_P256_SHA256_ASN1, ECDSA_P256_SHA256_ASN1_SIGNING, ECDSA_P256_SHA512_ASN1, EcdsaKeyPair,
    KeyPair as _, UnparsedPublicKey,
};
use const_oid::db::rfc5912::{ID_EC_PUBLIC_KEY, SECP_256_R_1};
use der::asn1::ObjectIdentifier;
use der::{Decode as _, Document};
use x509_cert::spki::SubjectPublicKeyInfoRef;

use super::wire;

/// ECDSA with SHA-256, as every authority signs.
pub const ECDSA_SHA256: &str = "1.2.840.10045.4.3.2";
/// ECDSA with SHA-512, which phones read too.
pub const ECDSA_SHA512: &str = "1.2.840.10045.4.3.4";

/// A file has one signature, and two while a country's keys change. More than this are made to cost memory.
pub const MAX_SIGNATURES: usize = 16;

/// Which key signs: the country's number, such as `238` for Denmark, and a version that changes with the key.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct SignatureInfo {
    /// The country, by the number of its mobile networks.
    pub key_id: String,
    /// Which of its keys, such as `v1`.
    pub key_version: String,
    /// The object identifier of the way of signing.
    pub algorithm: String,
}

impl SignatureInfo {
    /// A key that signs as everybody does.
    #[must_use]
    pub fn new(key_id: impl Into<String>, key_version: impl Into<String>) -> Self {
        Self { key_id: key_id.into(), key_version: key_version.into(), algorithm: ECDSA_SHA256.to_owned() }
    }
}

impl From<wire::SignatureInfo> for SignatureInfo {
    fn from(wire: wire::SignatureInfo) -> Self {
        Self {
            key_id: wire.verification_key_id.unwrap_or_default(),
            key_version: wire.verification_key_version.unwrap_or_default(),
            algorithm: wire.signature_algorithm.unwrap_or_default(),
        }
    }
}

impl From<&SignatureInfo> for wire::SignatureInfo {
    fn from(info: &SignatureInfo) -> Self {
        let said = |text: &String| Some(text.clone()).filter(|text| !text.is_empty());
        Self {
            verification_key_version: said(&info.key_version),
            verification_key_id: said(&info.key_id),
            signature_algorithm: said(&info.algorithm),
        }
    }
}

/// One signature of an export file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signature {
    /// By which key.
    pub info: SignatureInfo,
    /// Of which file of how many, as the signature says.
    pub chunk: (Option<i32>, Option<i32>),
    /// The signature itself, two numbers in DER.
    pub bytes: Vec<u8>,
}

/// Why something is no public key for export files.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PublicKeyError {
    /// Not a PEM block named `PUBLIC KEY`.
    #[error("it is no `PUBLIC KEY` in PEM")]
    Pem,
    /// The bytes are no public key.
    #[error("it is no public key in DER")]
    Der,
    /// A key of another kind.
    #[error("it is a key of another kind; export files are signed with P-256")]
    Kind,
}

/// A public key whose export files are believed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TrustedKey {
    /// The country; `None` believes the key under any name.
    pub named: Option<(String, String)>,
    point: Vec<u8>,
}

impl TrustedKey {
    /// A key from a `PUBLIC KEY` in PEM.
    ///
    /// # Errors
    /// When it is something else.
    pub fn from_pem(pem: &str) -> Result<Self, PublicKeyError> {
        let (label, document) = Document::from_pem(pem.trim()).map_err(|_| PublicKeyError::Pem)?;
        if label != "PUBLIC KEY" {
            return Err(PublicKeyError::Pem);
        }
        Self::from_der(document.as_bytes())
    }

    /// Every key of a file, as a country publishes those that sign one after the other.
    ///
    /// # Errors
    /// When there is none, or one of them is something else.
    pub fn all_from_pem(text: &str) -> Result<Vec<Self>, PublicKeyError> {
        const END: &str = "-----END PUBLIC KEY-----";
        let blocks = text.trim().split_inclusive(END).map(str::trim).filter(|block| !block.is_empty());
        let keys: Vec<Self> = blocks.map(Self::from_pem).collect::<Result<_, _>>()?;
        if keys.is_empty() { Err(PublicKeyError::Pem) } else { Ok(keys) }
    }

    /// A key from the same in DER.
    ///
    /// # Errors
    /// When it is something else.
    pub fn from_der(bytes: &[u8]) -> Result<Self, PublicKeyError> {
        let key = SubjectPublicKeyInfoRef::from_der(bytes).map_err(|_| PublicKeyError::Der)?;
        let curve = key.algorithm.parameters.and_then(|any| any.decode_as::<ObjectIdentifier>().ok());
        if key.algorithm.oid != ID_EC_PUBLIC_KEY || curve != Some(SECP_256_R_1) {
            return Err(PublicKeyError::Kind);
        }
        let point = key.subject_public_key.as_bytes().ok_or(PublicKeyError::Der)?.to_vec();
        Ok(Self { named: None, point })
    }

    /// The same key, believed only under this id and version.
    #[must_use]
    pub fn named(self, key_id: impl Into<String>, key_version: impl Into<String>) -> Self {
        Self { named: Some((key_id.into(), key_version.into())), ..self }
    }

    /// Whether a signature of this name may be by this key. A file with a single signature may leave out the name.
    pub(crate) fn goes_by(&self, info: &SignatureInfo) -> bool {
        self.named.as_ref().is_none_or(|(id, version)| {
            (info.key_id.is_empty() || info.key_id == *id)
                && (info.key_version.is_empty() || info.key_version == *version)
        })
    }

    /// Whether the signature is by this key and over these bytes.
    pub(crate) fn has_signed(&self, bytes: &[u8], signature: &Signature) -> bool {
        let algorithm = match signature.info.algorithm.as_str() {
            ECDSA_SHA256 => &ECDSA_P256_SHA256_ASN1,
            ECDSA_SHA512 => &ECDSA_P256_SHA512_ASN1,
            _ => return false,
        };
        UnparsedPublicKey::new(algorithm, &self.point).verify(bytes, &signature.bytes).is_ok()
    }
}

/// The signature could not be made.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SigningError {
    /// It is no private key of the kind that is asked for.
    #[error("it is no private key in PKCS#8 of the kind that is asked for")]
    Key,
    /// What holds the key refused.
    #[error("the signature could not be made")]
    Refused,
}

/// What signs export files: a key in memory, or one that never leaves its hardware.
pub trait ExportSigner {
    /// Under which name.
    fn info(&self) -> &SignatureInfo;

    /// An ECDSA signature over these bytes, in DER.
    ///
    /// # Errors
    /// When what holds the key refuses.
    fn sign(&self, bytes: &[u8]) -> Result<Vec<u8>, SigningError>;
}

/// A P-256 key in memory.
pub struct P256Signer {
    info: SignatureInfo,
    pair: EcdsaKeyPair,
}

impl P256Signer {
    /// A key from PKCS#8 in DER.
    ///
    /// # Errors
    /// When it is something else.
    pub fn from_pkcs8(der: &[u8], info: SignatureInfo) -> Result<Self, SigningError> {
        let pair = EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_ASN1_SIGNING, der);
        Ok(Self { info, pair: pair.map_err(|_| SigningError::Key)? })
    }

    /// A fresh key, and its PKCS#8 to be kept.
    ///
    /// # Errors
    /// When the library cannot make one.
    pub fn generate(info: SignatureInfo) -> Result<(Self, zeroize::Zeroizing<Vec<u8>>), SigningError> {
        let pair =
            EcdsaKeyPair::generate(&ECDSA_P256_SHA256_ASN1_SIGNING).map_err(|_| SigningError::Refused)?;
        let kept = pair.to_pkcs8v1().map_err(|_| SigningError::Refused)?.as_ref().to_vec();
        Ok((Self { info, pair }, zeroize::Zeroizing::new(kept)))
    }

    /// The public key in DER, as it is handed to those who are to trust it.
    #[must_use]
    pub fn public_key_der(&self) -> Vec<u8> {
        let der: Result<PublicKeyX509Der<'_>, _> = self.pair.public_key().as_der();
        der.map(|der| der.as_ref().to_vec()).unwrap_or_default()
    }

    /// The public key, as those who trust it hold it.
    #[must_use]
    pub fn trusted(&self) -> TrustedKey {
        let point = self.pair.public_key().as_ref().to_vec();
        TrustedKey { named: Some((self.info.key_id.clone(), self.info.key_version.clone())), point }
    }
}

impl ExportSigner for P256Signer {
    fn info(&self) -> &SignatureInfo {
        &self.info
    }

    #[expect(
        clippy::disallowed_methods,
        reason = "the library draws the number of a signature itself and ignores this one: a number that can be \
                  foretold gives the private key away"
    )]
    fn sign(&self, bytes: &[u8]) -> Result<Vec<u8>, SigningError> {
        let signature = self.pair.sign(&SystemRandom::new(), bytes).map_err(|_| SigningError::Refused)?;
        Ok(signature.as_ref().to_vec())
    }
}

impl fmt::Debug for P256Signer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("P256Signer").field("info", &self.info).finish_non_exhaustive()
    }
}
