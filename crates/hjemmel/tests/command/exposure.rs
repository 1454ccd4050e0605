//! `hjemmel exposure`: identifiers, export files, batches between countries.

use std::fs;
use std::path::PathBuf;

use crate::run::{Said, hjemmel, is_wrong_use, root};

const VECTORS: &str = "crates/exposure/tests/vectors";
const ZIP: &str = "google_server_testExport-2-records.zip";
const KEY: &str = "google_server_testExport_public.pem";
const BATCH: &str = "efgs_batch_25keys.pb";

fn vector(name: &str) -> String {
    format!("{VECTORS}/{name}")
}

fn written(folder: &tempfile::TempDir, name: &str, bytes: &[u8]) -> String {
    let path: PathBuf = folder.path().join(name);
    fs::write(&path, bytes).unwrap();
    path.to_str().unwrap().to_owned()
}

/// The program said no, in words, with a line of help.
#[track_caller]
fn is_no(said: &Said, words: &str) {
    assert_eq!(said.code, 1, "{said:?}");
    assert!(said.err.contains(words) && said.err.contains("help: "), "{said:?}");
}

#[test]
fn the_identifiers_of_the_official_key_are_those_of_the_vectors() {
    let vectors: serde_json::Value =
        serde_json::from_slice(&fs::read(root().join(vector("gaen_crypto_v1_2_vectors.json"))).unwrap())
            .unwrap();
    let key = vectors["tek"].as_str().unwrap();
    let arguments = ["exposure", "identifiers", "--key", key, "--interval", "2642976"];
    let said = hjemmel(&[&arguments[..], &["--json"]].concat());
    assert_eq!(said.code, 0, "{said:?}");
    let json = said.json();
    assert_eq!(json["identifier_key"], vectors["rpik"]);
    assert_eq!(json["metadata_key"], vectors["aemk"]);
    let plain = hjemmel(&arguments);
    assert_eq!(plain.out.lines().count(), 144);
    for (offset, (vector, line)) in
        vectors["intervals"].as_array().unwrap().iter().zip(plain.out.lines()).enumerate()
    {
        assert_eq!(json["identifiers"][offset]["identifier"], vector["rpi"]);
        assert_eq!(json["identifiers"][offset]["interval"], 2_642_976 + offset);
        assert!(
            line.ends_with(vector["rpi"].as_str().unwrap())
                && line.starts_with("2643") | line.starts_with("2642")
        );
    }
    assert!(plain.out.starts_with("2642976  2020-04-02T00:00:00Z  8be6cd371c5c891604bfbe49df845096\n"));
}

#[test]
fn a_key_that_is_none_is_wrong_use_and_not_repeated() {
    for key in ["", "75c7", "zz", "11223344556677889900aabbccddee", &"a".repeat(100_000)] {
        let said = hjemmel(&["exposure", "identifiers", "--key", key, "--interval", "1"]);
        is_wrong_use(&said, "key");
        assert!(key.len() < 8 || !said.err.contains(&key[..8]));
    }
    let key = "75c734c6dd1a782de7a965da5eb93125";
    for interval in ["-1", "4294967296", "x", "4294967295"] {
        let said = hjemmel(&["exposure", "identifiers", "--key", key, &format!("--interval={interval}")]);
        assert_eq!(said.code, 2, "{interval}: {said:?}");
    }
}

#[test]
fn an_export_is_shown_and_verified() {
    let said = hjemmel(&["exposure", "show", &vector(ZIP), "--verify", &vector(KEY)]);
    assert_eq!(said.code, 0, "{said:?}");
    for words in
        ["region    US", "file      1 of 1", "`some_id`, version `1`", "keys      2", "given key: yes"]
    {
        assert!(said.out.contains(words), "{words}: {}", said.out);
    }
    let said = hjemmel(&["exposure", "show", &vector(ZIP), "--verify", &vector(KEY), "--json"]);
    let json = said.json();
    assert_eq!((said.code, &json["signed_by_given_key"]), (0, &serde_json::Value::Bool(true)));
    assert_eq!(json["keys"].as_array().unwrap().len(), 2);
    let unasked = hjemmel(&["exposure", "show", &vector(ZIP), "--json"]);
    assert_eq!((unasked.code, &unasked.json()["signed_by_given_key"]), (0, &serde_json::Value::Null));
}

#[test]
fn an_export_of_another_key_is_shown_and_the_answer_is_no() {
    let folder = tempfile::tempdir().unwrap();
    // The example key of the reference phone.
    let other = "-----BEGIN PUBLIC KEY-----\n\
        MFkwEwYHKoZIzj0CAQYIKoZIzj0DAQcDQgAE49JY6kekDgxj3Crm4y6kEHdfoKQF\n\
        SNDM4mV9cgDb+e5nOAw0GeRoRThCu9/wX5wDT2QloFoOjl2pGZHI0f3C3w==\n\
        -----END PUBLIC KEY-----\n";
    let other = written(&folder, "other.pem", other.as_bytes());
    let said = hjemmel(&["exposure", "show", &vector(ZIP), "--verify", &other]);
    is_no(&said, "not to be believed");
    assert!(!said.out.contains("yes"));
    let said = hjemmel(&["exposure", "show", &vector(ZIP), "--verify", &other, "--json"]);
    assert_eq!((said.code, &said.json()["signed_by_given_key"]), (1, &serde_json::Value::Bool(false)));
}

#[test]
fn a_file_that_is_no_export_is_a_no_and_a_missing_one_cannot_be_read() {
    let folder = tempfile::tempdir().unwrap();
    let page = written(&folder, "page.zip", b"<html>We will be back soon</html>");
    let empty = written(&folder, "empty.zip", b"");
    let mut cut = fs::read(root().join(vector(ZIP))).unwrap();
    cut.truncate(300);
    let cut = written(&folder, "cut.zip", &cut);
    for rubbish in [&page, &empty, &cut, &vector(BATCH)] {
        is_no(&hjemmel(&["exposure", "show", rubbish]), "is no export");
    }
    for missing in ["no-such-file.zip", VECTORS] {
        let said = hjemmel(&["exposure", "show", missing]);
        assert_eq!(said.code, 3, "{said:?}");
        assert!(said.err.contains(missing));
    }
    is_wrong_use(&hjemmel(&["exposure", "show", &vector(ZIP), "--verify", &page]), "is no key for exports");
}

#[test]
fn the_canonical_bytes_are_printed_and_nothing_after_them() {
    let said = hjemmel(&["exposure", "canonical", &vector(BATCH)]);
    assert_eq!(said.code, 0, "{said:?}");
    let expected = fs::read_to_string(root().join(vector("efgs_batch_25keys.canonical.txt"))).unwrap();
    assert_eq!(said.out, expected);
    is_no(&hjemmel(&["exposure", "canonical", &vector(ZIP)]), "is no batch");
    assert_eq!(hjemmel(&["exposure", "canonical", "no-such-file"]).code, 3);
}

#[test]
fn a_batch_is_verified_with_both_kinds_of_signature() {
    for (kind, certificate) in [("ecdsa", "ec"), ("rsa", "rsa")] {
        let signature = vector(&format!("efgs_batch_25keys.sig_{kind}.b64"));
        let certificate = vector(&format!("efgs_batch_25keys.cert_{certificate}.pem"));
        let arguments = ["exposure", "verify", &vector(BATCH), "--signature", &signature];
        let said = hjemmel(&[&arguments[..], &["--certificate", &certificate]].concat());
        assert!(said.out.contains("signed       by DK") && said.out.contains("keys         25"), "{said:?}");
        // All keys of the sample are of the country that signed.
        assert_eq!((said.code, said.err.as_str()), (0, ""), "{said:?}");
    }
}

#[test]
fn a_batch_that_was_changed_or_signed_by_another_is_a_no() {
    let folder = tempfile::tempdir().unwrap();
    let mut changed = fs::read(root().join(vector(BATCH))).unwrap();
    changed[5] ^= 1;
    let changed = written(&folder, "changed.bin", &changed);
    let signature = vector("efgs_batch_25keys.sig_rsa.b64");
    is_no(&hjemmel(&["exposure", "verify", &changed, "--signature", &signature]), "over other content");
    let page = written(&folder, "page", b"<html>");
    is_no(&hjemmel(&["exposure", "verify", &vector(BATCH), "--signature", &page]), "no base64");
    is_no(&hjemmel(&["exposure", "verify", &page, "--signature", &signature]), "is no batch");
    let other = vector("efgs_batch_25keys.cert_ec.pem");
    let arguments =
        ["exposure", "verify", &vector(BATCH), "--signature", &signature, "--certificate", &other];
    is_no(&hjemmel(&arguments), "another certificate");
    let said = hjemmel(&["exposure", "verify", &vector(BATCH)]);
    assert_eq!(said.code, 2, "{said:?}");
}
