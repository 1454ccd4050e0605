//! The page about keys between countries, over the real router: what anyone reads, and what only the operator does.

use std::sync::Arc;

use axum::body::Body;
use axum::http::Request;
use jiff::ToSpan as _;
use register::testing::SeededRandomness;
use tower::ServiceExt as _;

use super::europe::{Europe, keys};
use crate::config::Config;
use crate::{App, Parts, Proofs, SecurityLog};

fn app(europe: &Europe, takes_part: bool) -> App {
    let here = |port: u16| std::net::SocketAddr::from(([127, 0, 0, 1], port));
    let mut config = Config::loopback(here(8080), here(9090), "sds");
    let all: Vec<_> = europe.countries.values().map(|one| &one.papers).collect();
    let dk = europe.of("DK");
    config.federation = takes_part.then(|| europe.rehearsal.settings_of(&dk.papers, &all));
    App::new(Parts {
        register: dk.house.register.clone(),
        clock: dk.house.clock.clone(),
        randomness: Arc::new(SeededRandomness::new(11)),
        config,
        security_log: SecurityLog::default(),
        proofs: Proofs::read(""),
        #[cfg(feature = "demo")]
        demo: None,
    })
    .unwrap()
}

async fn get(app: &App, path: &str) -> (u16, String) {
    let client = axum::extract::ConnectInfo(std::net::SocketAddr::from(([127, 0, 0, 1], 4_000)));
    let mut request = Request::get(path).header("host", "localhost:8080").body(Body::empty()).unwrap();
    request.extensions_mut().insert(client);
    let answer = crate::router(app.clone()).oneshot(request).await.unwrap();
    let status = answer.status().as_u16();
    let body = axum::body::to_bytes(answer.into_body(), usize::MAX).await.unwrap();
    (status, String::from_utf8(body.to_vec()).unwrap())
}

#[tokio::test(flavor = "multi_thread")]
async fn anyone_reads_in_both_languages_how_it_stands_and_no_number_of_a_single_person() {
    let europe = Europe::new().await;
    let app = app(&europe, true);
    for (lang, nothing) in [("da", "Intet er udvekslet endnu"), ("en", "Nothing has been exchanged yet")] {
        let (status, page) = get(&app, &format!("/{lang}/europe")).await;
        assert_eq!(status, 200);
        assert!(page.contains(nothing), "{lang}");
    }
    *europe.of("SE").keys.lock().unwrap() = keys("SE", 0..7);
    europe.of("SE").client.upload().await.unwrap();
    europe.batches().await;
    let client = app.federation().unwrap();
    assert_eq!(client.run(services::smittestop::gateway::Way::Down).await, Ok(7));
    europe.pass(2.minutes());
    for (lang, sweden, rounded) in [("da", "Sverige", "højst 100"), ("en", "Sweden", "at most 100")] {
        let (_, page) = get(&app, &format!("/{lang}/europe")).await;
        assert!(page.contains(sweden) && page.contains(rounded), "{lang}");
        assert!(!page.contains(">7<"), "{lang}");
    }
    let (status, _) = get(&app, "/en/operator/europe").await;
    assert_eq!(status, 401, "the operator's page is the operator's");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_takes_no_part_has_no_such_page() {
    let europe = Europe::new().await;
    assert_eq!(get(&app(&europe, false), "/da/europe").await.0, 404);
}

/// Who looks again and again makes no line each time.
#[tokio::test(flavor = "multi_thread")]
async fn the_page_for_anyone_looks_once_a_minute() {
    let europe = Europe::new().await;
    let app = app(&europe, true);
    let state = async || app.between().state(crate::federation::Fresh::AMinute).await.unwrap();
    assert!(state().await.countries.is_empty());
    *europe.of("SE").keys.lock().unwrap() = keys("SE", 0..7);
    europe.of("SE").client.upload().await.unwrap();
    europe.batches().await;
    europe.of("DK").client.download().await.unwrap();
    europe.pass(30.seconds());
    assert!(state().await.countries.contains_key("SE"), "five minutes have passed");
    *europe.of("DE").keys.lock().unwrap() = keys("DE", 0..7);
    europe.of("DE").client.upload().await.unwrap();
    europe.gateway.clock.pass(6.minutes());
    europe.rehearsal.gateway.run_due().await.unwrap();
    europe.of("DK").client.download().await.unwrap();
    assert!(!state().await.countries.contains_key("DE"), "looked a moment ago");
    let now = app.between().state(crate::federation::Fresh::Now).await.unwrap();
    assert!(now.countries.contains_key("DE"));
}
