//! What breaks on our side tells an event id and nothing else. ASVS 16.5.

use axum::Router;
use axum::body::Body;
use axum::http::StatusCode;
use server::{Code, Problem};

use crate::town::{Town, request};

#[tokio::test]
async fn a_failure_of_ours_has_an_event_id_and_no_words_of_the_machine() {
    let town = Town::new();
    let answer = town.get(None, "/api/v1/no/such/route").await;
    assert_eq!((answer.status, answer.code().as_str()), (StatusCode::NOT_FOUND, "not-found"));
    assert!(answer.json().get("event").is_none());
    assert_eq!(answer.header("content-type"), "application/problem+json");
}

#[test]
fn every_code_says_in_both_languages_what_happened_and_what_to_do() {
    let mut slugs = std::collections::BTreeSet::new();
    for code in Code::ALL {
        let entry = code.entry();
        assert!(slugs.insert(entry.slug), "{}", entry.slug);
        assert!(entry.slug.bytes().all(|b| b.is_ascii_lowercase() || b == b'-'), "{}", entry.slug);
        assert!((400..600).contains(&entry.status), "{}", entry.slug);
        for text in [entry.title.0, entry.title.1, entry.advice.0, entry.advice.1] {
            assert!(text.len() > 10, "{}", entry.slug);
        }
        assert_ne!(entry.title.0, entry.title.1);
    }
}

#[test]
fn what_the_register_cannot_do_is_said_and_when_to_come_back() {
    use register::Unavailable;
    for (unavailable, status, retry) in [
        (Unavailable::DiskFull, 503, true),
        (Unavailable::Engine, 503, true),
        (Unavailable::Keys, 503, true),
        (Unavailable::Tampered, 500, false),
        (Unavailable::Undeclared("x".into()), 500, false),
        (Unavailable::Closing, 503, true),
    ] {
        let problem = Problem::from(unavailable);
        assert_eq!(problem.status().as_u16(), status);
        assert_eq!(problem.retry_after_seconds.is_some(), retry);
    }
}

async fn breaks(problem: fn() -> Problem) -> (crate::town::Answer, Town) {
    let town = Town::new();
    let router: Router = server::with_layers(
        Router::new().route("/api/v1/broken", axum::routing::get(move || async move { problem() })),
        &town.app,
    );
    let answer =
        crate::town::send(router, request("GET", "/api/v1/broken", None).body(Body::empty()).unwrap()).await;
    (answer, town)
}

#[tokio::test]
async fn a_panic_is_an_event_id() {
    let (answer, _town) = breaks(|| panic!("2512489996 Nancy")).await;
    assert_eq!((answer.status, answer.code().as_str()), (StatusCode::INTERNAL_SERVER_ERROR, "internal"));
    assert_eq!(answer.json()["event"].as_str().unwrap().len(), 16);
    assert!(!answer.text().contains("2512489996") && !answer.text().contains("Nancy"));
    assert_eq!(answer.header("cache-control"), "no-store");
}

#[tokio::test]
async fn a_full_disk_says_so_and_shows_nothing() {
    let (answer, _town) = breaks(|| register::Unavailable::DiskFull.into()).await;
    assert_eq!((answer.status, answer.code().as_str()), (StatusCode::SERVICE_UNAVAILABLE, "storage-full"));
    assert_eq!(answer.header("retry-after"), "60");
}

#[tokio::test]
async fn a_broken_seal_is_an_event_id() {
    let (answer, _town) = breaks(|| register::Unavailable::Tampered.into()).await;
    assert_eq!((answer.status, answer.code().as_str()), (StatusCode::INTERNAL_SERVER_ERROR, "seal-broken"));
    assert!(answer.json()["event"].is_string());
}

#[tokio::test]
async fn a_page_that_breaks_is_a_page() {
    let town = Town::new();
    let router: Router = server::with_layers(
        Router::new().route("/da/broken", axum::routing::get(|| async { Problem::new(Code::Internal) })),
        &town.app,
    );
    let answer =
        crate::town::send(router, request("GET", "/da/broken", None).body(Body::empty()).unwrap()).await;
    assert_eq!(answer.status, StatusCode::INTERNAL_SERVER_ERROR);
    assert!(answer.header("content-type").starts_with("text/html"));
}

#[cfg(not(feature = "demo"))]
#[tokio::test]
async fn a_build_without_the_demonstration_has_no_address_of_it() {
    let town = Town::new();
    for path in ["/da/demo", "/da/demo/be", "/da/demo/time", "/en/demo/tour"] {
        assert_eq!(town.get(None, path).await.status, StatusCode::NOT_FOUND, "{path}");
    }
}
