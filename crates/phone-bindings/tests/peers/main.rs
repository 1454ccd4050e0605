//! Drives the phone from Python through its generated bindings: consenting, hearing, being warned, withdrawing; and warning
//! others at our real servers.
//!
//! `cargo xtask test` says with the variable `PEERS_PYTHON` where the Python is. Built with the feature `peers` alone.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing, missing_docs)]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;

use aws_lc_rs::signature::{ECDSA_P256_SHA256_ASN1_SIGNING, EcdsaKeyPair, KeyPair as _};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use exposure::export::{Content, P256Signer, SignatureInfo, Split, Window, write};
use exposure::{DiagnosisKey, ReportType};
use jiff::{SignedDuration, Timestamp};
use phone::{MemoryVault, Phone, consent};
use register::Cpr;
use register::testing::{FixedClock, SeededRandomness, house_corpus};
use serde_json::json;
use server::rehearsal::{AUTHORITY, Answers, Ground, Person, Smittestop};
use services::smittestop::positives::Positive;
use services::smittestop::verification::Form;

fn seeded() -> impl FnMut(&mut [u8]) {
    let mut state = 11_u64;
    move |bytes: &mut [u8]| {
        for byte in bytes {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            *byte = state.to_be_bytes()[0];
        }
    }
}

/// The library that cargo built beside this test.
fn library() -> PathBuf {
    let test = std::env::current_exe().unwrap();
    let name = format!("{}phone_bindings{}", std::env::consts::DLL_PREFIX, std::env::consts::DLL_SUFFIX);
    let folders = [test.parent().unwrap(), test.parent().unwrap().parent().unwrap()];
    let found = folders.iter().map(|folder| folder.join(&name)).find(|path| path.exists());
    found.expect("cargo builds the library of this crate before its tests")
}

/// The public half of a P-256 key, in PEM.
fn pem(pkcs8: &[u8]) -> String {
    let pair = EcdsaKeyPair::from_pkcs8(&ECDSA_P256_SHA256_ASN1_SIGNING, pkcs8).unwrap();
    // The fixed beginning of every public key of this curve in DER; the point follows.
    let prefix = "3059301306072a8648ce3d020106082a8648ce3d030107034200";
    pem_of(&[exposure::key::from_hex(prefix).unwrap(), pair.public_key().as_ref().to_vec()].concat())
}

fn pem_of(der: &[u8]) -> String {
    format!("-----BEGIN PUBLIC KEY-----\n{}\n-----END PUBLIC KEY-----\n", wrapped(&STANDARD.encode(der)))
}

fn wrapped(text: &str) -> String {
    text.as_bytes().chunks(64).map(|line| std::str::from_utf8(line).unwrap()).collect::<Vec<_>>().join("\n")
}

/// An ill phone's calls of half an hour, and the export in which its keys come out, signed.
fn meeting(now: Timestamp) -> serde_json::Value {
    let (mut ill, mut random) = (Phone::open(MemoryVault).unwrap(), seeded());
    let begin = now - SignedDuration::from_hours(24);
    ill.consents(consent::VERSION, begin, &mut random).unwrap();
    let calls: Vec<_> = (0..30)
        .step_by(5)
        .map(|minutes| {
            let seen = begin + SignedDuration::from_mins(minutes);
            let beacon = ill.beacon(-20, seen, &mut random).unwrap();
            json!({
                "at": seen.as_second(),
                "identifier": STANDARD.encode(beacon.identifier.reveal()),
                "metadata": STANDARD.encode(beacon.metadata.reveal()),
            })
        })
        .collect();
    let keys = ill.releases(now - SignedDuration::from_hours(4), &mut random).unwrap();
    let (signer, pkcs8) = P256Signer::generate(SignatureInfo::new("238", "v1")).unwrap();
    let until = now - SignedDuration::from_hours(1);
    let content = Content {
        window: Window::between(until - SignedDuration::from_hours(1), until).unwrap(),
        region: "DK".to_owned(),
        keys: keys
            .into_iter()
            .map(|key| DiagnosisKey {
                report_type: Some(ReportType::ConfirmedTest),
                days_since_onset: Some(0),
                ..key
            })
            .collect(),
        revised_keys: Vec::new(),
    };
    let zips = write(content, Split::Alone { keys_at_most: 1_000 }, &signer).unwrap();
    json!({
        "now": now.as_second(),
        "calls": calls,
        "export": STANDARD.encode(&zips[0]),
        "pem": pem(&pkcs8),
    })
}

fn generate(into: &Path) {
    let library = library();
    let made = Command::new(env!("CARGO_BIN_EXE_phone-bindings"))
        .args(["generate", "--no-format", "--language", "python", "--out-dir"])
        .arg(into)
        .arg(&library)
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .unwrap();
    assert!(made.status.success(), "{}", String::from_utf8_lossy(&made.stderr));
    fs::copy(&library, into.join(library.file_name().unwrap())).unwrap();
}

#[test]
fn a_phone_that_is_driven_from_python_consents_hears_is_warned_and_withdraws() {
    let folder = tempfile::tempdir().unwrap();
    generate(folder.path());
    let meeting = meeting("2026-11-21T12:00:00Z".parse().unwrap());
    fs::write(folder.path().join("meeting.json"), meeting.to_string()).unwrap();
    assert_eq!(drive("drive.py", folder.path()), "warned and gone");
}

/// What a script says, if it goes to its end.
fn drive(script: &str, folder: &Path) -> String {
    let python = std::env::var("PEERS_PYTHON").expect("PEERS_PYTHON names the Python of `cargo xtask test`");
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/peers").join(script);
    let driven = Command::new(python).arg("-B").arg(script).arg(folder).output().unwrap();
    let said = String::from_utf8_lossy(&driven.stderr);
    assert!(driven.status.success(), "{said}");
    String::from_utf8_lossy(&driven.stdout).trim().to_owned()
}

/// Both servers as the authority runs them, over the notices of the house.
async fn servers(folder: &Path, instant: &str) -> Smittestop {
    let (policy, corpus) = house_corpus();
    let ground = Ground {
        folder: folder.to_owned(),
        policy,
        corpus,
        clock: Arc::new(FixedClock::at(instant)),
        randomness: Arc::new(SeededRandomness::new(3)),
    };
    Smittestop::start(&ground).await.unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_phone_that_is_driven_from_python_warns_others_at_the_real_servers() {
    let (folder, kept) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let instant = "2026-11-21T12:00:00Z";
    let bodies = servers(kept.path(), instant).await;
    // Nancy, an official test person.
    let nancy = Person {
        cpr: "2512489996".to_owned(),
        name: "Nancy Ann Kanariefugl".to_owned(),
        pid: "PID:9208-2002-2-477766612".to_owned(),
    };
    let positive = Positive {
        cpr: Cpr::parse(&nancy.cpr).unwrap(),
        test_time: "2026-11-20T20:00:00Z".parse().unwrap(),
        onset: None,
    };
    bodies.lists(vec![positive]).await.unwrap();
    let answers = Answers::SymptomsSince(jiff::civil::date(2026, 11, 20));
    let code = bodies.code(&nancy, answers, Form::Digits).await.unwrap();
    let before = bodies.keys.app.register().all_opened().unwrap().len();
    let given = json!({
        "now": instant.parse::<Timestamp>().unwrap().as_second(),
        "keys": bodies.keys_address(),
        "verification": bodies.verification_address(),
        "authority": AUTHORITY,
        "pem": pem_of(&bodies.export_key),
        "guidance": "Får du symptomer, så ring til din læge. Ring 112, hvis det er livstruende.",
        "code": code,
        "symptoms": "2026-11-20",
    });
    fs::write(folder.path().join("servers.json"), given.to_string()).unwrap();
    let said = tokio::task::block_in_place(|| {
        generate(folder.path());
        drive("report.py", folder.path())
    });
    assert_eq!(said, "sent");
    assert!(bodies.keys.app.register().all_opened().unwrap().len() > before, "no key stands at the server");
}
