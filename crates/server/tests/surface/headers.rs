//! The headers of threats 4.2 stand on every answer, errors too.

use axum::body::Body;
use serde_json::json;

use crate::town::{Town, fresh_key, request};

const EXPECTED: &[(&str, &str)] = &[
    (
        "content-security-policy",
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none'; object-src 'none'; frame-ancestors 'none'",
    ),
    ("strict-transport-security", "max-age=63072000; includeSubDomains"),
    ("x-content-type-options", "nosniff"),
    ("referrer-policy", "same-origin"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
];

#[tokio::test]
async fn every_answer_carries_the_headers_promised() {
    let town = Town::new();
    let nancy = town.nancy();
    let big = "a".repeat(5000);
    let cases: Vec<(&str, String, Option<&str>)> = vec![
        ("GET", "/".into(), None),
        ("GET", "/da/".into(), None),
        ("GET", "/nothing/here".into(), None),
        ("DELETE", "/api/v1/me".into(), Some("same-origin")),
        ("TRACE", "/".into(), Some("same-origin")),
        ("POST", "/da/logout".into(), Some("cross-site")),
        ("GET", "/api/v1/me".into(), None),
        ("GET", "/api/v1/openapi.json".into(), None),
        ("GET", format!("/{big}"), None),
        ("POST", "/api/v1/patients/find".into(), Some("same-origin")),
    ];
    for (method, path, site) in cases {
        for browser in [None, Some(&nancy)] {
            let mut builder = request(method, &path, browser);
            if let Some(site) = site {
                builder = builder.header("sec-fetch-site", site);
            }
            let answer = town.send(builder.body(Body::empty()).unwrap()).await;
            for (name, value) in EXPECTED {
                assert_eq!(answer.header(name), *value, "{method} {path:.40} {name}");
            }
            assert!(answer.header("permissions-policy").contains("geolocation=()"));
            for absent in ["server", "x-powered-by", "access-control-allow-origin", "via"] {
                assert!(!answer.headers.contains_key(absent), "{method} {path:.40} {absent}");
            }
        }
    }
}

#[tokio::test]
async fn whatever_is_personal_is_not_stored() {
    let town = Town::new();
    let nancy = town.nancy();
    for path in ["/api/v1/me", "/api/v1/me/medicine-card", "/api/v1/me/log", "/api/v1/me/sessions"] {
        assert_eq!(town.get(Some(&nancy), path).await.header("cache-control"), "no-store", "{path}");
    }
    let body = json!({ "cpr": "2512489996" });
    let found = town
        .write(
            "POST",
            Some(&town.doctor()),
            "/api/v1/patients/find",
            &body,
            &[("idempotency-key", &fresh_key())],
        )
        .await;
    assert_eq!(found.header("cache-control"), "no-store");
}

#[tokio::test]
async fn a_foreign_origin_gets_no_leave_to_read() {
    let town = Town::new();
    for (method, path) in [("GET", "/api/v1/me"), ("OPTIONS", "/api/v1/me"), ("OPTIONS", "/da/")] {
        let answer = town
            .send(
                request(method, path, Some(&town.nancy()))
                    .header("origin", "https://evil.example")
                    .header("access-control-request-method", "POST")
                    .body(Body::empty())
                    .unwrap(),
            )
            .await;
        assert!(
            answer.headers.keys().all(|name| !name.as_str().starts_with("access-control")),
            "{method} {path}"
        );
    }
}
