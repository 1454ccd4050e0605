//! Signatures of batches: the samples that the Java gateway accepted, and what must not pass.

use exposure::gateway::cms::{Certificate, CmsError};
use exposure::gateway::{canonical, cms};

use crate::files;
use crate::gateway::twenty_five;

const KINDS: [&str; 2] = ["ecdsa", "rsa"];

fn sample(kind: &str) -> Vec<u8> {
    cms::from_base64(&files::text(&format!("efgs_batch_25keys.sig_{kind}.b64"))).unwrap()
}

fn certificate(kind: &str) -> Certificate {
    let name = if kind == "rsa" { "rsa" } else { "ec" };
    Certificate::from_pem(&files::text(&format!("efgs_batch_25keys.cert_{name}.pem"))).unwrap()
}

#[test]
fn the_samples_verify_over_the_canonical_text_and_name_their_certificate() {
    let content = canonical(&twenty_five());
    for kind in KINDS {
        let signer = cms::verify(&content, &sample(kind)).unwrap();
        assert_eq!(signer.certificate, certificate(kind));
        assert_eq!(signer.country.as_deref(), Some("DK"));
        assert_eq!(signer.thumbprint.to_string().len(), 64);
        let (first, last) = signer.certificate.validity();
        assert_eq!(signer.is_valid_at(first), Ok(()));
        assert_eq!(signer.is_valid_at(last), Ok(()));
        let late = last + jiff::SignedDuration::from_secs(1);
        assert_eq!(signer.is_valid_at(late), Err(CmsError::Expired(signer.thumbprint)));
    }
}

#[test]
fn other_content_is_refused() {
    let mut content = canonical(&twenty_five());
    content[0] ^= 1;
    for kind in KINDS {
        assert_eq!(cms::verify(&content, &sample(kind)), Err(CmsError::Content));
        assert_eq!(cms::verify(&[], &sample(kind)), Err(CmsError::Content));
    }
}

#[test]
fn one_changed_bit_in_what_is_signed_or_signs_is_refused() {
    let content = canonical(&twenty_five());
    for kind in KINDS {
        let good = sample(kind);
        let own = certificate(kind);
        for at in (0..good.len()).step_by(3) {
            let mut changed = good.clone();
            changed[at] ^= 4;
            // Versions and the names of what is announced are not signed in this format; all else is.
            if let Ok(signer) = cms::verify(&content, &changed) {
                let same = signer.thumbprint == own.thumbprint();
                assert!(!same || !is_vital(&good, &own, at), "{kind}: byte {at}");
            }
        }
    }
}

/// The certificate, the hash of the content, the signature.
fn is_vital(signature: &[u8], certificate: &Certificate, at: usize) -> bool {
    let place = |part: &[u8]| signature.windows(part.len()).position(|window| window == part).unwrap();
    let certificate_at = place(certificate.der());
    let hash_at = place(&[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x09, 0x04]);
    (certificate_at..certificate_at + certificate.der().len()).contains(&at)
        || (hash_at..hash_at + 45).contains(&at)
        || at > signature.len() - 60
}

#[test]
fn what_is_no_signature_is_refused() {
    let content = canonical(&twenty_five());
    for wrong in [&b""[..], b"<html>", &[0x30, 0x80, 0, 0], &sample("rsa")[..500]] {
        assert_eq!(cms::verify(&content, wrong), Err(CmsError::Form));
    }
    assert_eq!(cms::verify(&content, &vec![0x30; 70_000]), Err(CmsError::TooHeavy));
    assert_eq!(cms::from_base64("***"), Err(CmsError::Base64));
    assert_eq!(cms::from_base64(&"A".repeat(100_000)), Err(CmsError::TooHeavy));
    assert_eq!(Certificate::from_pem("nothing"), Err(CmsError::Certificate));
}
