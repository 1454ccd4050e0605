//! What a body may not smuggle in. Threat T13.

use axum::http::StatusCode;
use serde_json::{Value, json};

use crate::town::{Town, fresh_key};

#[tokio::test]
async fn a_write_sent_twice_happens_once() {
    let town = Town::new();
    let nancy = town.nancy();
    let path = "/api/v1/people/me/blocks";
    let key = fresh_key();
    let body = json!({ "whom": "everyone" });
    let send =
        async |body: &Value| town.write("POST", Some(&nancy), path, body, &[("idempotency-key", &key)]).await;
    let first = send(&body).await;
    assert_eq!(first.status, StatusCode::OK, "{}", first.text());
    let again = send(&body).await;
    assert_eq!((again.status, &again.body), (first.status, &first.body));
    assert_eq!(again.header("idempotency-replayed"), "true");
    assert_eq!(town.get(Some(&nancy), path).await.json()["items"].as_array().unwrap().len(), 1);
    let other = send(&json!({ "whom": "everyone", "until": "2027-01-01T00:00:00Z" })).await;
    assert_eq!(other.code(), "idempotency-key-reused");
    // The key of one person is nothing to another.
    let einer = town.citizen(town.country.einer);
    let foreign = town.write("POST", Some(&einer), path, &body, &[("idempotency-key", &key)]).await;
    assert_eq!(foreign.status, StatusCode::OK, "{}", foreign.text());
    assert_eq!(foreign.header("idempotency-replayed"), "");
    town.pass_seconds(24 * 3600);
    let nancy = town.nancy();
    let later = town.write("POST", Some(&nancy), path, &body, &[("idempotency-key", &key)]).await;
    assert_eq!(later.header("idempotency-replayed"), "");
}

#[tokio::test]
async fn a_write_that_was_refused_may_be_corrected_under_the_same_key() {
    let town = Town::new();
    let nancy = town.nancy();
    let key = fresh_key();
    let send = async |body: Value| {
        town.write("POST", Some(&nancy), "/api/v1/people/me/blocks", &body, &[("idempotency-key", &key)])
            .await
    };
    let wrong = send(json!({ "whom": { "professional": { "authorisation_id": "?", "name": "x" } } })).await;
    assert_eq!(wrong.code(), "unfit", "{}", wrong.text());
    assert_eq!(send(json!({ "whom": "everyone" })).await.status, StatusCode::OK);
}

#[tokio::test]
async fn a_second_subject_in_the_body_is_refused() {
    let town = Town::new();
    let nancy = town.nancy();
    let other = town.country.einer.to_string();
    for extra in
        ["person", "patient", "subject", "actor", "role", "organisation", "authenticated_at", "use", "id"]
    {
        let mut body = json!({ "whom": "everyone" });
        body[extra] = json!(other);
        let answer = town.post(Some(&nancy), "/api/v1/people/me/blocks", &body).await;
        assert_eq!(
            (answer.status, answer.code().as_str()),
            (StatusCode::BAD_REQUEST, "unknown-field"),
            "{extra}"
        );
    }
}

#[tokio::test]
async fn a_cursor_opens_for_the_one_who_was_given_it_and_for_that_list() {
    let town = Town::new();
    let nancy = town.nancy();
    for _ in 0..3 {
        town.get(Some(&nancy), "/api/v1/me/medicine-card").await;
    }
    let page = town.get(Some(&nancy), "/api/v1/me/log?limit=1").await;
    assert_eq!(page.status, StatusCode::OK, "{}", page.text());
    let cursor = page.json()["next"].as_str().expect("more lines").to_owned();
    let next = format!("/api/v1/me/log?limit=1&cursor={cursor}");
    assert_eq!(town.get(Some(&nancy), &next).await.status, StatusCode::OK);
    let einer = town.citizen(town.country.einer);
    assert_eq!(town.get(Some(&einer), &next).await.code(), "bad-cursor");
    assert_eq!(
        town.get(Some(&nancy), &format!("/api/v1/me/looks?cursor={cursor}")).await.code(),
        "bad-cursor"
    );
    let mut forged = cursor.clone().into_bytes();
    forged[20] = if forged[20] == b'A' { b'B' } else { b'A' };
    let forged = String::from_utf8(forged).unwrap();
    assert_eq!(town.get(Some(&nancy), &format!("/api/v1/me/log?cursor={forged}")).await.code(), "bad-cursor");
    for bad in ["1", "", "....", &"A".repeat(3000)] {
        assert_eq!(
            town.get(Some(&nancy), &format!("/api/v1/me/log?cursor={bad}")).await.code(),
            "bad-cursor"
        );
    }
    for limit in ["0", "101", "99999999999999999999", "-1"] {
        let answer = town.get(Some(&nancy), &format!("/api/v1/me/log?limit={limit}")).await;
        assert!(answer.status.is_client_error(), "{limit}");
    }
}
