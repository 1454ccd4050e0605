//! What went over the wire between a country and the gateway, checked by programs that we did not write: the keys read by
//! what protoc generated, their canonical text made a second time, the signature by `openssl cms`.
//!
//! `cargo xtask test` says with `PEERS_PYTHON` where the Python is.

use std::path::Path;
use std::process::Command;
use std::sync::{Arc, Mutex};

use axum::Router;
use axum::body::Bytes;
use axum::http::{HeaderMap, StatusCode};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::europe::{Europe, keys};
use super::refusals::{PROTOBUF, fetches};
use super::trouble::again;

/// The text that is signed, as another program makes it from the bytes of the wire.
fn canonical(folder: &Path, body: &[u8]) -> String {
    std::fs::write(folder.join("batch.bin"), body).unwrap();
    let python = std::env::var("PEERS_PYTHON").expect("PEERS_PYTHON names the Python of `cargo xtask test`");
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("../exposure/tests/peers/python/peer.py");
    let made = Command::new(python)
        .arg("-B")
        .arg(script)
        .arg("canonical")
        .args([folder, &folder.join("batch.bin")])
        .output()
        .unwrap();
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    serde_json::from_slice(&made.stdout).unwrap()
}

/// Whether `openssl` believes a signature over a text, by the authority of the countries.
fn believed(folder: &Path, authority: &Path, signature: &str, text: &str) -> bool {
    std::fs::write(folder.join("signature.der"), STANDARD.decode(signature).unwrap()).unwrap();
    std::fs::write(folder.join("content"), text).unwrap();
    let how = ["cms", "-verify", "-binary", "-inform", "DER", "-in", "signature.der", "-content", "content"];
    let verified = Command::new("openssl")
        .args(how)
        .args(["-purpose", "any", "-out", "verified", "-signer", "signer.pem", "-CAfile"])
        .arg(authority)
        .current_dir(folder)
        .output()
        .expect("openssl is installed");
    verified.status.success()
}

#[tokio::test(flavor = "multi_thread")]
async fn openssl_believes_what_a_country_sends_and_what_the_gateway_passes_on() {
    let europe = Europe::new().await;
    let folder = tempfile::tempdir().unwrap();
    let authority = europe.rehearsal.settings.tls.as_ref().unwrap().client_ca.clone();
    *europe.of("DK").keys.lock().unwrap() = keys("DK", 0..40);

    // Up: a listener in the place of the gateway keeps what Denmark sends.
    let sent: Arc<Mutex<Vec<_>>> = Arc::default();
    let kept = sent.clone();
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let keep = move |headers: HeaderMap, body: Bytes| async move {
        let signature = headers["batchsignature"].to_str().unwrap().to_owned();
        kept.lock().unwrap().push((signature, body.to_vec()));
        StatusCode::SERVICE_UNAVAILABLE
    };
    tokio::spawn(async move { axum::serve(listener, Router::new().fallback(keep)).await });
    assert!(again(&europe, "DK", Some(address)).upload().await.is_err());
    let (signature, body) = sent.lock().unwrap()[0].clone();
    let text = canonical(folder.path(), &body);
    assert_eq!(text.matches("REs=").count(), 40, "the origin of each key");
    assert!(believed(folder.path(), &authority, &signature, &text));
    assert!(!believed(folder.path(), &authority, &signature, &text[8..]));
    let signer = std::fs::read_to_string(folder.path().join("signer.pem")).unwrap();
    let own = std::fs::read_to_string(&europe.of("DK").papers.signing[0]).unwrap();
    assert_eq!(signer.trim().replace("\r\n", "\n"), own.trim().replace("\r\n", "\n"));

    // Down: what Sweden fetches, with the gateway's account of it.
    assert_eq!(europe.of("DK").client.upload().await, Ok(40));
    europe.batches().await;
    let batch = fetches(&europe, "SE", "/diagnosiskeys/download/2026-11-21", PROTOBUF, None).await;
    let account = "/diagnosiskeys/audit/download/2026-11-21/20261121-1";
    let account = fetches(&europe, "SE", account, "application/json; version=1.0", None).await;
    let account: serde_json::Value = serde_json::from_slice(&account.body).unwrap();
    let text = canonical(folder.path(), &batch.body);
    let signature = account[0]["batchSignature"].as_str().unwrap();
    assert!(believed(folder.path(), &authority, signature, &text));
}

/// Whether `openssl` believes a bare signature over a text, by the key of a certificate.
fn is_signed_by(folder: &Path, certificate: &Path, signature: &str, text: &str) -> bool {
    let openssl = |arguments: &[&str]| {
        Command::new("openssl").args(arguments).current_dir(folder).output().expect("openssl is installed")
    };
    std::fs::write(folder.join("signature.bin"), STANDARD.decode(signature).unwrap()).unwrap();
    std::fs::write(folder.join("content"), text).unwrap();
    let key = openssl(&["x509", "-in", certificate.to_str().unwrap(), "-pubkey", "-noout"]);
    std::fs::write(folder.join("key.pem"), key.stdout).unwrap();
    let how = ["dgst", "-sha256", "-verify", "key.pem", "-signature", "signature.bin", "content"];
    openssl(&how).status.success()
}

/// As the programs of the countries check who vouches for whom in the account of a batch.
#[tokio::test(flavor = "multi_thread")]
async fn openssl_believes_the_operators_bare_signature_over_each_certificate_of_the_account() {
    let europe = Europe::new().await;
    let folder = tempfile::tempdir().unwrap();
    *europe.of("DK").keys.lock().unwrap() = keys("DK", 0..3);
    assert_eq!(europe.of("DK").client.upload().await, Ok(3));
    europe.batches().await;
    let account = "/diagnosiskeys/audit/download/2026-11-21/20261121-1";
    let account = fetches(&europe, "SE", account, "application/json; version=1.0", None).await;
    let account: serde_json::Value = serde_json::from_slice(&account.body).unwrap();
    let operator = &europe.rehearsal.settings.operator_certificate;
    for (certificate, signature) in [
        ("signingCertificate", "signingCertificateOperatorSignature"),
        ("uploaderCertificate", "uploaderOperatorSignature"),
    ] {
        let [text, signature] = [certificate, signature].map(|name| account[0][name].as_str().unwrap());
        assert!(is_signed_by(folder.path(), operator, signature, text), "{certificate}");
        assert!(!is_signed_by(folder.path(), operator, signature, &format!("{text}\n")), "{certificate}");
        assert!(!is_signed_by(folder.path(), &europe.of("SE").papers.signing[0], signature, text));
    }
}
