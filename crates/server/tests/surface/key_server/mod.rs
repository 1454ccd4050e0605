//! The key server as phones, and those who pretend to be phones, meet it: the real router, fresh keys, a fixed clock.

use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::sync::Arc;
use std::time::{Duration, Instant};

use aws_lc_rs::encoding::AsDer;
use aws_lc_rs::signature::{ECDSA_P256_SHA256_ASN1_SIGNING, EcdsaKeyPair, KeyPair};
use axum::Router;
use axum::body::Body;
use axum::http::{Request, StatusCode};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use exposure::export::{Published, TrustedKey, verify};
use exposure::publish::{Form, keys_mac};
use exposure::{DiagnosisKey, IntervalNumber, RollingPeriod, TemporaryExposureKey};
use jsonwebtoken::{Algorithm, EncodingKey, Header};
use register::testing::{SeededRandomness, TestRegister};
use register::{Clock, Randomness};
use serde_json::{Value, json};
use server::config::{AuthorityKey, AuthoritySettings, KeyServerSettings, SigningSettings, TokenForm};
use server::{App, Listeners, Parts, SecurityLog};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

use crate::town::{Answer, config, send};

mod danish;
mod files;

const AUTHORITY: &str = "dk.sst";
const ISSUER: &str = "https://verification.test";
const AUDIENCE: &str = "keys.test";
/// The lengths that an answer to an upload may have, whatever is in it.
const ANSWER_BYTES: std::ops::Range<usize> = 3_072..4_096;

struct Land {
    house: TestRegister,
    app: App,
    router: Router,
    certificates: EncodingKey,
    strangers: EncodingKey,
    dice: SeededRandomness,
    _folder: tempfile::TempDir,
}

fn pem(label: &str, der: &[u8]) -> String {
    let text = STANDARD.encode(der);
    let lines: Vec<_> = text.as_bytes().chunks(64).map(|line| std::str::from_utf8(line).unwrap()).collect();
    format!("-----BEGIN {label}-----\n{}\n-----END {label}-----\n", lines.join("\n"))
}

/// A fresh pair: PKCS#8 and public key, both PEM.
fn pair() -> (String, String) {
    let pair = EcdsaKeyPair::generate(&ECDSA_P256_SHA256_ASN1_SIGNING).unwrap();
    let private = pair.to_pkcs8v1().unwrap();
    let public: aws_lc_rs::encoding::PublicKeyX509Der<'_> = pair.public_key().as_der().unwrap();
    (pem("PRIVATE KEY", private.as_ref()), pem("PUBLIC KEY", public.as_ref()))
}

fn secret_file(path: &Path, text: &str) {
    std::fs::write(path, text).unwrap();
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o400)).unwrap();
}

fn settings(folder: &Path) -> (KeyServerSettings, EncodingKey) {
    let (private, public) = pair();
    std::fs::write(folder.join("verification.pub"), public).unwrap();
    let (signing, _) = pair();
    secret_file(&folder.join("export.key"), &signing);
    secret_file(&folder.join("revision.key"), &"07".repeat(32));
    let settings = KeyServerSettings {
        origin: None,
        address: "127.0.0.1:0".parse().unwrap(),
        exports: folder.join("exports"),
        audience: AUDIENCE.to_owned(),
        window_hours: 2,
        keys_at_most: 500_000,
        keys_at_least: 1_000,
        region: "DK".to_owned(),
        guidance: None,
        accepts: vec!["confirmed".to_owned()],
        revision_keys: vec![folder.join("revision.key")],
        authorities: vec![AuthoritySettings {
            id: AUTHORITY.to_owned(),
            issuer: ISSUER.to_owned(),
            keys: vec![AuthorityKey {
                kid: "1".to_owned(),
                path: folder.join("verification.pub"),
                form: TokenForm::Certificate,
            }],
        }],
        signing: vec![SigningSettings {
            key: folder.join("export.key"),
            key_id: "238".to_owned(),
            key_version: "v1".to_owned(),
            from: jiff::Timestamp::UNIX_EPOCH,
        }],
    };
    (settings, EncodingKey::from_ec_pem(private.as_bytes()).unwrap())
}

impl Land {
    fn new() -> Self {
        let house = TestRegister::new();
        let folder = tempfile::tempdir().unwrap();
        let (key_server, certificates) = settings(folder.path());
        let mut config = config();
        config.key_server = Some(key_server);
        let app = App::new(Parts {
            register: house.register.clone(),
            clock: house.clock.clone(),
            randomness: Arc::new(SeededRandomness::new(11)),
            config,
            security_log: SecurityLog::default(),
            proofs: server::Proofs::read(""),
            #[cfg(feature = "demo")]
            demo: None,
        })
        .unwrap();
        let router = server::key_server::router(app.clone());
        let strangers = EncodingKey::from_ec_pem(pair().0.as_bytes()).unwrap();
        Self { house, app, router, certificates, strangers, dice: SeededRandomness::new(5), _folder: folder }
    }

    fn random<const N: usize>(&self) -> [u8; N] {
        let mut bytes = [0; N];
        self.dice.fill(&mut bytes);
        bytes
    }

    fn phone(&self, days: u32) -> Vec<DiagnosisKey> {
        let today = IntervalNumber::at(self.house.clock.now()).day_start();
        let key = |ago: u32| DiagnosisKey {
            key: TemporaryExposureKey::new(self.random()),
            start: today.minus(144 * ago),
            period: RollingPeriod::FULL,
            report_type: None,
            days_since_onset: None,
            transmission_risk: None,
        };
        (1..=days).map(key).collect()
    }

    fn claims(&self, keys: &[DiagnosisKey], secret: &[u8]) -> Value {
        let now = self.house.clock.now().as_second();
        json!({
            "iss": ISSUER,
            "aud": AUDIENCE,
            "iat": now,
            "nbf": now,
            "exp": now + 900,
            "jti": exposure::key::to_hex(&self.random::<16>()),
            "reportType": "confirmed",
            "symptomOnsetInterval": IntervalNumber::at(self.house.clock.now()).day_start().minus(144 * 3).number(),
            "tekmac": STANDARD.encode(keys_mac(secret, keys, Form::WithRisk)),
        })
    }

    fn signed(&self, claims: &Value) -> String {
        let header = Header { kid: Some("1".to_owned()), ..Header::new(Algorithm::ES256) };
        jsonwebtoken::encode(&header, claims, &self.certificates).unwrap()
    }

    fn upload(&self, keys: &[DiagnosisKey]) -> Value {
        let secret = self.random::<16>();
        let certificate = self.signed(&self.claims(keys, &secret));
        self.upload_with(keys, &secret, &certificate)
    }

    fn upload_with(&self, keys: &[DiagnosisKey], secret: &[u8], certificate: &str) -> Value {
        let keys: Vec<_> = keys
            .iter()
            .map(|key| {
                json!({
                    "key": key.key.reveal_base64(),
                    "rollingStartNumber": key.start.number(),
                    "rollingPeriod": key.period.intervals(),
                    "transmissionRisk": 0,
                })
            })
            .collect();
        json!({
            "temporaryExposureKeys": keys,
            "healthAuthorityID": AUTHORITY,
            "verificationPayload": certificate,
            "hmacKey": STANDARD.encode(secret),
            "traveler": false,
            "padding": STANDARD.encode([7; 1_200]),
        })
    }

    async fn post(&self, path: &str, body: &Value, more: &[(&str, &str)]) -> Answer {
        let mut request = Request::post(path).header("content-type", "application/json");
        for (name, value) in more {
            request = request.header(*name, *value);
        }
        send(self.router.clone(), request.body(Body::from(body.to_string())).unwrap()).await
    }

    async fn publish(&self, body: &Value) -> Answer {
        self.post("/v1/publish", body, &[]).await
    }

    async fn get(&self, path: &str) -> Answer {
        send(self.router.clone(), Request::get(path).body(Body::empty()).unwrap()).await
    }

    async fn pass(&self, hours: i64) {
        self.house.clock.pass(jiff::Span::new().hours(hours));
        server::jobs::run_due(&self.app).await;
    }

    /// How many records stand.
    fn standing(&self) -> u64 {
        self.house
            .register
            .plan(jiff::civil::date(2026, 1, 1), jiff::civil::date(2028, 1, 1))
            .unwrap()
            .values()
            .flat_map(|day| day.values())
            .sum()
    }

    fn is_anywhere(&self, bytes: &[u8]) -> bool {
        fn within(folder: &Path, bytes: &[u8]) -> bool {
            std::fs::read_dir(folder).unwrap().flatten().any(|entry| match entry.path() {
                path if path.is_dir() => within(&path, bytes),
                path => std::fs::read(path).unwrap().windows(bytes.len()).any(|window| window == bytes),
            })
        }
        within(self.house.folder(), bytes)
    }
}

fn code(answer: &Answer) -> (u16, String) {
    (answer.status.as_u16(), answer.code())
}

#[tokio::test]
async fn a_phone_uploads_with_its_certificate_and_others_fetch_what_they_can_verify() {
    let land = Land::new();
    let keys = land.phone(13);
    let answer = land.publish(&land.upload(&keys)).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
    assert_eq!(answer.json()["insertedExposures"], 13);
    let padding = STANDARD.decode(answer.json()["padding"].as_str().unwrap()).unwrap();
    assert!(padding.len() >= 1_024 && ANSWER_BYTES.contains(&answer.body.len()));
    assert_eq!(land.get("/exports/dk/index.txt").await.text(), "");
    land.pass(5).await;
    let public = land.get("/exports/keys.json").await.json();
    let der = STANDARD.decode(public["keys"][0]["publicKey"].as_str().unwrap()).unwrap();
    let trusted = TrustedKey::from_der(&der).unwrap().named("238", "v1");
    let pem = TrustedKey::all_from_pem(&land.get("/exports/keys.pem").await.text()).unwrap();
    assert_eq!(pem, [TrustedKey::from_der(&der).unwrap()]);
    for root in ["dk", "all"] {
        let index = land.get(&format!("/exports/{root}/index.txt")).await;
        let path = index.text().trim().to_owned();
        assert!(path.starts_with(&format!("{root}/")) && path.ends_with("-00001.zip"), "{path}");
        let file = land.get(&format!("/exports/{path}")).await;
        assert_eq!((file.status, file.header("content-type")), (StatusCode::OK, "application/zip"));
        assert!(file.header("cache-control").starts_with("public, max-age="), "{:?}", file.headers);
        let verified =
            verify(vec![Published::read(&file.body).unwrap()], std::slice::from_ref(&trusted)).unwrap();
        let published = &verified.exports()[0].keys;
        assert!(published.len() >= 1_000);
        assert!(keys.iter().all(|key| published.iter().any(|one| one.key == key.key)));
        let request = Request::get(format!("/exports/{path}")).header("if-none-match", file.header("etag"));
        let again = send(land.router.clone(), request.body(Body::empty()).unwrap()).await;
        assert_eq!((again.status, again.body.len()), (StatusCode::NOT_MODIFIED, 0));
    }
}

#[tokio::test]
async fn a_forged_or_foreign_certificate_is_refused_with_its_code_and_changes_nothing() {
    let land = Land::new();
    let keys = land.phone(3);
    let secret = land.random::<16>();
    let right = land.claims(&keys, &secret);
    let with = |name: &str, value: Value| {
        let mut claims = right.clone();
        claims[name] = value;
        land.signed(&claims)
    };
    let now = land.house.clock.now().as_second();
    let es256 = |kid: Option<&str>| Header { kid: kid.map(str::to_owned), ..Header::new(Algorithm::ES256) };
    let by_a_stranger = jsonwebtoken::encode(&es256(Some("1")), &right, &land.strangers).unwrap();
    let without_name = jsonwebtoken::encode(&es256(None), &right, &land.certificates).unwrap();
    let other_name = jsonwebtoken::encode(&es256(Some("2")), &right, &land.certificates).unwrap();
    // The public key as a shared secret, and no signature at all.
    let public =
        std::fs::read(&land.app.config().key_server.as_ref().unwrap().authorities[0].keys[0].path).unwrap();
    let hs256 = Header { kid: Some("1".to_owned()), ..Header::new(Algorithm::HS256) };
    let confused = jsonwebtoken::encode(&hs256, &right, &EncodingKey::from_secret(&public)).unwrap();
    let good = land.signed(&right);
    let parts: Vec<&str> = good.split('.').collect();
    use base64::engine::general_purpose::URL_SAFE_NO_PAD;
    let none = format!("{}.{}.", URL_SAFE_NO_PAD.encode(br#"{"alg":"none","kid":"1"}"#), parts[1]);
    let forged = [
        by_a_stranger,
        without_name,
        other_name,
        confused,
        none,
        with("iss", json!("https://elsewhere.test")),
        with("aud", json!("elsewhere.test")),
        with("aud", json!([AUDIENCE, "elsewhere.test"])),
        with("reportType", json!("negative")),
        with("reportType", json!("nonsense")),
        with("exp", json!(now - 61)),
        with("exp", json!(now + 3_600)),
        with("nbf", json!(now + 120)),
        with("iat", json!(now + 120)),
        with("jti", json!("1")),
        with("tekmac", json!(STANDARD.encode([0; 32]))),
        "not a token".to_owned(),
    ];
    for (index, certificate) in forged.iter().enumerate() {
        let began = Instant::now();
        let answer = land.publish(&land.upload_with(&keys, &secret, certificate)).await;
        // Nobody has uploaded yet: it is told no sooner than a disk would have taken the keys.
        assert!(began.elapsed() >= Duration::from_millis(20), "forgery {index} was told at once");
        let expected = (401, "health_authority_verification_certificate_invalid".to_owned());
        assert_eq!(code(&answer), expected, "forgery {index}");
        // Who watches the length of an answer does not learn that an upload was refused either.
        assert!(ANSWER_BYTES.contains(&answer.body.len()), "{} bytes", answer.body.len());
    }
    let mut unknown = land.upload_with(&keys, &secret, &good);
    unknown["healthAuthorityID"] = json!("xx.nobody");
    assert_eq!(code(&land.publish(&unknown).await), (401, "unknown_health_authority_id".to_owned()));
    // The right one still works, for its own keys.
    let body = land.upload_with(&keys, &secret, &good);
    assert_eq!(land.publish(&body).await.status, StatusCode::OK);
    let mut replayed = body;
    replayed["temporaryExposureKeys"][0]["key"] = json!(land.phone(1)[0].key.reveal_base64());
    assert_eq!(land.publish(&replayed).await.status, StatusCode::UNAUTHORIZED, "replayed");
}

#[tokio::test]
async fn bad_input_gets_the_code_of_the_interface() {
    let land = Land::new();
    let bad = (400, "bad_request".to_owned());
    for body in [json!({}), json!([]), json!("x"), json!(null)] {
        assert_eq!(code(&land.publish(&body).await), bad, "{body}");
    }
    let mut unknown_field = land.upload(&land.phone(2));
    unknown_field["name"] = json!("somebody");
    assert_eq!(code(&land.publish(&unknown_field).await), bad);
    for nowhere in ["US", "se", "SWE", ""] {
        let mut body = land.upload(&land.phone(2));
        body["visitedCountries"] = json!(["SE", nowhere]);
        assert_eq!(code(&land.publish(&body).await), bad, "{nowhere}");
    }
    assert_eq!(code(&land.publish(&land.upload(&[])).await), bad);
    assert_eq!(code(&land.publish(&land.upload(&land.phone(31))).await), bad);
    let mut twice = land.phone(2);
    twice[1] = DiagnosisKey { start: twice[1].start.minus(144), ..twice[0].clone() };
    assert_eq!(code(&land.publish(&land.upload(&twice)).await), bad);
    let mut one_old = land.phone(3);
    one_old[0].start = one_old[0].start.minus(144 * 20);
    let partial = land.publish(&land.upload(&one_old)).await;
    assert_eq!(code(&partial), (200, "partial_failure".to_owned()));
    assert_eq!(partial.json()["insertedExposures"], 2);
    let again = land.publish(&land.upload(&one_old[1..])).await;
    assert_eq!(code(&again), (400, "missing_revision_token".to_owned()));
    assert_eq!(land.get("/v1/publish").await.status, StatusCode::METHOD_NOT_ALLOWED);
    for nothing in ["/", "/exports/xx/index.txt", "/exports/dk/1-2-00001.zip", "/exports/dk/..%2f..%2fx.zip"]
    {
        assert_eq!(land.get(nothing).await.status, StatusCode::NOT_FOUND, "{nothing}");
    }
}

#[tokio::test]
async fn an_upload_has_at_most_64_000_bytes() {
    let land = Land::new();
    let mut body = land.upload(&land.phone(2));
    body["padding"] = json!("A".repeat(63_000 - body.to_string().len()));
    assert_eq!(land.publish(&body).await.status, StatusCode::OK);
    body["padding"] = json!("A".repeat(64_001));
    assert_eq!(code(&land.publish(&body).await), (413, "bad_request".to_owned()));
}

#[tokio::test]
async fn a_decoy_looks_like_a_real_upload_and_leaves_nothing() {
    let land = Land::new();
    let mut real = Vec::new();
    for _ in 0..40 {
        let began = Instant::now();
        let answer = land.publish(&land.upload(&land.phone(13))).await;
        real.push((answer, began.elapsed()));
    }
    let before = land.standing();
    let mut decoys = Vec::new();
    for _ in 0..40 {
        let began = Instant::now();
        let answer = land.post("/v1/publish", &land.upload(&land.phone(13)), &[("x-chaff", "1")]).await;
        decoys.push((answer, began.elapsed()));
    }
    assert_eq!(land.standing(), before, "nothing is stored");
    let shape = |answer: &Answer| {
        let body = answer.json();
        let fields: Vec<String> = body.as_object().unwrap().keys().cloned().collect();
        let names: Vec<String> = answer.headers.keys().map(ToString::to_string).collect();
        (answer.status, fields, names, body["revisionToken"].as_str().unwrap().len())
    };
    assert_eq!(shape(&real[20].0), shape(&decoys[20].0));
    let sizes =
        |all: &[(Answer, Duration)]| all.iter().map(|(answer, _)| answer.body.len()).sum::<usize>() / 40;
    // Each length is drawn from a thousand: the means of forty differ by no more than a few hundred bytes.
    assert!(sizes(&real).abs_diff(sizes(&decoys)) < 350, "{} and {}", sizes(&real), sizes(&decoys));
    assert!(real.iter().chain(&decoys).all(|(answer, _)| ANSWER_BYTES.contains(&answer.body.len())));
    assert!(decoys.iter().all(|(_, took)| *took < Duration::from_millis(1_500)));
}

#[tokio::test]
async fn no_key_no_secret_and_no_certificate_lies_readable_in_any_file() {
    let land = Land::new();
    let keys = land.phone(5);
    let secret = land.random::<16>();
    let claims = land.claims(&keys, &secret);
    let certificate = land.signed(&claims);
    assert_eq!(land.publish(&land.upload_with(&keys, &secret, &certificate)).await.status, StatusCode::OK);
    for key in &keys {
        assert!(!land.is_anywhere(key.key.reveal()));
        assert!(!land.is_anywhere(key.key.reveal_base64().as_bytes()));
        assert!(!land.is_anywhere(exposure::key::to_hex(key.key.reveal()).as_bytes()));
    }
    let number = claims["jti"].as_str().unwrap();
    for planted in [number, &certificate, &STANDARD.encode(secret), claims["tekmac"].as_str().unwrap()] {
        assert!(!land.is_anywhere(planted.as_bytes()), "{planted}");
    }
    assert!(!land.is_anywhere(&secret));
}

#[tokio::test]
async fn the_key_server_has_a_door_of_its_own_and_the_others_do_not_lead_there() {
    let land = Land::new();
    let door = || TcpListener::bind("127.0.0.1:0");
    let keys = door().await.unwrap();
    let (public, operations) = (door().await.unwrap(), door().await.unwrap());
    let (keys_at, public_at) = (keys.local_addr().unwrap(), public.local_addr().unwrap());
    let listeners = Listeners {
        public,
        operations,
        own: vec![(keys, server::key_server::router(land.app.clone()))],
        gateway: None,
    };
    let (stop, told) = tokio::sync::oneshot::channel::<()>();
    let running = tokio::spawn(server::serve(land.app.clone(), listeners, async {
        let _ = told.await;
    }));
    let say = async |at: std::net::SocketAddr, text: String| {
        let mut stream = TcpStream::connect(at).await.unwrap();
        stream.write_all(text.as_bytes()).await.unwrap();
        let mut all = Vec::new();
        let _ = tokio::time::timeout(Duration::from_secs(5), stream.read_to_end(&mut all)).await;
        String::from_utf8_lossy(&all).into_owned()
    };
    let body = land.upload(&land.phone(4)).to_string();
    let post = |host: &str| {
        format!(
            "POST /v1/publish HTTP/1.1\r\nHost: {host}\r\nX-Forwarded-For: 203.0.113.7\r\nContent-Type: application/json\r\n\
             Content-Length: {}\r\nConnection: close\r\n\r\n{body}",
            body.len()
        )
    };
    let answer = say(keys_at, post("keys")).await;
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    assert!(!say(public_at, post("localhost:8080")).await.starts_with("HTTP/1.1 200"));
    let page = "GET /da/ HTTP/1.1\r\nHost: keys\r\nConnection: close\r\n\r\n".to_owned();
    assert!(say(keys_at, page).await.starts_with("HTTP/1.1 404"));
    let long =
        "POST /v1/publish HTTP/1.1\r\nHost: keys\r\nContent-Length: 64001\r\nConnection: close\r\n\r\n"
            .to_owned();
    assert!(say(keys_at, long).await.starts_with("HTTP/1.1 413"));
    assert!(!land.is_anywhere(b"203.0.113.7"));
    stop.send(()).unwrap();
    tokio::time::timeout(Duration::from_secs(20), running).await.unwrap().unwrap();
}

#[test]
fn an_unsafe_key_server_does_not_start() {
    let folder = tempfile::tempdir().unwrap();
    let (right, _) = settings(folder.path());
    let found = |change: &dyn Fn(&mut KeyServerSettings)| {
        let mut config = config();
        let mut key_server = right.clone();
        change(&mut key_server);
        config.key_server = Some(key_server);
        config.check().into_iter().map(|one| one.setting).collect::<Vec<_>>()
    };
    assert_eq!(found(&|_| {}), Vec::<String>::new());
    let wrong: [(&str, &dyn Fn(&mut KeyServerSettings)); 8] = [
        ("key_server.address", &|it| it.address = "127.0.0.1:8080".parse().unwrap()),
        ("key_server.window_hours", &|it| it.window_hours = 5),
        ("key_server.keys_at_least", &|it| it.keys_at_least = 140),
        ("key_server.keys_at_most", &|it| it.keys_at_most = 1_000_000),
        ("key_server.audience", &|it| it.audience.clear()),
        ("key_server.accepts", &|it| it.accepts.push("positive".to_owned())),
        ("key_server.signing", &|it| it.signing.clear()),
        ("key_server.exports", &|it| it.exports = "data/exports".into()),
    ];
    for (setting, change) in wrong {
        assert_eq!(found(change), [setting]);
    }
    let open = |file: &str, mode: u32| {
        std::fs::set_permissions(folder.path().join(file), std::fs::Permissions::from_mode(mode)).unwrap();
    };
    open("export.key", 0o644);
    assert_eq!(found(&|_| {}), ["key_server.signing"]);
    open("export.key", 0o600);
    open("revision.key", 0o440);
    assert_eq!(found(&|_| {}), ["key_server.revision_keys"]);
}
