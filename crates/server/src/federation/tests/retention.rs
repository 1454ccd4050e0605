//! After fourteen days nothing is left on either side.

use axum::body::Body;
use axum::http::Request;
use exposure::gateway::cms::Certificate;
use jiff::ToSpan as _;
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
