//! Signs a batch, so that every other country can tell who vouches for its keys.

use std::fmt;

use aws_lc_rs::digest::{SHA256, digest};
use aws_lc_rs::rand::SystemRandom;
use aws_lc_rs::rsa;
use aws_lc_rs::signature::{ECDSA_P256_SHA256_ASN1_SIGNING, EcdsaKeyPair, KeyPair as _, RSA_PKCS1_SHA256};
use cms::cert::{CertificateChoices, IssuerAndSerialNumber};
use cms::content_info::{CmsVersion, ContentInfo};
use cms::signed_data::{
    CertificateSet, EncapsulatedContentInfo, SignedAttributes, SignedData, SignerIdentifier, SignerInfo,
    SignerInfos,
};
use const_oid::db::rfc5911::{ID_CONTENT_TYPE, ID_DATA, ID_MESSAGE_DIGEST, ID_SIGNED_DATA, ID_SIGNING_TIME};
use const_oid::db::rfc5912::{ECDSA_WITH_SHA_256, ID_SHA_256, RSA_ENCRYPTION};
use der::asn1::{GeneralizedTime, ObjectIdentifier, OctetString, SetOfVec, UtcTime};
use der::{Any, Encode};
use jiff::Timestamp;
use x509_cert::attr::Attribute;
use x509_cert::spki::AlgorithmIdentifierOwned;

use super::CmsError;
use super::certificate::{Certificate, KeyKind};
use crate::export::SigningError;

/// What signs batches: a key in memory, or one that never leaves its hardware.
pub trait BatchSigner {
    /// The certificate that goes with the key.
    fn certificate(&self) -> &Certificate;

    /// A signature over these bytes with SHA-256: RSA with PKCS#1, or ECDSA in DER.
    ///
    /// # Errors
    /// When what holds the key refuses.
    fn sign(&self, bytes: &[u8]) -> Result<Vec<u8>, SigningError>;
}

enum Pair {
    Rsa(rsa::KeyPair),
    P256(EcdsaKeyPair),
}

/// A key in memory, RSA or P-256.
pub struct KeyPairSigner {
    certificate: Certificate,
    pair: Pair,
}

impl KeyPairSigner {
    /// A key from PKCS#8 in DER, and its certificate.
    ///
    /// # Errors
    /// When the key is of another kind, too short, or not that of the certificate.
    pub fn from_pkcs8(der: &[u8], certificate: Certificate) -> Result<Self, CmsError> {
        let (pair, public) = match certificate.kind()? {
            KeyKind::Rsa => {
                let pair = rsa::KeyPair::from_pkcs8(der).map_err(|_| SigningError::Key)?;
                let public = pair.public_key().as_ref().to_vec();
                (Pair::Rsa(pair), public)
            }
            KeyKind::P256 => {
                let pair = EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_ASN1_SIGNING, der);
                let pair = pair.map_err(|_| SigningError::Key)?;
                let public = pair.public_key().as_ref().to_vec();
                (Pair::P256(pair), public)
            }
            KeyKind::P384 | KeyKind::P521 => return Err(CmsError::Algorithm),
        };
        if public != certificate.key() {
            return Err(CmsError::Mismatch);
        }
        Ok(Self { certificate, pair })
    }
}

impl BatchSigner for KeyPairSigner {
    fn certificate(&self) -> &Certificate {
        &self.certificate
    }

    #[expect(
        clippy::disallowed_methods,
        reason = "the library draws the number of a signature itself and ignores this one"
    )]
    fn sign(&self, bytes: &[u8]) -> Result<Vec<u8>, SigningError> {
        let random = SystemRandom::new();
        match &self.pair {
            Pair::P256(pair) => {
                Ok(pair.sign(&random, bytes).map_err(|_| SigningError::Refused)?.as_ref().to_vec())
            }
            Pair::Rsa(pair) => {
                let mut signature = vec![0; pair.public_modulus_len()];
                pair.sign(&RSA_PKCS1_SHA256, &random, bytes, &mut signature)
                    .map_err(|_| SigningError::Refused)?;
                Ok(signature)
            }
        }
    }
}

impl fmt::Debug for KeyPairSigner {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let thumbprint = self.certificate.thumbprint();
        f.debug_struct("KeyPairSigner").field("certificate", &thumbprint).finish_non_exhaustive()
    }
}

/// A detached signature over these bytes, in DER, with the certificate and the time.
///
/// # Errors
/// When the key is of a kind that may not sign, or what holds it refuses.
pub fn sign(content: &[u8], signer: &dyn BatchSigner, at: Timestamp) -> Result<Vec<u8>, CmsError> {
    let certificate = signer.certificate();
    let way = match certificate.kind()? {
        KeyKind::Rsa => AlgorithmIdentifierOwned { oid: RSA_ENCRYPTION, parameters: Some(Any::null()) },
        KeyKind::P256 | KeyKind::P384 | KeyKind::P521 => {
            AlgorithmIdentifierOwned { oid: ECDSA_WITH_SHA_256, parameters: None }
        }
    };
    let attributes = attributes(content, at).map_err(|_| CmsError::Form)?;
    let to_sign = attributes.to_der().map_err(|_| CmsError::Form)?;
    let signature = signer.sign(&to_sign)?;
    written(certificate, way, attributes, &signature).map_err(|_| CmsError::Form)
}

/// What is said of the content, and signed in its place.
fn attributes(content: &[u8], at: Timestamp) -> der::Result<SignedAttributes> {
    let hash = OctetString::new(digest(&SHA256, content).as_ref())?;
    SetOfVec::try_from(vec![
        attribute(ID_CONTENT_TYPE, Any::encode_from(&ID_DATA)?)?,
        attribute(ID_MESSAGE_DIGEST, Any::encode_from(&hash)?)?,
        attribute(ID_SIGNING_TIME, time(at)?)?,
    ])
}

fn attribute(oid: ObjectIdentifier, value: Any) -> der::Result<Attribute> {
    Ok(Attribute { oid, values: SetOfVec::try_from(vec![value])? })
}

/// A year of two digits until 2049, of four from then on.
fn time(at: Timestamp) -> der::Result<Any> {
    let since_1970 = std::time::Duration::from_secs(u64::try_from(at.as_second()).unwrap_or(0));
    match UtcTime::from_unix_duration(since_1970) {
        Ok(short) => Any::encode_from(&short),
        Err(_) => Any::encode_from(&GeneralizedTime::from_unix_duration(since_1970)?),
    }
}

fn written(
    certificate: &Certificate,
    way: AlgorithmIdentifierOwned,
    attributes: SignedAttributes,
    signature: &[u8],
) -> der::Result<Vec<u8>> {
    let hash = AlgorithmIdentifierOwned { oid: ID_SHA_256, parameters: None };
    let named = certificate.x509.tbs_certificate();
    let info = SignerInfo {
        version: CmsVersion::V1,
        sid: SignerIdentifier::IssuerAndSerialNumber(IssuerAndSerialNumber {
            issuer: named.issuer().clone(),
            serial_number: named.serial_number().clone(),
        }),
        digest_alg: hash.clone(),
        signed_attrs: Some(attributes),
        signature_algorithm: way,
        signature: OctetString::new(signature)?,
        unsigned_attrs: None,
    };
    let signed = SignedData {
        version: CmsVersion::V1,
        digest_algorithms: SetOfVec::try_from(vec![hash])?,
        encap_content_info: EncapsulatedContentInfo { econtent_type: ID_DATA, econtent: None },
        certificates: Some(CertificateSet::try_from(vec![CertificateChoices::Certificate(
            certificate.x509.clone(),
        )])?),
        crls: None,
        signer_infos: SignerInfos::try_from(vec![info])?,
    };
    ContentInfo { content_type: ID_SIGNED_DATA, content: Any::encode_from(&signed)? }.to_der()
}
