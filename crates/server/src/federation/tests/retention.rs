//! After fourteen days nothing is left on either side.

use axum::body::Body;
use axum::http::Request;
use exposure::gateway::Batch;
use exposure::gateway::cms::Certificate;
use jiff::ToSpan as _;
use register::testing::{SeededRandomness, TestRegister};
use services::smittestop::closing::{close, what_goes};
use services::smittestop::gateway::Way;
use tower::ServiceExt as _;

use super::europe::{Europe, keys};
use crate::federation::gateway::ClientCertificate;

// proves rule SS-43
#[tokio::test(flavor = "multi_thread")]
async fn keys_are_erased_after_fourteen_days_here_and_in_the_gateway() {
    let europe = Europe::new().await;
    *europe.of("SE").keys.lock().unwrap() = keys("SE", 0..5);
    assert_eq!(europe.of("SE").client.upload().await, Ok(5));
    europe.batches().await;
    assert_eq!(europe.of("DK").client.download().await, Ok(5));
    let sweep = || {
        europe.gateway.register.sweep().unwrap();
        europe.countries.values().for_each(|country| drop(country.house.register.sweep().unwrap()));
    };
    for _ in 0..13 {
        europe.pass(1.day());
        sweep();
    }
    assert_eq!(europe.for_phones("DK").len(), 5, "on the thirteenth day they are there");
    europe.pass(25.hours());
    // Not even before the sweep has come to it.
    assert_eq!(europe.for_phones("DK").len(), 0);
    sweep();
    for house in [&europe.gateway, &europe.of("DK").house, &europe.of("SE").house] {
        let receipts = house.register.receipts(50).unwrap();
        let gone: u64 = receipts.iter().map(|receipt| receipt.records).sum();
        assert!(gone > 0);
    }
    let path = &europe.of("DK").papers.connecting[0];
    let shown = Certificate::from_pem(&std::fs::read_to_string(path).unwrap()).unwrap();
    let mut request = Request::get("/diagnosiskeys/download/2026-11-20")
        .header("accept", "application/protobuf; version=1.0")
        .body(Body::empty())
        .unwrap();
    request.extensions_mut().insert(ClientCertificate(shown.der().to_vec()));
    let answer = europe.rehearsal.gateway.router().oneshot(request).await.unwrap();
    assert_eq!(answer.status(), 410);
}

/// Two who assess the app decide in this register that it is no longer needed.
fn closes(house: &TestRegister) {
    acts(house, |at| {
        let request = close::Request { first: "Anna".into(), second: "Bent".into(), reason: "forbi".into() };
        close::run(at, request).unwrap();
    });
}

fn standing(house: &TestRegister) -> u64 {
    acts(house, |at| what_goes::run(at).unwrap().iter().map(|one| one.records).sum())
}

fn acts<T>(house: &TestRegister, action: impl FnOnce(&services::Call<'_>) -> T) -> T {
    let call = house.call("app-evaluation", None, None);
    let randomness = SeededRandomness::new(9);
    action(&services::Call { register: &house.register, call: &call, randomness: &randomness })
}

// proves rule SS-45
#[tokio::test(flavor = "multi_thread")]
async fn a_country_that_closes_its_app_fetches_and_sends_nothing_more_and_the_others_go_on() {
    let europe = Europe::new().await;
    *europe.of("SE").keys.lock().unwrap() = keys("SE", 0..5);
    *europe.of("DK").keys.lock().unwrap() = keys("DK", 0..3);
    assert_eq!(europe.of("SE").client.upload().await, Ok(5));
    europe.batches().await;
    let home = europe.of("DK");
    assert_eq!(home.client.run(Way::Down).await, Ok(5));
    assert!(standing(&home.house) > 0);
    closes(&home.house);
    assert_eq!(standing(&home.house), 0);
    *europe.of("SE").keys.lock().unwrap() = keys("SE", 0..7);
    assert_eq!(europe.of("SE").client.upload().await, Ok(2));
    europe.batches().await;
    for way in [Way::Down, Way::Up] {
        assert_eq!(home.client.run(way).await, Ok(0), "{way:?}");
    }
    assert!(home.client.run_due().await.is_ok());
    assert_eq!(standing(&home.house), 0, "not even that a run ended");
    // Closed while a run was under way: what still comes down is not kept, and what went up is not either.
    assert_eq!(home.client.download().await, Ok(0));
    home.client.upload().await.unwrap();
    assert_eq!(standing(&home.house), 0);
    assert_eq!(europe.of("DE").client.run(Way::Down).await, Ok(7), "the gateway is not ours to close");
}

// proves rule SS-45
#[tokio::test(flavor = "multi_thread")]
async fn a_gateway_that_is_closed_where_it_stands_takes_in_nothing_and_says_so() {
    let europe = Europe::new().await;
    closes(&europe.gateway);
    let batch = Batch { keys: keys("SE", 0..2) };
    let (status, words) = europe.of("SE").client.upload_wrongly("AAAA", &batch).await;
    assert_eq!(status, 410);
    assert!(words.contains("closed"), "{words}");
    assert_eq!(standing(&europe.gateway), 0);
}
