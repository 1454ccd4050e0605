//! A country misbehaves: who notices, what is kept, and what is written down of it.

use std::net::SocketAddr;

use axum::http::HeaderName;
use axum::http::header::CONTENT_TYPE;
use axum::routing::get;
use axum::{Json, Router};
use exposure::gateway::{Batch, FederatedKey};
use serde_json::json;
use services::gateway_service::state as at_gateway;
use services::smittestop::gateway::state;

use super::europe::{Europe, as_told, door, keys, signed};
use super::trouble::again;
use crate::federation::rehearsal::{Misdeed, Outcome};

const BATCH_TAG: HeaderName = HeaderName::from_static("batchtag");

async fn sweden_does(europe: &Europe, misdeed: Misdeed, numbers: std::ops::Range<u32>) -> Outcome {
    let se = europe.of("SE");
    let of = (&se.client, &se.papers, "DE");
    europe.rehearsal.misbehave(of, misdeed, keys("SE", numbers)).await.unwrap()
}

async fn at_gateway(europe: &Europe) -> at_gateway::State {
    europe.rehearsal.gateway.state().await.unwrap()
}

/// Threat T19.
#[tokio::test(flavor = "multi_thread")]
async fn what_the_gateway_refuses_is_written_down_without_a_key_of_it() {
    let europe = Europe::new().await;
    for (misdeed, why) in [
        (Misdeed::BadSignature, "bad-signature"),
        (Misdeed::ForAnother, "other-origin"),
        (Misdeed::BadKey, "bad-key"),
    ] {
        let outcome = sweden_does(&europe, misdeed, 0..10).await;
        assert_eq!((outcome.status, outcome.keys), (400, 10), "{misdeed:?}");
        assert!(!outcome.words.is_empty());
        let state = at_gateway(&europe).await;
        let refused = &state.countries["SE"].refused[0];
        assert_eq!((refused.why.as_str(), refused.keys), (why, 10), "{misdeed:?}");
    }
    let state = at_gateway(&europe).await;
    assert_eq!(state.countries["SE"].keys, 0);
    assert!(state.countries["DE"].refused.is_empty(), "not on the one who was lied about");
    europe.batches().await;
    assert_eq!(europe.of("DK").client.download().await, Ok(0));
    // An honest upload of the same keys passes afterwards.
    *europe.of("SE").keys.lock().unwrap() = keys("SE", 0..10);
    assert_eq!(europe.of("SE").client.upload().await, Ok(10));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_country_that_is_refused_again_and_again_does_not_fill_the_list() {
    let europe = Europe::new().await;
    for _ in 0..55 {
        assert_eq!(sweden_does(&europe, Misdeed::ForAnother, 0..1).await.status, 400);
    }
    assert_eq!(at_gateway(&europe).await.countries["SE"].refused.len(), 50);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_certificate_that_only_the_gateway_knows_is_noticed_by_each_country() {
    let europe = Europe::new().await;
    *europe.of("DE").keys.lock().unwrap() = keys("DE", 0..3);
    assert_eq!(europe.of("DE").client.upload().await, Ok(3));
    assert_eq!(sweden_does(&europe, Misdeed::UnheardOf, 0..10).await.status, 201);
    europe.batches().await;
    assert_eq!(europe.of("DK").client.download().await, Ok(3));
    assert_eq!(europe.for_phones("DK"), as_told(&keys("DE", 0..3)));
    let state = door(&europe.of("DK").house, 3).act_here(state::run).unwrap();
    let told = &state.unbelieved[0];
    assert_eq!((told.country.as_str(), told.keys, told.why.as_str()), ("SE", 10, "unknown-certificate"));
    assert_eq!(state.days.values().map(|moved| moved.down).sum::<u64>(), 3);
}

/// A gateway of its own mind: it gives out one batch, and says of each upload in it whose it was.
async fn gateway_that_says(uploads: &[(&str, &str, Vec<FederatedKey>)]) -> SocketAddr {
    let account = json!(uploads.iter().map(|(said, signature, keys)| json!({
        "country": said, "uploadedTime": "2026-11-21T09:00:00Z", "amount": keys.len(), "batchSignature": signature,
    })).collect::<Vec<_>>());
    let batch = Batch { keys: uploads.iter().flat_map(|(_, _, keys)| keys.clone()).collect() }.to_bytes();
    let protobuf = [(CONTENT_TYPE, "application/protobuf; version=1.0"), (BATCH_TAG, "20261121-1")];
    let routes = Router::new()
        .route("/diagnosiskeys/download/{day}", get(async move || (protobuf, batch.clone())))
        .route("/diagnosiskeys/audit/download/{day}/{tag}", get(async move || Json(account.clone())));
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move { axum::serve(listener, routes).await });
    address
}

#[tokio::test(flavor = "multi_thread")]
async fn keys_that_one_country_signed_and_the_gateway_lays_to_another_are_not_believed() {
    let europe = Europe::new().await;
    let now = door(&europe.gateway, 1).now();
    let sign = |country, keys: &[FederatedKey]| signed(&europe.of(country).papers, keys, now);
    // Both uploads are sound: signed with certificates that Denmark knows, each over keys of the one who signed. Only
    // the account is wrong: what Sweden sent is put down to Germany.
    let (of_sweden, of_germany) = (keys("SE", 0..10), keys("DE", 0..3));
    let (by_sweden, by_germany) = (sign("SE", &of_sweden), sign("DE", &of_germany));
    let lying =
        [("DE", by_sweden.as_str(), of_sweden.clone()), ("SE", by_germany.as_str(), of_germany.clone())];
    let dk = europe.of("DK");
    let gateway = gateway_that_says(&lying).await;
    assert_eq!(again(&europe, "DK", Some(gateway)).download().await, Ok(0));
    assert_eq!(europe.for_phones("DK"), []);
    let state = door(&dk.house, 3).act_here(state::run).unwrap();
    let told: Vec<_> =
        state.unbelieved.iter().map(|one| (one.country.as_str(), one.keys, one.why.as_str())).collect();
    assert_eq!(told, [("SE", 3, "other-country"), ("DE", 10, "other-country")]);
    assert_eq!(state.days.values().map(|moved| moved.down).sum::<u64>(), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn the_same_keys_are_believed_of_the_country_that_signed_them() {
    let europe = Europe::new().await;
    let now = door(&europe.gateway, 1).now();
    let of_sweden = keys("SE", 0..10);
    let by_sweden = signed(&europe.of("SE").papers, &of_sweden, now);
    let gateway = gateway_that_says(&[("SE", &by_sweden, of_sweden.clone())]).await;
    assert_eq!(again(&europe, "DK", Some(gateway)).download().await, Ok(10));
    assert_eq!(europe.for_phones("DK"), as_told(&of_sweden));
}

/// A country that connects as itself and signs with another's certificate: the gateway is the first who notices.
#[tokio::test(flavor = "multi_thread")]
async fn an_upload_that_another_country_signed_is_refused_by_the_gateway() {
    let europe = Europe::new().await;
    let (se, now) = (europe.of("SE"), door(&europe.gateway, 1).now());
    for sent in [keys("DE", 0..4), keys("SE", 0..4), Vec::new()] {
        let by_germany = signed(&europe.of("DE").papers, &sent, now);
        let answer = se.client.upload_wrongly(&by_germany, &Batch { keys: sent.clone() }).await;
        assert_eq!(answer.0, 400, "{answer:?}");
    }
    assert_eq!(at_gateway(&europe).await.countries["SE"].refused.len(), 3);
    assert_eq!(at_gateway(&europe).await.countries["SE"].keys, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn far_more_than_a_country_may_send_in_a_day_is_held() {
    let europe = Europe::new().await;
    let dk = europe.of("DK");
    let all: Vec<_> = europe.countries.values().map(|one| &one.papers).collect();
    let mut settings = europe.rehearsal.settings_of(&dk.papers, &all);
    settings.keys_per_day_max = 5_000;
    let source = std::sync::Arc::new(|_: &services::Call<'_>, _: jiff::Timestamp, _: jiff::Timestamp| {
        Ok::<_, register::Unavailable>(Vec::new())
    });
    let client = crate::federation::client::Client::of(door(&dk.house, 9), &settings, source).unwrap();
    let outcome = sweden_does(&europe, Misdeed::Flood, 0..5_500).await;
    assert_eq!((outcome.status, outcome.keys), (201, 5_500));
    europe.batches().await;
    client.download().await.unwrap();
    let state = door(&dk.house, 3).act_here(state::run).unwrap();
    assert!(!state.held.is_empty() && state.held.iter().all(|held| held.country == "SE"));
    assert!(europe.for_phones("DK").len() <= 5_000);
}
