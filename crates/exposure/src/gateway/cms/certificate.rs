//! What of a certificate matters to a batch: whose it is, how long it is valid, and which key it is for.

use aws_lc_rs::digest::{SHA256, digest};
use aws_lc_rs::signature::{
    ECDSA_P256_SHA256_ASN1, ECDSA_P384_SHA256_ASN1, ECDSA_P521_SHA256_ASN1, RSA_PKCS1_2048_8192_SHA256,
    UnparsedPublicKey, VerificationAlgorithm,
};
use const_oid::db::rfc5912::{
    ECDSA_WITH_SHA_256, ID_EC_PUBLIC_KEY, RSA_ENCRYPTION, SECP_256_R_1, SECP_384_R_1, SECP_521_R_1,
    SHA_256_WITH_RSA_ENCRYPTION,
};
use der::asn1::{ObjectIdentifier, UintRef};
use der::{Decode, Encode, Sequence};
use jiff::Timestamp;
use x509_cert::Certificate as X509;
use x509_cert::time::Time;

use super::{CmsError, MIN_RSA_BITS};
use crate::gateway::check::Thumbprint;

/// `countryName`.
const COUNTRY: ObjectIdentifier = ObjectIdentifier::new_unwrap("2.5.4.6");

#[derive(Sequence)]
struct RsaPublicKey<'a> {
    modulus: UintRef<'a>,
    exponent: UintRef<'a>,
}

/// The kinds of key that may sign a batch.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum KeyKind {
    Rsa,
    P256,
    P384,
    P521,
}

/// A certificate for signing batches.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Certificate {
    pub(super) x509: X509,
    der: Vec<u8>,
}

impl Certificate {
    /// A certificate in DER.
    ///
    /// # Errors
    /// When it is none.
    pub fn from_der(bytes: &[u8]) -> Result<Self, CmsError> {
        let x509 = X509::from_der(bytes).map_err(|_| CmsError::Certificate)?;
        Ok(Self { x509, der: bytes.to_vec() })
    }

    /// A certificate in PEM.
    ///
    /// # Errors
    /// When it is none.
    pub fn from_pem(pem: &str) -> Result<Self, CmsError> {
        let (label, document) = der::Document::from_pem(pem.trim()).map_err(|_| CmsError::Certificate)?;
        if label != "CERTIFICATE" {
            return Err(CmsError::Certificate);
        }
        Self::from_der(document.as_bytes())
    }

    /// Whether its key is of a kind that may sign batches and connect: RSA of 3072 bits, or one of three curves.
    ///
    /// # Errors
    /// What is wrong with the key.
    pub fn may_sign(&self) -> Result<(), CmsError> {
        self.kind().map(|_| ())
    }

    pub(super) fn of(x509: X509) -> Result<Self, CmsError> {
        let der = x509.to_der().map_err(|_| CmsError::Certificate)?;
        Ok(Self { x509, der })
    }

    /// The certificate in DER.
    #[must_use]
    pub fn der(&self) -> &[u8] {
        &self.der
    }

    /// Its SHA-256, by which everybody knows it.
    #[must_use]
    pub fn thumbprint(&self) -> Thumbprint {
        Thumbprint(digest(&SHA256, &self.der).as_ref().first_chunk().copied().unwrap_or_default())
    }

    /// The country of its subject.
    #[must_use]
    pub fn country(&self) -> Option<String> {
        let subject = self.x509.tbs_certificate().subject();
        let country = subject.iter().find(|part| part.oid == COUNTRY)?;
        String::from_utf8(country.value.value().to_vec()).ok()
    }

    /// The first and the last moment at which it is valid.
    #[must_use]
    pub fn validity(&self) -> (Timestamp, Timestamp) {
        let validity = self.x509.tbs_certificate().validity();
        (moment(&validity.not_before), moment(&validity.not_after))
    }

    /// The kind of its key, if that may sign a batch.
    pub(super) fn kind(&self) -> Result<KeyKind, CmsError> {
        let key = self.x509.tbs_certificate().subject_public_key_info();
        match key.algorithm.oid {
            RSA_ENCRYPTION => {
                let key = RsaPublicKey::from_der(self.key()).map_err(|_| CmsError::Certificate)?;
                let bits = bits(key.modulus.as_bytes());
                if bits < MIN_RSA_BITS { Err(CmsError::ShortKey(bits)) } else { Ok(KeyKind::Rsa) }
            }
            ID_EC_PUBLIC_KEY => {
                let parameters = key.algorithm.parameters.as_ref();
                match parameters.and_then(|any| any.decode_as::<ObjectIdentifier>().ok()) {
                    Some(SECP_256_R_1) => Ok(KeyKind::P256),
                    Some(SECP_384_R_1) => Ok(KeyKind::P384),
                    Some(SECP_521_R_1) => Ok(KeyKind::P521),
                    Some(_) | None => Err(CmsError::Algorithm),
                }
            }
            _ => Err(CmsError::Algorithm),
        }
    }

    /// The bytes of its public key, without what kind of key it is.
    pub(super) fn key(&self) -> &[u8] {
        self.x509.tbs_certificate().subject_public_key_info().subject_public_key.raw_bytes()
    }

    /// Whether it was itself signed in the way in which its key signs here. Gateways of others check what an operator has
    /// signed in the way in which the operator's own certificate was signed.
    #[must_use]
    pub fn is_signed_as_it_signs(&self) -> bool {
        let way = self.x509.signature_algorithm().oid;
        match self.kind() {
            Ok(KeyKind::Rsa) => way == SHA_256_WITH_RSA_ENCRYPTION,
            Ok(KeyKind::P256 | KeyKind::P384 | KeyKind::P521) => way == ECDSA_WITH_SHA_256,
            Err(_) => false,
        }
    }

    /// Whether the bare signature is by its key and over these bytes, hashed with SHA-256: RSA with PKCS#1, or ECDSA in DER.
    ///
    /// # Errors
    /// When its key is of a kind that may not sign.
    pub fn has_signed(&self, bytes: &[u8], signature: &[u8]) -> Result<bool, CmsError> {
        let algorithm: &'static dyn VerificationAlgorithm = match self.kind()? {
            KeyKind::Rsa => &RSA_PKCS1_2048_8192_SHA256,
            KeyKind::P256 => &ECDSA_P256_SHA256_ASN1,
            KeyKind::P384 => &ECDSA_P384_SHA256_ASN1,
            KeyKind::P521 => &ECDSA_P521_SHA256_ASN1,
        };
        Ok(UnparsedPublicKey::new(algorithm, self.key()).verify(bytes, signature).is_ok())
    }
}

fn moment(time: &Time) -> Timestamp {
    let seconds = i64::try_from(time.to_unix_duration().as_secs()).unwrap_or(i64::MAX);
    Timestamp::from_second(seconds).unwrap_or(Timestamp::MAX)
}

/// The length of a number in bits.
fn bits(number: &[u8]) -> usize {
    number.first().map_or(0, |first| number.len() * 8 - usize::try_from(first.leading_zeros()).unwrap_or(0))
}
