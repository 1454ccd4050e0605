//! Each limit answers 429 at one more than its number, with the time to wait. Threats 4.5.

use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::http::StatusCode;
use serde_json::json;
use std::net::SocketAddr;

use crate::town::{Town, config, request};

#[tokio::test]
async fn requests_from_one_address_are_counted() {
    let mut config = config();
    config.limits.requests_per_minute = 5;
    let town = Town::with(config);
    let from = async |address: &str| {
        let mut request = request("GET", "/api/v1/problems", None).body(Body::empty()).unwrap();
        request.extensions_mut().insert(ConnectInfo(SocketAddr::new(address.parse().unwrap(), 1)));
        town.send(request).await
    };
    for _ in 0..5 {
        assert_eq!(from("192.0.2.1").await.status, StatusCode::OK);
    }
    let refused = from("192.0.2.1").await;
    assert_eq!(
        (refused.status, refused.code().as_str()),
        (StatusCode::TOO_MANY_REQUESTS, "too-many-requests")
    );
    assert!(refused.header("retry-after").parse::<u64>().unwrap() >= 1);
    assert_eq!(from("192.0.2.2").await.status, StatusCode::OK);
    // One household has one /64.
    for _ in 0..5 {
        assert_eq!(from("2001:db8:0:1::1").await.status, StatusCode::OK);
    }
    assert_eq!(from("2001:db8:0:1:ffff::9").await.status, StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(from("2001:db8:0:2::1").await.status, StatusCode::OK);
    town.pass_seconds(60);
    assert_eq!(from("192.0.2.1").await.status, StatusCode::OK);
}

#[tokio::test]
async fn a_shared_address_has_more_room() {
    let mut config = config();
    config.limits.requests_per_minute = 2;
    config.limits.shared_factor = 3;
    config.limits.shared_addresses = vec!["192.0.2.0/24".parse().unwrap()];
    let town = Town::with(config);
    let mut passed = 0;
    for _ in 0..10 {
        let mut request = request("GET", "/api/v1/problems", None).body(Body::empty()).unwrap();
        request.extensions_mut().insert(ConnectInfo(SocketAddr::new("192.0.2.7".parse().unwrap(), 1)));
        passed += u32::from(town.send(request).await.status == StatusCode::OK);
    }
    assert_eq!(passed, 6);
}

#[tokio::test]
async fn requests_of_one_person_are_counted_over_all_her_sessions() {
    let mut config = config();
    config.limits.requests_per_minute_actor = 4;
    let town = Town::with(config);
    let (a, b) = (town.nancy(), town.nancy());
    for browser in [&a, &b, &a, &b] {
        assert_eq!(town.get(Some(browser), "/api/v1/me").await.status, StatusCode::OK);
    }
    assert_eq!(town.get(Some(&a), "/api/v1/me").await.status, StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(town.get(Some(&town.doctor()), "/api/v1/me").await.status, StatusCode::OK);
}

#[tokio::test]
async fn searches_by_number_are_counted() {
    let town = Town::new();
    let doctor = town.doctor();
    let find = async || {
        town.post(Some(&doctor), "/api/v1/patients/find", &json!({ "cpr": "2512489996" })).await.status
    };
    for _ in 0..30 {
        assert_ne!(find().await, StatusCode::TOO_MANY_REQUESTS);
    }
    assert_eq!(find().await, StatusCode::TOO_MANY_REQUESTS);
}

#[tokio::test]
async fn a_flood_of_refusals_stops_before_it_fills_the_log() {
    let town = Town::new();
    let stranger = town.other_doctor();
    let path = format!("/api/v1/patients/{}/medicine-card", town.country.nancy);
    let mut refused = 0;
    let mut last = StatusCode::OK;
    for _ in 0..310 {
        last = town.get(Some(&stranger), &path).await.status;
        refused += u32::from(last == StatusCode::FORBIDDEN);
    }
    assert_eq!(last, StatusCode::TOO_MANY_REQUESTS);
    assert_eq!(refused, 300);
    // The doctor who treats her is not hindered.
    let answer = town.get(Some(&town.doctor()), &path).await;
    assert_eq!(answer.status, StatusCode::OK, "{}", answer.text());
}

#[tokio::test]
async fn sizes_are_limited_before_anything_reads_the_request() {
    let town = Town::new();
    let nancy = town.nancy();
    let long = format!("/api/v1/{}", "a".repeat(4 * 1024));
    assert_eq!(town.get(None, &long).await.status, StatusCode::URI_TOO_LONG);
    let request = request("GET", "/api/v1/me", Some(&nancy))
        .header("x-a", "a".repeat(17 * 1024))
        .body(Body::empty())
        .unwrap();
    assert_eq!(town.send(request).await.status, StatusCode::REQUEST_HEADER_FIELDS_TOO_LARGE);
    let body = json!({ "cpr": "1".repeat(1024 * 1024) });
    let answer = town.post(Some(&nancy), "/api/v1/patients/find", &body).await;
    assert_eq!((answer.status, answer.code().as_str()), (StatusCode::PAYLOAD_TOO_LARGE, "too-large"));
}
