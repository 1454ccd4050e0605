//! Systems: a signed assertion for a token of five minutes, and nothing else.

use axum::body::Body;
use axum::http::StatusCode;
use jsonwebtoken::{Algorithm, EncodingKey, Header};
use serde_json::{Value, json};
use server::config::{Signing, System};

use crate::broker::KeyPair;
use crate::town::{Answer, Town, config, fresh_key, request};

struct Feed {
    town: Town,
    key: KeyPair,
    _folder: tempfile::TempDir,
}

fn feed() -> Feed {
    feed_as("system")
}

fn feed_as(role: &str) -> Feed {
    let folder = tempfile::tempdir().unwrap();
    let key = KeyPair::new();
    let path = folder.path().join("feed.pem");
    std::fs::write(&path, key.public_pem()).unwrap();
    let mut config = config();
    config.systems = vec![System {
        client_id: "feed".into(),
        title: "CPR".into(),
        role: role.into(),
        cvr: None,
        key: path,
        algorithm: Signing::Es256,
    }];
    Feed { town: Town::with(config), key, _folder: folder }
}

impl Feed {
    fn claims(&self) -> Value {
        let now = self.town.now().as_second();
        json!({
            "iss": "feed", "sub": "feed", "aud": "http://localhost:8080/api/v1/token",
            "iat": now, "exp": now + 60, "jti": fresh_key(),
        })
    }

    fn sign(&self, claims: &Value) -> String {
        self.key.sign(claims, None)
    }

    async fn ask(&self, assertion: &str) -> Answer {
        let body = format!(
            "grant_type=client_credentials&client_id=feed&client_assertion_type=urn%3Aietf%3Aparams%3Aoauth%3Aclient-assertion-type%3Ajwt-bearer&client_assertion={assertion}"
        );
        let request = request("POST", "/api/v1/token", None)
            .header("content-type", "application/x-www-form-urlencoded");
        self.town.send(request.body(Body::from(body)).unwrap()).await
    }

    async fn with_token(&self, method: &str, path: &str, token: &str, body: Value) -> Answer {
        let request = request(method, path, None)
            .header("authorization", format!("Bearer {token}"))
            .header("content-type", "application/json")
            .header("idempotency-key", fresh_key());
        self.town.send(request.body(Body::from(body.to_string())).unwrap()).await
    }
}

#[tokio::test]
async fn a_token_opens_what_the_role_may_for_five_minutes() {
    let feed = feed();
    let answer = feed.ask(&feed.sign(&feed.claims())).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
    assert_eq!(answer.header("cache-control"), "no-store");
    assert_eq!(answer.json()["expires_in"], 300);
    let token = answer.json()["access_token"].as_str().unwrap().to_owned();
    let me = feed.with_token("GET", "/api/v1/me", &token, json!({})).await;
    assert_eq!((me.json()["persona"].as_str(), me.json()["role"].as_str()), (Some("system"), Some("system")));
    let sent = feed.with_token("POST", "/api/v1/feeds/people", &token, einer()).await;
    assert_eq!(sent.status, StatusCode::OK, "{}", sent.text());
    let path = format!("/api/v1/patients/{}/medicine-card", feed.town.country.nancy);
    assert_eq!(feed.with_token("GET", &path, &token, json!({})).await.code(), "not-found");
    let card = feed.with_token("GET", "/api/v1/people/me/blocks", &token, json!({})).await;
    assert_eq!(card.code(), "not-found");
    feed.town.pass_seconds(301);
    assert_eq!(feed.with_token("GET", "/api/v1/me", &token, json!({})).await.code(), "bad-credentials");
}

fn einer() -> Value {
    json!({ "people": [{
        "number": "0201609995", "name": "Einer Lauridsen", "address": "Testvej 2, 8000 Aarhus C", "protected": false,
        "insurance_group": "1", "birth_date": "1960-01-02", "sex": "male", "status": "01"
    }] })
}

#[tokio::test]
async fn the_feed_of_the_civil_register_sends_people_and_nothing_else() {
    let feed = feed_as("cpr");
    let answer = feed.ask(&feed.sign(&feed.claims())).await;
    let token = answer.json()["access_token"].as_str().unwrap().to_owned();
    let sent = feed.with_token("POST", "/api/v1/feeds/people", &token, einer()).await;
    assert_eq!(sent.status, StatusCode::OK, "{}", sent.text());
    let empty = json!({ "people": [] });
    assert_eq!(
        feed.with_token("POST", "/api/v1/feeds/people", &token, empty.clone()).await.status,
        StatusCode::OK
    );
    let professionals = json!({ "professionals": [] });
    let refused = feed.with_token("POST", "/api/v1/feeds/professionals", &token, professionals).await;
    assert_eq!(refused.code(), "not-found", "an empty feed too");
    // Nor does a member of staff send an empty feed.
    let sent = feed.town.post(Some(&feed.town.doctor()), "/api/v1/feeds/people", &empty).await;
    assert_eq!(sent.code(), "not-found", "{}", sent.text());
    // A system is no person and of no organisation here: it is refused, not answered with nothing.
    let mine = feed.with_token("GET", "/api/v1/me/patients", &token, json!({})).await;
    assert_eq!(mine.code(), "not-found", "{}", mine.text());
}

#[tokio::test]
async fn an_assertion_is_for_this_address_once_and_soon() {
    let feed = feed();
    let now = feed.town.now().as_second();
    for (name, value) in [
        ("aud", json!("http://localhost:8080/")),
        ("aud", json!(["http://localhost:8080/api/v1/token", "https://other.example"])),
        ("iss", json!("other")),
        ("sub", json!("other")),
        ("exp", json!(now - 120)),
        ("exp", json!(now + 3600)),
        ("iat", json!(now + 300)),
        ("jti", json!("short")),
        ("jti", Value::Null),
        ("iat", Value::Null),
    ] {
        let mut claims = feed.claims();
        claims[name] = value.clone();
        assert_eq!(feed.ask(&feed.sign(&claims)).await.code(), "bad-credentials", "{name} {value}");
    }
    let assertion = feed.sign(&feed.claims());
    assert_eq!(feed.ask(&assertion).await.status, StatusCode::OK);
    assert_eq!(feed.ask(&assertion).await.code(), "bad-credentials", "used once");
}

#[tokio::test]
async fn another_key_or_algorithm_is_refused() {
    let feed = feed();
    let claims = feed.claims();
    let other = KeyPair::new().sign(&claims, None);
    let as_secret = EncodingKey::from_secret(feed.key.public_pem().as_bytes());
    let confused = jsonwebtoken::encode(&Header::new(Algorithm::HS256), &claims, &as_secret).unwrap();
    let signed = feed.sign(&claims);
    let parts: Vec<&str> = signed.split('.').collect();
    let none = format!("eyJhbGciOiJub25lIn0.{}.", parts[1]);
    for assertion in
        [other, confused, none, format!("{}.{}.", parts[0], parts[1]), String::new(), "a.b.c".into()]
    {
        assert_eq!(feed.ask(&assertion).await.code(), "bad-credentials", "{assertion:.40}");
    }
}

#[tokio::test]
async fn the_tokens_of_systems_are_counted() {
    let feed = feed();
    let mut last = StatusCode::OK;
    for _ in 0..61 {
        last = feed.ask("a.b.c").await.status;
    }
    assert_eq!(last, StatusCode::TOO_MANY_REQUESTS);
}
