//! `openssl cms` believes our signatures and we believe its own, in every form in which countries send them.

use std::path::Path;

use exposure::gateway::cms::{self, BatchSigner as _, Certificate, CmsError, KeyPairSigner};
use jiff::Timestamp;

use crate::program::{openssl, succeeded};

const RSA: &[&str] = &["-newkey", "rsa:3072"];
const P256: &[&str] = &["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256"];
const P384: &[&str] = &["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-384"];
const CONTENT: &[u8] = b"AAAA.AAAABQ==.\r\nwhat is signed, byte for byte\n";

/// A key and its certificate.
fn certify(folder: &Path, way: &[&str]) -> Certificate {
    let made =
        ["-nodes", "-subj", "/C=DK/CN=batch", "-days", "2", "-keyout", "key.pem", "-out", "certificate.pem"];
    succeeded(openssl(folder, &[&["req", "-x509"], way, &made[..]].concat()));
    std::fs::write(folder.join("content"), CONTENT).unwrap();
    Certificate::from_pem(&std::fs::read_to_string(folder.join("certificate.pem")).unwrap()).unwrap()
}

fn signer(folder: &Path, certificate: Certificate) -> KeyPairSigner {
    let form = ["-topk8", "-nocrypt", "-outform", "DER", "-in", "key.pem", "-out", "key.der"];
    succeeded(openssl(folder, &[&["pkcs8"], &form[..]].concat()));
    KeyPairSigner::from_pkcs8(&std::fs::read(folder.join("key.der")).unwrap(), certificate).unwrap()
}

fn believed(folder: &Path, content: &[u8]) -> bool {
    std::fs::write(folder.join("content"), content).unwrap();
    let how = ["-verify", "-binary", "-inform", "DER", "-in", "signature.der", "-content", "content"];
    let whom = ["-CAfile", "certificate.pem", "-purpose", "any", "-out", "verified"];
    openssl(folder, &[&["cms"], &how[..], &whom[..]].concat()).status.success()
}

#[test]
fn openssl_believes_a_bare_signature_and_a_certificate_says_how_it_was_signed_itself() {
    for way in [RSA, P256] {
        let folder = tempfile::tempdir().unwrap();
        let certificate = certify(folder.path(), way);
        let signature = signer(folder.path(), certificate.clone()).sign(CONTENT).unwrap();
        std::fs::write(folder.path().join("signature.bin"), &signature).unwrap();
        succeeded(openssl(
            folder.path(),
            &["x509", "-in", "certificate.pem", "-pubkey", "-noout", "-out", "public.pem"],
        ));
        let how = ["dgst", "-sha256", "-verify", "public.pem", "-signature", "signature.bin", "content"];
        succeeded(openssl(folder.path(), &how));
        assert_eq!(certificate.has_signed(CONTENT, &signature), Ok(true));
        assert_eq!(certificate.has_signed(b"other", &signature), Ok(false));
        assert!(certificate.is_signed_as_it_signs());
        // Whoever reads from the certificate how to check what it signed would take another hash.
        let other = certify(folder.path(), &[way, &["-sha384"]].concat());
        assert!(!other.is_signed_as_it_signs());
    }
}

#[test]
fn openssl_believes_what_we_sign_and_nothing_else() {
    for way in [RSA, P256] {
        let folder = tempfile::tempdir().unwrap();
        let signer = signer(folder.path(), certify(folder.path(), way));
        let signature = cms::sign(CONTENT, &signer, Timestamp::now()).unwrap();
        std::fs::write(folder.path().join("signature.der"), &signature).unwrap();
        assert!(believed(folder.path(), CONTENT));
        assert!(!believed(folder.path(), &CONTENT[1..]));
        let ours = cms::verify(CONTENT, &signature).unwrap();
        assert_eq!(ours.country.as_deref(), Some("DK"));
        assert_eq!(cms::verify(&CONTENT[1..], &signature), Err(CmsError::Content));
        assert_eq!(cms::from_base64(&cms::to_base64(&signature)).unwrap(), signature);
    }
}

#[test]
fn we_believe_what_openssl_signs_in_every_form() {
    // Named by issuer or by key; with and without attributes.
    let forms: [&[&str]; 4] = [&[], &["-keyid"], &["-noattr"], &["-keyid", "-nosmimecap"]];
    for way in [RSA, P256, P384] {
        let folder = tempfile::tempdir().unwrap();
        let certificate = certify(folder.path(), way);
        for form in forms {
            let plain = ["-sign", "-binary", "-md", "sha256", "-in", "content", "-signer", "certificate.pem"];
            let into = ["-inkey", "key.pem", "-outform", "DER", "-out", "theirs.der"];
            succeeded(openssl(folder.path(), &[&["cms"], &plain[..], &into[..], form].concat()));
            let signature = std::fs::read(folder.path().join("theirs.der")).unwrap();
            for signature in [left_open(&signature), signature] {
                let signer = cms::verify(CONTENT, &signature)
                    .unwrap_or_else(|error| panic!("{way:?} {form:?}: {error}"));
                assert_eq!(signer.thumbprint, certificate.thumbprint());
                assert_eq!(cms::verify(b"other", &signature), Err(CmsError::Content));
            }
        }
    }
}

/// The same with the lengths of the three outer values left open, as the library of many countries writes them.
fn left_open(der: &[u8]) -> Vec<u8> {
    let outer = content_of(der);
    let (kind, explicit) = outer.split_at(11);
    let signed = content_of(content_of(explicit));
    let ends = [0; 6];
    [&[0x30, 0x80], kind, &[0xa0, 0x80, 0x30, 0x80], signed, &ends].concat()
}

/// What stands in a value after its tag and its length.
fn content_of(value: &[u8]) -> &[u8] {
    let digits = if value[1] < 0x80 { 0 } else { usize::from(value[1] & 0x7f) };
    &value[2 + digits..]
}

#[test]
fn what_openssl_signs_otherwise_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    certify(folder.path(), RSA);
    let signed = |more: &[&str]| {
        let plain =
            ["cms", "-sign", "-binary", "-in", "content", "-signer", "certificate.pem", "-inkey", "key.pem"];
        let into = ["-outform", "DER", "-out", "theirs.der"];
        succeeded(openssl(folder.path(), &[&plain[..], &into[..], more].concat()));
        cms::verify(CONTENT, &std::fs::read(folder.path().join("theirs.der")).unwrap())
    };
    assert_eq!(signed(&["-md", "sha256", "-nodetach"]), Err(CmsError::Attached));
    assert_eq!(signed(&["-md", "sha256", "-nocerts"]), Err(CmsError::NoCertificate));
    assert_eq!(signed(&["-md", "sha1"]), Err(CmsError::Algorithm));
    assert_eq!(signed(&["-md", "sha256", "-stream"]), Err(CmsError::Attached));
    let pss = ["-md", "sha256", "-keyopt", "rsa_padding_mode:pss"];
    assert_eq!(signed(&pss), Err(CmsError::Algorithm));
}

#[test]
fn a_key_that_is_too_short_or_of_another_certificate_cannot_sign() {
    let folder = tempfile::tempdir().unwrap();
    let own = certify(folder.path(), P256);
    let other = tempfile::tempdir().unwrap();
    let foreign = certify(other.path(), P256);
    signer(folder.path(), own);
    let der = std::fs::read(folder.path().join("key.der")).unwrap();
    assert_eq!(KeyPairSigner::from_pkcs8(&der, foreign).unwrap_err(), CmsError::Mismatch);
    let short = certify(other.path(), &["-newkey", "rsa:2048"]);
    assert_eq!(KeyPairSigner::from_pkcs8(&der, short).unwrap_err(), CmsError::ShortKey(2_048));
}
