//! A change must come from our own page. Threats 4.3.

use axum::body::Body;
use axum::http::StatusCode;
use serde_json::json;

use crate::town::{Town, fresh_key, request};

const BLOCK: &str = "/api/v1/people/me/blocks";

#[tokio::test]
async fn a_form_from_elsewhere_or_from_nowhere_is_refused() {
    let town = Town::new();
    let nancy = town.nancy();
    let cases: &[(&[(&str, &str)], bool)] = &[
        (&[("sec-fetch-site", "same-origin")], true),
        (&[("sec-fetch-site", "same-site")], false),
        (&[("sec-fetch-site", "cross-site")], false),
        (&[("sec-fetch-site", "none")], false),
        (&[("sec-fetch-site", "cross-site"), ("origin", "http://localhost:8080")], false),
        (&[("origin", "http://localhost:8080")], true),
        (&[("origin", "http://localhost:8080.evil.example")], false),
        (&[("origin", "https://localhost:8080")], false),
        (&[("origin", "null")], false),
        (&[("sec-fetch-site", "same-origin"), ("sec-fetch-site", "cross-site")], false),
        (&[], false),
    ];
    for (headers, allowed) in cases {
        let mut builder = request("POST", "/da/logout", Some(&nancy))
            .header("content-type", "application/x-www-form-urlencoded");
        for (name, value) in *headers {
            builder = builder.header(*name, *value);
        }
        let answer = town.send(builder.body(Body::from("_csrf=wrong")).unwrap()).await;
        // With a wrong token the request is refused all the same: the origin decides which check refuses.
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{headers:?} {allowed}");
        assert_eq!(town.get(Some(&nancy), "/api/v1/me").await.status, StatusCode::OK, "{headers:?}");
    }
}

#[tokio::test]
async fn the_api_wants_the_token_of_the_session_with_each_write() {
    let town = Town::new();
    let (nancy, einer) = (town.nancy(), town.citizen(town.country.einer));
    for token in [None, Some(String::new()), Some(einer.csrf.clone()), Some("a".repeat(43))] {
        let mut builder = request("POST", BLOCK, Some(&nancy))
            .header("content-type", "application/json")
            .header("idempotency-key", fresh_key())
            .header("sec-fetch-site", "same-origin");
        if let Some(token) = &token {
            builder = builder.header("x-csrf-token", token);
        }
        let answer =
            town.send(builder.body(Body::from(json!({ "whom": "everyone" }).to_string())).unwrap()).await;
        assert_eq!((answer.status, answer.code().as_str()), (StatusCode::FORBIDDEN, "cross-site"));
    }
    let answer = town.post(Some(&nancy), BLOCK, &json!({ "whom": "everyone" })).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
}

#[tokio::test]
async fn login_and_logout_are_forms_of_ours_too() {
    let town = Town::new();
    for path in ["/da/login/mitid", "/da/logout", "/en/sessions/abc/end"] {
        let answer = town
            .send(
                request("POST", path, None)
                    .header("sec-fetch-site", "cross-site")
                    .body(Body::empty())
                    .unwrap(),
            )
            .await;
        assert_eq!(answer.status, StatusCode::FORBIDDEN, "{path}");
        assert_eq!(town.get(None, path).await.status, StatusCode::METHOD_NOT_ALLOWED, "{path}");
    }
}

#[tokio::test]
async fn reading_changes_nothing() {
    let town = Town::new();
    let nancy = town.nancy();
    for path in [BLOCK, "/api/v1/me/sessions", "/da/me/blocks"] {
        town.get(Some(&nancy), path).await;
    }
    let blocks = town.get(Some(&nancy), BLOCK).await;
    assert_eq!(blocks.json()["items"].as_array().unwrap().len(), 0);
}
