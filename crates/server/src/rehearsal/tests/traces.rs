//! Threat T17 over both bodies: after a whole chain the person is nowhere where the keys are, and the keys are nowhere
//! where the person is: not in a file, a record, a log, a metric, an error or an answer.

use std::net::{Ipv4Addr, SocketAddr};
use std::path::{Path, PathBuf};

use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use exposure::export::Published;
use phone::report::Ending;
use register::testing::are_in;
use serde_json::Value;
use tokio::net::{TcpListener, TcpSocket};

use super::heard::Heard;
use super::house::{Land, Owner, nancy};
use crate::rehearsal::Body;

/// The address from which her phone asks, and which nobody may keep.
const HERS: Ipv4Addr = Ipv4Addr::new(127, 0, 0, 77);

/// Carries connections on from her address.
async fn from_her_address(to: SocketAddr) -> String {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move {
        while let Ok((mut near, _)) = listener.accept().await {
            let socket = TcpSocket::new_v4().unwrap();
            socket.bind(SocketAddr::from((HERS, 0))).unwrap();
            let mut far = socket.connect(to).await.unwrap();
            tokio::spawn(async move { tokio::io::copy_bidirectional(&mut near, &mut far).await });
        }
    });
    format!("http://{address}")
}

/// Something that must not be in a place, in every way in which it might be written there.
struct Canary {
    what: &'static str,
    written: Vec<Vec<u8>>,
}

impl Canary {
    fn text(what: &'static str, text: &str) -> Self {
        let mut written: Vec<Vec<u8>> = vec![text.into(), text.to_lowercase().into()];
        written.push(text.encode_utf16().flat_map(u16::to_le_bytes).collect());
        written.extend(encodings(text.as_bytes()));
        Self { what, written }
    }

    fn bytes(what: &'static str, bytes: &[u8]) -> Self {
        let mut written = encodings(bytes);
        written.push(bytes.to_vec());
        Self { what, written }
    }

    fn is_in(&self, place: &[u8]) -> bool {
        self.written.iter().any(|way| are_in(place, way))
    }
}

fn encodings(bytes: &[u8]) -> Vec<Vec<u8>> {
    let hex = exposure::key::to_hex(bytes);
    // What stands in the middle of other text begins at any of three places of base64; the ends differ with it.
    let inner = |before: usize| {
        let text = URL_SAFE_NO_PAD.encode([&vec![0; before][..], bytes].concat());
        text.as_bytes()[4.min(before * 2)..text.len() - 2].to_vec()
    };
    let mut all =
        vec![hex.to_uppercase().into_bytes(), hex.into_bytes(), STANDARD.encode(bytes).into_bytes()];
    all.extend((0..3).map(inner));
    all
}

/// Where something might stand, and what stands there.
type Places = Vec<(String, Vec<u8>)>;

fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).unwrap().flatten().map(|entry| entry.path());
    entries.flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] }).collect()
}

/// Everything of a body: each file as it lies on the disk, each export unpacked, each record opened, its numbers.
async fn places(body: &Body) -> Places {
    let mut all = Places::new();
    for path in files(&body.folder) {
        let bytes = std::fs::read(&path).unwrap();
        let name = path.display().to_string();
        if name.ends_with(".zip") {
            let published = Published::read(&bytes).unwrap();
            all.push((format!("{name}, unpacked"), published.unchecked().to_bin()));
        }
        all.push((name, bytes));
    }
    all.push(("records, opened".to_owned(), body.app.register().all_opened().unwrap()));
    let metrics = reqwest::get(format!("http://{}/metrics", body.operations)).await.unwrap();
    all.push(("metrics".to_owned(), metrics.bytes().await.unwrap().to_vec()));
    all
}

fn found(canaries: &[Canary], places: &Places) -> Vec<String> {
    let mut found = Vec::new();
    for canary in canaries {
        let held = places.iter().filter(|(_, bytes)| canary.is_in(bytes));
        found.extend(held.map(|(place, _)| format!("{} in {place}", canary.what)));
    }
    found
}

/// What only the body that knows people may hold.
fn hers(land: &Land, code: &str, phone: &Owner) -> Vec<Canary> {
    let nancy = nancy();
    let cpr = register::Identifier::Cpr(register::Cpr::parse(&nancy.cpr).unwrap());
    let id = land.bodies.verification.app.register().person(&cpr);
    let text = |what, text: &str| Canary::text(what, text);
    vec![
        text("her number", &nancy.cpr),
        text("her number with its hyphen", "251248-9996"),
        text("her name", "Kanariefugl"),
        text("her number at the broker", &nancy.pid),
        text("her id", &id.to_string()),
        text("her code", code),
        text("her token", phone.wire.answer("/api/verify")["token"].as_str().unwrap()),
        text("her address", &HERS.to_string()),
    ]
}

/// What only the body that knows keys may hold.
fn of_the_phone(phone: &Owner) -> Vec<Canary> {
    let upload: Value = serde_json::from_slice(phone.wire.last("/v1/publish")).unwrap();
    let certify: Value = serde_json::from_slice(phone.wire.last("/api/certificate")).unwrap();
    let decoded = |value: &Value| STANDARD.decode(value.as_str().unwrap()).unwrap();
    let certificate = upload["verificationPayload"].as_str().unwrap();
    let claims = URL_SAFE_NO_PAD.decode(certificate.split('.').nth(1).unwrap()).unwrap();
    let claims: Value = serde_json::from_slice(&claims).unwrap();
    let mut all = vec![
        Canary::bytes("the secret of the keys", &decoded(&upload["hmacKey"])),
        Canary::bytes("what ties the keys", &decoded(&certify["ekeyhmac"])),
        Canary::text("the certificate", certificate),
        Canary::text("its number", claims["jti"].as_str().unwrap()),
        Canary::text(
            "the revision token",
            phone.wire.answer("/v1/publish")["revisionToken"].as_str().unwrap(),
        ),
        Canary::text("her address", &HERS.to_string()),
    ];
    for key in upload["temporaryExposureKeys"].as_array().unwrap() {
        all.push(Canary::bytes("a key", &decoded(&key["key"])));
    }
    all
}

#[tokio::test(flavor = "multi_thread")]
async fn threat_t17_nobody_is_where_the_keys_are_and_no_key_where_the_people_are() {
    // proves rule SS-07
    let heard = Heard::default();
    let subscriber =
        tracing_subscriber::fmt().with_max_level(tracing::Level::TRACE).with_writer(heard.clone()).finish();
    tracing::subscriber::set_global_default(subscriber).unwrap();
    let land = Land::new().await;
    let verification = from_her_address(land.bodies.verification.public).await;
    let keys = from_her_address(land.bodies.keys.own).await;
    let mut phone = land.owner_through(1, 0.0, &keys, &verification);
    phone.turns(&land.settings(), land.now());
    land.pass_until("2026-11-21T09:00:00Z").await;
    phone.turns(&land.settings(), land.now());
    land.lists(&[&nancy()]).await;
    let code = land.code(&nancy()).await.unwrap();
    assert_eq!(land.warns(&mut phone, &code), Some(Ending::Sent));
    // Errors too: everything again, and a page and a body that are none.
    let errors = refused(&keys, &verification, &phone).await;
    land.pass_until("2026-11-21T14:05:00Z").await;
    let (look, _) = land.looks(&mut phone);
    assert_eq!(look.files, 1);

    let (hers, of_the_phone) = (hers(&land, &code, &phone), of_the_phone(&phone));
    let mut at_verification = places(&land.bodies.verification).await;
    let mut at_keys = places(&land.bodies.keys).await;
    assert!(found(&hers, &at_verification).contains(&"her number in records, opened".to_owned()));
    assert!(
        found(&of_the_phone, &at_keys)
            .iter()
            .any(|one| one.contains("a key in") && one.ends_with("unpacked"))
    );
    at_verification.push(("errors".to_owned(), errors[0].clone()));
    at_keys.push(("errors".to_owned(), errors[1].clone()));
    assert_eq!(found(&hers, &at_keys), Vec::<String>::new(), "a person is where the keys are");
    assert_eq!(found(&of_the_phone, &at_verification), Vec::<String>::new(), "a key is where the people are");

    // On the disk nothing personal lies in clear on its own side either, and nothing of it is in a log.
    let technical = heard.bytes();
    assert!(are_in(&technical, b"/v1/publish") && are_in(&technical, b"/api/certificate"), "both were heard");
    let logs: Places = vec![("the technical log".to_owned(), technical)];
    assert_eq!(found(&hers, &logs), Vec::<String>::new());
    assert_eq!(found(&of_the_phone, &logs), Vec::<String>::new());
    let sealed = |all: Places| -> Places {
        all.into_iter().filter(|(place, _)| place.starts_with('/') && !place.contains(".zip")).collect()
    };
    let (at_verification, at_keys) = (sealed(at_verification), sealed(at_keys));
    assert!(at_verification.len() > 3 && at_keys.len() > 3);
    assert_eq!(found(&hers, &at_verification), Vec::<String>::new());
    assert_eq!(found(&of_the_phone, &at_keys), Vec::<String>::new());

    // The search finds what is planted, however it is written, in a file of either body and in the log of both.
    for canary in hers.iter().chain(&of_the_phone) {
        for way in &canary.written {
            let planted: Places = vec![("planted".to_owned(), [&b"before"[..], way, b"after"].concat())];
            assert_eq!(
                found(std::slice::from_ref(canary), &planted),
                [format!("{} in planted", canary.what)]
            );
        }
    }
    for (body, canary) in [(&land.bodies.keys, &hers[0]), (&land.bodies.verification, &of_the_phone[0])] {
        let file = body.folder.join("database/planted");
        std::fs::write(&file, &canary.written[1]).unwrap();
        let one = std::slice::from_ref(canary);
        assert_eq!(found(one, &places(body).await), [format!("{} in {}", canary.what, file.display())]);
    }
    tracing::info!(target: "technical", "{}", nancy().cpr);
    let logs: Places = vec![("the technical log".to_owned(), heard.bytes())];
    assert_eq!(found(&hers, &logs), ["her number in the technical log"]);
}

/// What both servers say when they refuse.
async fn refused(keys: &str, verification: &str, phone: &Owner) -> [Vec<u8>; 2] {
    let mut said = [Vec::new(), Vec::new()];
    let http = reqwest::Client::new();
    for (at, base, path) in
        [(0, verification, "/api/verify"), (0, verification, "/api/certificate"), (1, keys, "/v1/publish")]
    {
        let whole = phone.wire.last(path).to_vec();
        // The whole is a code and a token that are used. An upload that comes again is no refusal; its answer is looked through too.
        for body in [whole.clone(), whole[..whole.len() / 2].to_vec(), Vec::new()] {
            let request = http.post(format!("{base}{path}")).header("content-type", "application/json");
            let answer = request.body(body.clone()).send().await.unwrap();
            let is_again = at == 1 && body == whole;
            assert_eq!(answer.status().is_client_error(), !is_again, "{path}: {}", answer.status());
            said[at].extend(format!("{:?}", answer.headers()).into_bytes());
            said[at].extend(answer.bytes().await.unwrap());
        }
    }
    for (at, base) in [(0, verification), (1, keys)] {
        let answer = http.get(format!("{base}/KANARIEFUGL?{}", nancy().cpr)).send().await.unwrap();
        said[at].extend(answer.bytes().await.unwrap());
    }
    said
}
