//! The Danish app at our real servers: it sends its owner to log in, gets a token that says what came of the test, and
//! uploads with it; and what that app's own server took and ours does not.

use aws_lc_rs::digest::{SHA256, digest};
use aws_lc_rs::encoding::{AsDer, Pkcs8V1Der, PublicKeyX509Der};
use aws_lc_rs::rsa::{KeyPair, KeySize};
use aws_lc_rs::signature::KeyPair as _;
use base64::Engine as _;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use exposure::publish::{Form, keys_mac};
use exposure::{DiagnosisKey, IntervalNumber, RollingPeriod, TemporaryExposureKey};
use jiff::Timestamp;
use register::Clock as _;
use serde_json::{Map, Value, json};

use super::house::{ground, nancy, person};
use crate::config::{AuthorityKey, DanishSettings, TokenForm};
use crate::rehearsal::browser::{self, Browser, between, location};
use crate::rehearsal::{AUTHORITY, Person, Smittestop, paper};

const CLIENT: &str = "smittestop-app";
const REDIRECT: &str = "dk.sst.smittestop:/oauth2redirect";
const VERIFIER: &str = "a-verifier-of-the-app-that-nobody-else-knows-0123456789";

struct App {
    bodies: Smittestop,
    now: Timestamp,
    http: reqwest::Client,
    _folder: tempfile::TempDir,
}

fn pem(label: &str, der: &[u8]) -> String {
    let text = STANDARD.encode(der);
    let lines: Vec<_> = text.as_bytes().chunks(64).map(|line| std::str::from_utf8(line).unwrap()).collect();
    format!("-----BEGIN {label}-----\n{}\n-----END {label}-----\n", lines.join("\n"))
}

impl App {
    async fn new() -> Self {
        let (ground, clock, folder) = ground("2026-11-21T09:00:00Z");
        let pair = KeyPair::generate(KeySize::Rsa2048).unwrap();
        let private: Pkcs8V1Der<'_> = pair.as_der().unwrap();
        let public: PublicKeyX509Der<'_> = pair.public_key().as_der().unwrap();
        let [key, path] = ["token.key", "token.pub"].map(|name| folder.path().join(name));
        paper::secret(&key, &pem("PRIVATE KEY", private.as_ref())).unwrap();
        std::fs::write(&path, pem("PUBLIC KEY", public.as_ref())).unwrap();
        let danish = DanishSettings {
            client_id: CLIENT.to_owned(),
            redirect_uris: vec![REDIRECT.to_owned()],
            key,
            key_id: "token".to_owned(),
        };
        let bodies = Smittestop::start_both(
            &ground,
            |config| config.verification.as_mut().unwrap().danish = Some(danish),
            |config| {
                let key = AuthorityKey { kid: "token".to_owned(), path, form: TokenForm::Danish };
                config.key_server.as_mut().unwrap().authorities[0].keys.push(key);
            },
        )
        .await
        .unwrap();
        let positive = services::smittestop::positives::Positive {
            cpr: register::Cpr::parse(&nancy().cpr).unwrap(),
            test_time: "2026-11-20T08:00:00Z".parse().unwrap(),
            onset: None,
        };
        bodies.lists(vec![positive]).await.unwrap();
        Self { bodies, now: clock.now(), http: reqwest::Client::new(), _folder: folder }
    }

    fn asks(&self, change: &[(&str, &str)]) -> String {
        let challenge = URL_SAFE_NO_PAD.encode(digest(&SHA256, VERIFIER.as_bytes()));
        let mut query = vec![
            ("response_type", "code"),
            ("client_id", CLIENT),
            ("redirect_uri", REDIRECT),
            ("code_challenge", &challenge),
            ("code_challenge_method", "S256"),
            ("state", "state-of-the-app"),
            ("nonce", "nonce-of-the-app"),
        ];
        for (name, value) in change {
            query.retain(|(known, _)| known != name);
            query.push((name, value));
        }
        format!("/oauth/auth?{}", serde_urlencoded::to_string(query).unwrap())
    }

    /// The owner logs in, answers, and is sent back: the page, and the code that the app is handed.
    async fn sent_back(&self, person: &Person) -> (String, String) {
        let mut browser = Browser::with(browser::http().unwrap(), &self.bodies.verification.origin());
        browser.logs_in(&self.bodies.broker, person).await.unwrap();
        let errand = location(&browser.get(&self.asks(&[])).await.unwrap(), "the question").unwrap();
        assert!(errand.starts_with("/da/me/warn/app/"), "{errand}");
        let mut page = browser.get(&errand).await.unwrap().text().await.unwrap();
        for answered in ["", "&symptoms=no", "&symptoms=no"] {
            let hidden = |name: &str| {
                let value = between(&page, &format!("name=\"{name}\" value=\""), "\"");
                format!("{name}={}", value.unwrap_or_else(|| panic!("no {name} in {page}")))
            };
            let fields = [hidden("_csrf"), hidden("step"), hidden("app")].join("&") + answered;
            page = browser.post("/da/me/warn", fields).await.unwrap().text().await.unwrap();
        }
        let href = between(&page, &format!("href=\"{REDIRECT}?"), "\"").unwrap_or_else(|| panic!("{page}"));
        let query = href.replace("&#38;", "&").replace("&amp;", "&");
        let pairs: Vec<(String, String)> = serde_urlencoded::from_str(&query).unwrap();
        assert_eq!(pairs[1], ("state".to_owned(), "state-of-the-app".to_owned()));
        (page, pairs[0].1.clone())
    }

    async fn exchanges(&self, code: &str, change: &[(&str, &str)]) -> (u16, Value) {
        let mut form = vec![
            ("grant_type", "authorization_code"),
            ("code", code),
            ("code_verifier", VERIFIER),
            ("client_id", CLIENT),
            ("redirect_uri", REDIRECT),
        ];
        for (name, value) in change {
            form.retain(|(known, _)| known != name);
            form.push((name, value));
        }
        let address = format!("{}/oauth/token", self.bodies.verification.origin());
        let answer = self.http.post(address).form(&form).send().await.unwrap();
        assert_eq!(answer.headers()["cache-control"], "no-store");
        (answer.status().as_u16(), answer.json().await.unwrap())
    }

    async fn uploads(&self, token: &str, keys: &[DiagnosisKey]) -> u16 {
        let wire = |key: &DiagnosisKey| {
            json!({
                "key": key.key.reveal_base64(),
                "rollingStart": key.start.start().to_string(),
                "rollingDuration": "1.00:00:00",
                "transmissionRiskLevel": 0,
                "daysSinceOnsetOfSymptoms": 0,
            })
        };
        let body = json!({
            "keys": keys.iter().map(wire).collect::<Vec<_>>(),
            "regions": ["dk"],
            "visitedCountries": [],
            "hmacKey": STANDARD.encode(SECRET),
        });
        let address = format!("{}/v2/diagnostickeys", self.bodies.keys_address());
        let request = self.http.post(address).bearer_auth(token).json(&body);
        request.send().await.unwrap().status().as_u16()
    }

    fn keys(&self, byte: u8) -> Vec<DiagnosisKey> {
        let today = IntervalNumber::at(self.now).day_start();
        vec![DiagnosisKey {
            key: TemporaryExposureKey::new([byte; 16]),
            start: today.minus(144),
            period: RollingPeriod::FULL,
            report_type: None,
            days_since_onset: None,
            transmission_risk: None,
        }]
    }

    fn stands(&self, keys: &[DiagnosisKey]) -> bool {
        let opened = self.bodies.keys.app.register().all_opened().unwrap();
        keys.iter().all(|key| register::testing::stands_in(&opened, &key.key.reveal_base64()))
    }
}

const SECRET: [u8; 32] = [7; 32];

fn tied(keys: &[DiagnosisKey]) -> String {
    STANDARD.encode(keys_mac(&SECRET, keys, Form::WithRisk))
}

fn claims(token: &str) -> Map<String, Value> {
    let claims = URL_SAFE_NO_PAD.decode(token.split('.').nth(1).unwrap()).unwrap();
    serde_json::from_slice(&claims).unwrap()
}

/// What the token says beside who made it, for whom and until when.
fn said(token: &str) -> Vec<String> {
    let plain = ["iss", "aud", "iat", "nbf", "exp", "jti"];
    claims(token)
        .iter()
        .filter(|(name, _)| !plain.contains(&name.as_str()))
        .map(|(n, v)| format!("{n}={v}"))
        .collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_danish_app_gets_its_token_and_uploads_with_it_once() {
    // proves rule SS-12
    let app = App::new().await;
    let (_, code) = app.sent_back(&nancy()).await;
    let keys = app.keys(1);
    let (status, answer) = app.exchanges(&code, &[("ekeyhmac", &tied(&keys))]).await;
    assert_eq!((status, &answer["token_type"], &answer["expires_in"]), (200, &json!("Bearer"), &json!(900)));
    let token = answer["access_token"].as_str().unwrap();
    let says = said(token);
    for one in [
        "covid19_status=\"positiv\"",
        "covid19_blokeret=\"false\"",
        "covid19_smitte_start=\"2026-11-20\"",
        "covid19_smitte_stop=\"2026-12-04\"",
    ] {
        assert!(says.contains(&one.to_owned()), "{one} is not in {says:?}");
    }
    // Another's keys, then the right ones, then the right ones again, of which nothing is stored.
    assert_eq!(app.uploads(token, &app.keys(2)).await, 401);
    assert_eq!(app.uploads(token, &keys).await, 200);
    assert!(app.stands(&keys) && !app.stands(&app.keys(2)));
    assert_eq!(app.uploads(token, &keys).await, 200);
    assert_eq!(app.uploads(token, &app.keys(2)).await, 401, "a token replays");
    assert!(app.stands(&keys) && !app.stands(&app.keys(2)));
    // The code is spent.
    let (status, answer) = app.exchanges(&code, &[("ekeyhmac", &tied(&keys))]).await;
    assert_eq!((status, &answer["error"]), (400, &json!("invalid_grant")));
    // And the token is no certificate elsewhere.
    let publish = json!({
        "temporaryExposureKeys": [], "healthAuthorityID": AUTHORITY, "verificationPayload": token,
        "hmacKey": STANDARD.encode(SECRET),
    });
    let address = format!("{}/v1/publish", app.bodies.keys_address());
    assert_eq!(app.http.post(address).json(&publish).send().await.unwrap().status().as_u16(), 401);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_that_is_not_positive_or_not_tied_to_keys_uploads_nothing() {
    let app = App::new().await;
    let keys = app.keys(3);
    let (_, code) = app.sent_back(&nancy()).await;
    let (_, loose) = app.exchanges(&code, &[]).await;
    assert_eq!(app.uploads(loose["access_token"].as_str().unwrap(), &keys).await, 401, "not tied to keys");
    let einer = person("0201609995", "Einer Lauridsen");
    let (page, code) = app.sent_back(&einer).await;
    assert!(page.contains("Vi kan ikke finde dig") && page.contains("Tilbage til appen"), "{page}");
    let (_, negative) = app.exchanges(&code, &[("ekeyhmac", &tied(&keys))]).await;
    let negative = negative["access_token"].as_str().unwrap();
    let says = said(negative);
    assert!(says.len() == 2 && says[0] == "covid19_status=\"negativ\"", "{says:?}");
    assert_eq!(app.uploads(negative, &keys).await, 401);
    // The fourth time in a day nobody is told anything, and that says why.
    for _ in 0..2 {
        app.sent_back(&einer).await;
    }
    let (_, code) = app.sent_back(&einer).await;
    let (_, blocked) = app.exchanges(&code, &[]).await;
    let says = said(blocked["access_token"].as_str().unwrap());
    assert!(says.contains(&"covid19_blokeret=\"true\"".to_owned()), "{says:?}");
    assert!(says.contains(&"covid19_limit_count=\"3\"".to_owned()) && !app.stands(&keys));
}

/// RFC 6749, 4.1.2.1 and 10.6; RFC 7636, 4.6.
#[tokio::test(flavor = "multi_thread")]
async fn another_app_another_address_and_another_verifier_get_nothing() {
    let app = App::new().await;
    let ask = |change: Vec<(&'static str, &'static str)>| {
        let address = format!("{}{}", app.bodies.verification.origin(), app.asks(&change));
        let client = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build().unwrap();
        async move { client.get(address).send().await.unwrap() }
    };
    for change in [
        ("client_id", "another"),
        ("redirect_uri", "https://evil.example/"),
        ("redirect_uri", "dk.sst.smittestop:/oauth2redirect/x"),
        ("code_challenge_method", "plain"),
        ("code_challenge", "short"),
        ("response_type", "token"),
    ] {
        let answer = ask(vec![change]).await;
        assert_eq!(answer.status().as_u16(), 400, "{change:?}");
        assert!(!answer.headers().contains_key("location"), "{change:?}");
    }
    let (_, code) = app.sent_back(&nancy()).await;
    for (change, error) in [
        (("code_verifier", "another"), "invalid_grant"),
        (("redirect_uri", "https://evil.example/"), "invalid_grant"),
        (("code", "AAAA"), "invalid_grant"),
        (("client_id", "another"), "invalid_client"),
        (("grant_type", "password"), "unsupported_grant_type"),
        (("ekeyhmac", "AAAA"), "invalid_request"),
    ] {
        let (_, answer) = app.exchanges(&code, &[change]).await;
        assert_eq!(answer["error"], error, "{change:?}");
    }
    // None of it spent the code.
    assert_eq!(app.exchanges(&code, &[]).await.0, 200);
}
