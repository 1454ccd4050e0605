//! Every way in which the gateway says no, each leaving everything as it was.

use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::http::Request;
use exposure::gateway::cms::{self, Certificate};
use exposure::gateway::{Batch, FederatedKey};
use jiff::Timestamp;
use notice::{Target, Writing};
use register::{Ask, Change, Draft, Identifier, OwnId, Personal, Unavailable};
use services::gateway_service::certificates::{self, Signed, Usage};
use services::gateway_service::{Reason, USE, onboard, revoke};
use tower::ServiceExt as _;

use super::europe::{Europe, door, key, keys, signed};
use crate::federation::gateway::{Addresses, ClientCertificate, Gateway, SystemResolver, operator};

pub(super) const PROTOBUF: &str = "application/protobuf; version=1.0";

pub(super) struct Answer {
    status: u16,
    pub(super) body: Vec<u8>,
    headers: axum::http::HeaderMap,
}

impl Answer {
    fn message(&self) -> String {
        let value: serde_json::Value = serde_json::from_slice(&self.body).unwrap_or_default();
        value["message"].as_str().unwrap_or_default().to_owned()
    }
}

async fn ask(gateway: &Gateway, request: Request<Body>) -> Answer {
    let answer = gateway.router().oneshot(request).await.unwrap();
    let (parts, body) = answer.into_parts();
    let body = axum::body::to_bytes(body, usize::MAX).await.unwrap().to_vec();
    Answer { status: parts.status.as_u16(), body, headers: parts.headers }
}

fn certificate(europe: &Europe, country: &str) -> Certificate {
    let path = &europe.of(country).papers.connecting[0];
    Certificate::from_pem(&std::fs::read_to_string(path).unwrap()).unwrap()
}

/// A request over a connection on which a country has shown its certificate.
fn over_tls(europe: &Europe, country: &str, mut request: Request<Body>) -> Request<Body> {
    let shown = ClientCertificate(certificate(europe, country).der().to_vec());
    request.extensions_mut().insert(shown);
    request
}

fn now(europe: &Europe) -> Timestamp {
    door(&europe.gateway, 1).now()
}

fn upload(tag: &str, signature: &str, form: &str, body: Vec<u8>) -> Request<Body> {
    let request = Request::post("/diagnosiskeys/upload").header("content-type", form);
    let request = request.header("batchTag", tag).header("batchSignature", signature);
    request.body(Body::from(body)).unwrap()
}

/// What the gateway answers to an upload of Denmark.
async fn sends(europe: &Europe, tag: &str, keys: &[FederatedKey]) -> Answer {
    let signature = signed(&europe.of("DK").papers, keys, now(europe));
    let body = Batch { keys: keys.to_vec() }.to_bytes();
    ask(&europe.rehearsal.gateway, over_tls(europe, "DK", upload(tag, &signature, PROTOBUF, body))).await
}

pub(super) async fn fetches(
    europe: &Europe,
    country: &str,
    path: &str,
    accept: &str,
    tag: Option<&str>,
) -> Answer {
    let mut request = Request::get(path).header("accept", accept);
    if let Some(tag) = tag {
        request = request.header("batchTag", tag);
    }
    let request = over_tls(europe, country, request.body(Body::empty()).unwrap());
    ask(&europe.rehearsal.gateway, request).await
}

/// Nothing was kept: Sweden has nothing to fetch.
async fn nothing_was_kept(europe: &Europe) {
    europe.batches().await;
    let none = fetches(europe, "SE", "/diagnosiskeys/download/2026-11-21", PROTOBUF, None).await;
    assert_eq!(none.status, 404);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_batch_is_refused_whole_for_one_bad_key_and_every_reason_has_its_status() {
    let europe = Europe::new().await;
    let mut one_bad = keys("DK", 0..10);
    one_bad[6].rolling_period = 145;
    let answer = sends(&europe, "a", &one_bad).await;
    assert_eq!(answer.status, 400);
    assert!(answer.message().starts_with("key 7 is wrong"), "{}", answer.message());
    let mut old = keys("DK", 0..2);
    old[1].rolling_start_interval_number -= 144 * 20;
    assert_eq!(sends(&europe, "a", &old).await.status, 400);
    assert_eq!(sends(&europe, "a", &keys("DK", 0..5_001)).await.status, 413);
    assert_eq!(sends(&europe, &"a".repeat(65), &keys("DK", 0..1)).await.status, 400);
    assert_eq!(sends(&europe, "", &keys("DK", 0..1)).await.status, 400);
    assert_eq!(sends(&europe, "a", &keys("SE", 0..1)).await.status, 400, "signed for another");
    let mixed = [key("DK", 0), key("SE", 1)];
    assert_eq!(sends(&europe, "a", &mixed).await.status, 400);
    nothing_was_kept(&europe).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_country_can_neither_use_the_signature_of_another_nor_its_certificate() {
    let europe = Europe::new().await;
    let of_sweden = keys("SE", 0..3);
    let body = Batch { keys: of_sweden.clone() }.to_bytes();
    let gateway = &europe.rehearsal.gateway;
    // Denmark sends what Sweden has signed.
    let signature = signed(&europe.of("SE").papers, &of_sweden, now(&europe));
    let request = over_tls(&europe, "DK", upload("a", &signature, PROTOBUF, body.clone()));
    assert_eq!(ask(gateway, request).await.status, 400);
    // Denmark signs what it says to be Sweden's.
    let signature = signed(&europe.of("DK").papers, &of_sweden, now(&europe));
    let request = over_tls(&europe, "SE", upload("a", &signature, PROTOBUF, body.clone()));
    assert_eq!(ask(gateway, request).await.status, 400);
    // A signature over other keys, none, and one that is no base64.
    let other = signed(&europe.of("SE").papers, &keys("SE", 5..6), now(&europe));
    for signature in [other.as_str(), "", "~"] {
        let request = over_tls(&europe, "SE", upload("a", signature, PROTOBUF, body.clone()));
        assert_eq!(ask(gateway, request).await.status, 400);
    }
    nothing_was_kept(&europe).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_tag_is_used_once_and_a_key_that_is_there_stores_nothing_of_its_batch() {
    let europe = Europe::new().await;
    let stored = sends(&europe, "first", &keys("DK", 0..3)).await;
    assert_eq!((stored.status, stored.body.len()), (201, 0));
    assert_eq!(stored.headers["batchtag"], "first");
    assert_eq!(sends(&europe, "first", &keys("DK", 7..8)).await.status, 409);
    let partly = sends(&europe, "second", &keys("DK", 2..5)).await;
    assert_eq!(partly.status, 207);
    let body: serde_json::Value = serde_json::from_slice(&partly.body).unwrap();
    assert_eq!(body, serde_json::json!({ "201": [1, 2], "409": [0], "500": [] }));
    // The same key with another onset is another key; the same key twice in a batch is there already.
    let mut other = key("DK", 0);
    other.days_since_onset_of_symptoms = 5;
    assert_eq!(sends(&europe, "third", &[other.clone(), other.clone()]).await.status, 207);
    assert_eq!(sends(&europe, "third", &[other]).await.status, 201);
    europe.batches().await;
    assert_eq!(europe.of("SE").client.download().await, Ok(4), "nothing of the second batch was stored");
}

#[tokio::test(flavor = "multi_thread")]
async fn the_form_and_its_version_are_asked_for() {
    let europe = Europe::new().await;
    let body = Batch { keys: keys("DK", 0..1) }.to_bytes();
    let signature = signed(&europe.of("DK").papers, &keys("DK", 0..1), now(&europe));
    for (form, status) in [
        ("application/protobuf", 400),
        ("application/protobuf; version=2.0", 406),
        ("text/html", 415),
        ("application/json; version=1.0", 400),
    ] {
        let request = over_tls(&europe, "DK", upload("a", &signature, form, body.clone()));
        assert_eq!(ask(&europe.rehearsal.gateway, request).await.status, status, "{form}");
    }
    assert_eq!(sends(&europe, "a", &keys("DK", 0..1)).await.status, 201);
    europe.batches().await;
    let path = "/diagnosiskeys/download/2026-11-21";
    for (accept, status) in
        [("application/json", 415), ("application/json; version=1.1", 406), ("text/html", 406)]
    {
        assert_eq!(fetches(&europe, "SE", path, accept, None).await.status, status, "{accept}");
    }
    let json = fetches(&europe, "SE", path, "application / json; version = 1.0", None).await;
    assert_eq!(json.status, 200);
    assert_eq!(Batch::from_json(&json.body).unwrap().keys, keys("DK", 0..1));
    let protobuf = fetches(&europe, "SE", path, PROTOBUF, None).await;
    assert_eq!(Batch::read(&protobuf.body).unwrap().keys, keys("DK", 0..1));
    assert_eq!(protobuf.headers["x-protobuf-message"], "eu.interop.DiagnosisKeyBatch");
    assert_eq!(protobuf.headers["batchtag"], "20261121-1");
    assert_eq!(protobuf.headers["nextbatchtag"], "null");
    let own = fetches(&europe, "DK", path, PROTOBUF, None).await;
    assert_eq!((own.status, own.body.len()), (200, 0), "an empty batch is a batch");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_batch_that_is_not_there_too_old_or_before_the_day_has_its_status() {
    let europe = Europe::new().await;
    assert_eq!(sends(&europe, "a", &keys("DK", 0..1)).await.status, 201);
    europe.batches().await;
    let on = |day: &str| format!("/diagnosiskeys/download/{day}");
    let status = async |path: String, tag: Option<&'static str>| {
        fetches(&europe, "SE", &path, PROTOBUF, tag).await.status
    };
    assert_eq!(status(on("2026-11-20"), None).await, 200, "of that day or a later one");
    assert_eq!(status(on("2026-11-22"), None).await, 404);
    assert_eq!(status(on("2026-11-21"), Some("20261121-2")).await, 404);
    assert_eq!(status(on("2026-11-21"), Some("null")).await, 404);
    assert_eq!(status(on("2026-11-22"), Some("20261121-1")).await, 400);
    assert_eq!(status(on("2026-11-06"), None).await, 410);
    assert_eq!(status(on("yesterday"), None).await, 400);
    let audit = "/diagnosiskeys/audit/download/2026-11-21/20261121-1";
    let account = fetches(&europe, "SE", audit, "application/json; version=1.0", None).await;
    let account: serde_json::Value = serde_json::from_slice(&account.body).unwrap();
    assert_eq!((&account[0]["country"], &account[0]["amount"]), (&"DK".into(), &1.into()));
    let signer = std::fs::read_to_string(&europe.of("DK").papers.signing[0]).unwrap();
    assert_eq!(account[0]["signingCertificate"], signer.trim());
}

/// Threat T19.
#[tokio::test(flavor = "multi_thread")]
async fn a_header_about_a_certificate_is_believed_from_a_listed_proxy_only() {
    let europe = Europe::new().await;
    let shown = certificate(&europe, "SE").thumbprint().to_string();
    let request = |peer: &str, headers: &[(&str, &str)]| {
        let mut request = Request::get("/diagnosiskeys/callback");
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        let mut request = request.body(Body::empty()).unwrap();
        let peer: std::net::SocketAddr = peer.parse().unwrap();
        request.extensions_mut().insert(ConnectInfo(peer));
        request
    };
    let both = [("x-ssl-client-sha256", shown.as_str()), ("x-ssl-client-dn", "C=SE,CN=a")];
    let rules = europe.rehearsal.rules().clone();
    let behind = Gateway::new(
        door(&europe.gateway, 3),
        rules,
        vec!["10.0.0.5".parse().unwrap()],
        std::sync::Arc::new(SystemResolver),
        Addresses::Public,
    );
    assert_eq!(ask(&behind, request("10.0.0.5:1", &both)).await.status, 200);
    assert_eq!(ask(&behind, request("10.0.0.6:1", &both)).await.status, 403, "forged");
    assert_eq!(ask(&europe.rehearsal.gateway, request("127.0.0.1:1", &both)).await.status, 403);
    assert_eq!(ask(&behind, request("10.0.0.5:1", &[])).await.status, 403);
    assert_eq!(ask(&behind, request("10.0.0.5:1", &both[..1])).await.status, 403);
    let no_country = [both[0], ("x-ssl-client-dn", "CN=a")];
    assert_eq!(ask(&behind, request("10.0.0.5:1", &no_country)).await.status, 400);
    let other_country = [both[0], ("x-ssl-client-dn", "C=DK")];
    assert_eq!(ask(&behind, request("10.0.0.5:1", &other_country)).await.status, 403);
    let twice = [both[0], both[0], both[1]];
    assert_eq!(ask(&behind, request("10.0.0.5:1", &twice)).await.status, 403, "slipped in");
    // Over a connection with a certificate the headers say nothing.
    let over = over_tls(&europe, "DK", request("10.0.0.6:1", &both));
    assert_eq!(ask(&behind, over).await.status, 200);
}

/// The row of a certificate of Norway as it was written when the operator signed with CMS.
fn write_in_old_form(europe: &Europe, pem: &str, usage: &str) {
    let certificate = Certificate::from_pem(pem).unwrap();
    let operator = operator(&europe.rehearsal.settings).unwrap();
    let signature = cms::to_base64(&cms::sign(pem.as_bytes(), &operator, now(europe)).unwrap());
    let said = serde_json::json!({
        "thumbprint": certificate.thumbprint().to_string(), "country": "NO", "usage": usage, "pem": pem,
        "signature": signature, "by": ["first", "second"],
    });
    let written = door(&europe.gateway, 6).act_here(|at| {
        let person = at.register.person(&Identifier::Own(OwnId::parse("sst", usage).unwrap()));
        let draft = Draft {
            register: "sst.gateway-certificate",
            id: None,
            subjects: vec![("national-authority".to_owned(), person)],
            content: Personal::new([("certificate".to_owned(), said)].into_iter().collect()),
            events: vec![("gateway.certificate-expires".to_owned(), certificate.validity().1)],
            quantities: Vec::new(),
            private: false,
            link: None,
        };
        let ask = Ask { use_name: USE, target: Target::Person(person), reason: None };
        let grant = at.register.ask::<Writing>(at.call, ask).unwrap();
        let change = Change::Create(Box::new(draft));
        at.register.change(at.call, grant, |_| Ok::<_, Unavailable>((vec![change.clone()], ()))).unwrap();
        Ok::<_, Unavailable>(())
    });
    written.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_certificate_that_the_operator_signed_in_the_old_form_says_so_until_it_is_admitted_again() {
    let europe = Europe::new().await;
    let papers = europe.rehearsal.papers("NO").unwrap();
    let pem = |file: &std::path::Path| std::fs::read_to_string(file).unwrap().trim().to_owned();
    let (connecting, signing) = (pem(&papers.connecting[0]), pem(&papers.signing[0]));
    write_in_old_form(&europe, &connecting, "AUTHENTICATION");
    write_in_old_form(&europe, &signing, "SIGNING");
    let sends = async || {
        let keys = keys("NO", 0..2);
        let signature = signed(&papers, &keys, now(&europe));
        let mut request = upload("a", &signature, PROTOBUF, Batch { keys }.to_bytes());
        let shown = Certificate::from_pem(&connecting).unwrap().der().to_vec();
        request.extensions_mut().insert(ClientCertificate(shown));
        ask(&europe.rehearsal.gateway, request).await
    };
    let (rules, operator) = (europe.rehearsal.rules(), operator(&europe.rehearsal.settings).unwrap());
    let admits = |pem: &str, usage| {
        let by = ["first".to_owned(), "second".to_owned()];
        let request = onboard::Request { pem, country: "NO", usage, by, operator: &operator };
        door(&europe.gateway, 4).act_here(|at| onboard::run(at, rules, &request))
    };
    // First the one that opens the door, then the one that signs.
    for (pem, usage) in [(&connecting, Usage::Authentication), (&signing, Usage::Signing)] {
        let answer = sends().await;
        assert_eq!(answer.status, 403, "{}", answer.message());
        assert!(answer.message().contains("admit the certificate again"), "{}", answer.message());
        admits(pem, usage).unwrap();
        assert!(matches!(admits(pem, usage), Err(services::Error::Not(Reason::Admitted))));
    }
    let answer = sends().await;
    assert_eq!(answer.status, 201, "{}", answer.message());
    let rows = door(&europe.gateway, 4).act_here(|at| certificates::run(at, rules)).unwrap();
    let of_norway: Vec<_> = rows.iter().filter(|row| row.country == "NO").map(|row| row.signed).collect();
    assert_eq!(of_norway, [Signed::ByOperator; 2], "what was replaced is listed no longer");
}

/// The programs of the countries would check its signatures with another hash.
#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_admitted_by_an_operator_whose_own_certificate_is_signed_in_another_way() {
    let europe = Europe::new().await;
    let mut name = rcgen::CertificateParams::default();
    name.distinguished_name.push(rcgen::DnType::CountryName, "EU");
    let authority = rcgen::KeyPair::generate_for(&rcgen::PKCS_ECDSA_P384_SHA384).unwrap();
    let authority = rcgen::Issuer::new(name.clone(), authority);
    let key = rcgen::KeyPair::generate().unwrap();
    let held = Certificate::from_pem(&name.signed_by(&key, &authority).unwrap().pem()).unwrap();
    let operator = cms::KeyPairSigner::from_pkcs8(&key.serialize_der(), held).unwrap();
    let papers = europe.rehearsal.papers("NO").unwrap();
    let pem = std::fs::read_to_string(&papers.signing[0]).unwrap();
    let by = ["first".to_owned(), "second".to_owned()];
    let request =
        onboard::Request { pem: &pem, country: "NO", usage: Usage::Signing, by, operator: &operator };
    let rules = europe.rehearsal.rules();
    let admitted = door(&europe.gateway, 4).act_here(|at| onboard::run(at, rules, &request));
    let Err(services::Error::Not(Reason::BadCertificate(why))) = admitted else { panic!("{admitted:?}") };
    assert!(why.contains("SHA-256"), "{why}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_revoked_certificate_is_out_at_once_and_so_is_one_of_another_use() {
    let europe = Europe::new().await;
    assert_eq!(sends(&europe, "a", &keys("DK", 0..1)).await.status, 201);
    let signing = std::fs::read_to_string(&europe.of("DK").papers.signing[0]).unwrap();
    let signing = Certificate::from_pem(&signing).unwrap();
    // The signing certificate does not open the door.
    let mut request = Request::get("/diagnosiskeys/callback").body(Body::empty()).unwrap();
    request.extensions_mut().insert(ClientCertificate(signing.der().to_vec()));
    assert_eq!(ask(&europe.rehearsal.gateway, request).await.status, 403);
    let revoke = |thumbprint: String| {
        let rules = europe.rehearsal.rules().clone();
        door(&europe.gateway, 4).act_here(|at| revoke::run(at, &rules, &thumbprint)).unwrap()
    };
    assert_eq!(revoke(signing.thumbprint().to_string()), 1);
    assert_eq!(sends(&europe, "b", &keys("DK", 1..2)).await.status, 400);
    assert_eq!(revoke(certificate(&europe, "DK").thumbprint().to_string()), 1);
    assert_eq!(sends(&europe, "b", &keys("DK", 1..2)).await.status, 403);
    let over_the_wire = europe.of("DK").client.download().await;
    assert_eq!(over_the_wire, Err(crate::federation::client::Failure::NotAdmitted));
}
