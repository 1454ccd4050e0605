//! Checks the signature of a batch. Who may sign is another question: [`check_batch`](crate::gateway::check_batch).

use aws_lc_rs::constant_time::verify_slices_are_equal;
use aws_lc_rs::digest::{SHA256, digest};
use cms::cert::CertificateChoices;
use cms::content_info::ContentInfo;
use cms::signed_data::{SignedAttributes, SignedData, SignerIdentifier, SignerInfo};
use const_oid::db::rfc5911::{ID_CONTENT_TYPE, ID_DATA, ID_MESSAGE_DIGEST, ID_SIGNED_DATA};
use const_oid::db::rfc5912::{ECDSA_WITH_SHA_256, ID_SHA_256, RSA_ENCRYPTION, SHA_256_WITH_RSA_ENCRYPTION};
use der::asn1::{ObjectIdentifier, OctetStringRef};
use der::{Any, Decode, Encode};
use jiff::Timestamp;
use x509_cert::Certificate as X509;
use x509_cert::ext::pkix::SubjectKeyIdentifier;

use super::certificate::{Certificate, KeyKind};
use super::{CmsError, MAX_SIGNATURE_BYTES, ber};
use crate::gateway::check::Thumbprint;

/// Who signed. The signature is right; whether this certificate may sign is not known yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signer {
    /// Which certificate.
    pub thumbprint: Thumbprint,
    /// The country of its subject.
    pub country: Option<String>,
    /// The certificate.
    pub certificate: Certificate,
}

impl Signer {
    /// Whether the certificate is valid at this time.
    ///
    /// # Errors
    /// When it is not yet valid or no longer.
    pub fn is_valid_at(&self, now: Timestamp) -> Result<(), CmsError> {
        let (first, last) = self.certificate.validity();
        if (first..=last).contains(&now) { Ok(()) } else { Err(CmsError::Expired(self.thumbprint)) }
    }
}

/// Checks a signature, in DER or BER, over these bytes, and says who made it.
///
/// # Errors
/// When it is no such signature, or not over these bytes.
pub fn verify(content: &[u8], signature: &[u8]) -> Result<Signer, CmsError> {
    let signed = signed_data(signature)?;
    if signed.encap_content_info.econtent.is_some() {
        return Err(CmsError::Attached);
    }
    let [info] = signed.signer_infos.0.as_slice() else {
        return Err(CmsError::Signers(signed.signer_infos.0.len()));
    };
    let x509 = certificate_of(info, &signed).ok_or(CmsError::NoCertificate)?;
    let certificate = Certificate::of(x509.clone())?;
    is_allowed(info, certificate.kind()?)?;
    let signed_bytes = match &info.signed_attrs {
        None => content.to_vec(),
        Some(attributes) => covers(attributes, content)?,
    };
    if !certificate.has_signed(&signed_bytes, info.signature.as_bytes())? {
        // Without attributes nobody can tell other content from another key.
        return Err(if info.signed_attrs.is_some() { CmsError::Mismatch } else { CmsError::Content });
    }
    Ok(Signer { thumbprint: certificate.thumbprint(), country: certificate.country(), certificate })
}

fn signed_data(signature: &[u8]) -> Result<SignedData, CmsError> {
    if signature.len() > MAX_SIGNATURE_BYTES {
        return Err(CmsError::TooHeavy);
    }
    let stated = ber::with_lengths(signature).ok_or(CmsError::Form)?;
    let info = ContentInfo::from_der(&stated).map_err(|_| CmsError::Form)?;
    if info.content_type != ID_SIGNED_DATA {
        return Err(CmsError::Form);
    }
    info.content.decode_as().map_err(|_| CmsError::Form)
}

fn certificate_of<'a>(info: &SignerInfo, signed: &'a SignedData) -> Option<&'a X509> {
    signed.certificates.as_ref()?.0.iter().find_map(|choice| match choice {
        CertificateChoices::Certificate(x509) if is_named(&info.sid, x509) => Some(x509),
        CertificateChoices::Certificate(_) | CertificateChoices::Other(_) => None,
    })
}

fn is_named(sid: &SignerIdentifier, x509: &X509) -> bool {
    let certificate = x509.tbs_certificate();
    match sid {
        SignerIdentifier::IssuerAndSerialNumber(named) => {
            named.issuer == *certificate.issuer() && named.serial_number == *certificate.serial_number()
        }
        SignerIdentifier::SubjectKeyIdentifier(named) => {
            let own = certificate.get_extension::<SubjectKeyIdentifier>();
            own.is_ok_and(|own| own.is_some_and(|(_, own)| own == *named))
        }
    }
}

/// SHA-256, and a way of signing that goes with the key.
fn is_allowed(info: &SignerInfo, kind: KeyKind) -> Result<(), CmsError> {
    let way = info.signature_algorithm.oid;
    let goes = match kind {
        KeyKind::Rsa => way == RSA_ENCRYPTION || way == SHA_256_WITH_RSA_ENCRYPTION,
        KeyKind::P256 | KeyKind::P384 | KeyKind::P521 => way == ECDSA_WITH_SHA_256,
    };
    if goes && info.digest_alg.oid == ID_SHA_256 { Ok(()) } else { Err(CmsError::Algorithm) }
}

/// The attributes as they were signed, if they speak of this content.
fn covers(attributes: &SignedAttributes, content: &[u8]) -> Result<Vec<u8>, CmsError> {
    let kind = only(attributes, ID_CONTENT_TYPE)?;
    if kind.decode_as::<ObjectIdentifier>().map_err(|_| CmsError::Form)? != ID_DATA {
        return Err(CmsError::Form);
    }
    let stated = only(attributes, ID_MESSAGE_DIGEST)?;
    let stated = stated.decode_as::<&OctetStringRef>().map_err(|_| CmsError::Form)?;
    if verify_slices_are_equal(stated.as_bytes(), digest(&SHA256, content).as_ref()).is_err() {
        return Err(CmsError::Content);
    }
    attributes.to_der().map_err(|_| CmsError::Form)
}

/// The one value of an attribute that must stand there once.
fn only(attributes: &SignedAttributes, oid: ObjectIdentifier) -> Result<&Any, CmsError> {
    let mut found = attributes.iter().filter(|attribute| attribute.oid == oid);
    match (found.next().map(|attribute| attribute.values.as_slice()), found.next()) {
        (Some([value]), None) => Ok(value),
        (_, _) => Err(CmsError::Form),
    }
}
