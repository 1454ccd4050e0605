//! The page about keys between countries, over the real router: what anyone reads, and what only the operator does.

use std::sync::Arc;

use axum::body::Body;
use axum::http::Request;
use jiff::ToSpan as _;
use register::Personal;
use register::testing::SeededRandomness;
use tower::ServiceExt as _;

use super::europe::{Europe, keys};
use crate::config::{Config, FederationSettings};
use crate::session::{Identity, Persona};
use crate::{App, Parts, Proofs, SecurityLog};

fn app(europe: &Europe, takes_part: bool) -> App {
    app_with(europe, takes_part.then_some(200_000))
}

/// A server of Denmark that takes so many keys of one country in a day.
fn app_that_takes(europe: &Europe, keys_per_day_max: u64) -> App {
    app_with(europe, Some(keys_per_day_max))
}

fn app_with(europe: &Europe, keys_per_day_max: Option<u64>) -> App {
    let here = |port: u16| std::net::SocketAddr::from(([127, 0, 0, 1], port));
    let mut config = Config::loopback(here(8080), here(9090), "sds");
    let all: Vec<_> = europe.countries.values().map(|one| &one.papers).collect();
    let dk = europe.of("DK");
    config.federation = keys_per_day_max.map(|keys_per_day_max| FederationSettings {
        keys_per_day_max,
        ..europe.rehearsal.settings_of(&dk.papers, &all)
    });
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

/// Somebody who is logged in.
struct Browser {
    cookie: String,
    csrf: String,
}

fn operator(app: &App, name: &str) -> Browser {
    let identity = Identity {
        issuer: "https://broker.test".to_owned(),
        subject: Personal::new(name.to_owned()),
        persona: Persona::Operator,
        person: None,
        role: app.role("supplier").unwrap(),
        organisation: None,
        name: Personal::new(name.to_owned()),
        organisation_name: None,
        on_behalf_of: None,
        logout_hint: None,
    };
    let started = app.sessions().start(identity, 0, app.clock(), app.randomness());
    let live = app.sessions().touch(&started.id, app.clock()).unwrap();
    Browser { cookie: format!("__Host-session={}", started.id.text()), csrf: live.csrf }
}

impl Browser {
    async fn asks(&self, app: &App, mut request: Request<Body>) -> (u16, String, String) {
        let client = axum::extract::ConnectInfo(std::net::SocketAddr::from(([127, 0, 0, 1], 4_000)));
        request.extensions_mut().insert(client);
        request.headers_mut().insert("host", "localhost:8080".parse().unwrap());
        request.headers_mut().insert("cookie", self.cookie.parse().unwrap());
        request.headers_mut().insert("sec-fetch-site", "same-origin".parse().unwrap());
        let answer = crate::router(app.clone()).oneshot(request).await.unwrap();
        let status = answer.status().as_u16();
        let to = answer.headers().get("location").map(|to| to.to_str().unwrap().to_owned());
        let body = axum::body::to_bytes(answer.into_body(), usize::MAX).await.unwrap();
        (status, to.unwrap_or_default(), String::from_utf8(body.to_vec()).unwrap())
    }

    async fn page(&self, app: &App, lang: &str) -> String {
        let request = Request::get(format!("/{lang}/operator/europe")).body(Body::empty()).unwrap();
        self.asks(app, request).await.2
    }

    /// Says what should become of what Sweden sent.
    async fn says(&self, app: &App, decision: &str) -> (u16, String, String) {
        let held = app.between().state(crate::federation::Fresh::Now).await.unwrap().held;
        let (day, tag) = held.first().map_or(("2026-11-21".to_owned(), "none".to_owned()), |one| {
            (one.day.to_string(), one.tag.clone())
        });
        let form = format!("_csrf={}&country=SE&day={day}&tag={tag}&decision={decision}", self.csrf);
        let request = Request::post("/en/operator/europe/held")
            .header("content-type", "application/x-www-form-urlencoded")
            .body(Body::from(form))
            .unwrap();
        self.asks(app, request).await
    }
}

/// A server that holds the keys of Sweden, for there are more than it takes in a day.
async fn flooded(europe: &Europe) -> App {
    let app = app_that_takes(europe, 5);
    *europe.of("SE").keys.lock().unwrap() = keys("SE", 0..7);
    europe.of("SE").client.upload().await.unwrap();
    europe.batches().await;
    app.federation().unwrap().run(services::smittestop::gateway::Way::Down).await.unwrap();
    app
}

async fn for_phones(app: &App) -> u64 {
    let state = app.between().state(crate::federation::Fresh::Now).await.unwrap();
    state.countries.get("SE").map_or(0, |one| one.accepted)
}

#[tokio::test(flavor = "multi_thread")]
async fn held_keys_are_released_by_two_operators_and_not_by_one_who_does_it_twice() {
    let europe = Europe::new().await;
    let app = flooded(&europe).await;
    let (ada, bo) = (operator(&app, "Ada Lund"), operator(&app, "Bo Holm"));
    for (lang, words) in [("da", "Foreslå at frigive det"), ("en", "Propose to release it")] {
        assert!(ada.page(&app, lang).await.contains(words), "{lang}");
    }
    assert_eq!(for_phones(&app).await, 0);
    let (status, to, _) = ada.says(&app, "release").await;
    assert_eq!((status, to.as_str()), (303, "/en/operator/europe?done=proposed"));
    let (status, _, page) = ada.says(&app, "release").await;
    assert_eq!(status, 422);
    assert!(page.contains("One person cannot be both"), "{page}");
    // Nor in another session of hers.
    assert_eq!(operator(&app, "Ada Lund").says(&app, "release").await.0, 422);
    assert_eq!(for_phones(&app).await, 0, "one person said it three times");
    let page = bo.page(&app, "en").await;
    assert!(page.contains("Ada Lund") && page.contains("Agree: release it to phones"), "{page}");
    let (status, to, _) = bo.says(&app, "release").await;
    assert_eq!((status, to.as_str()), (303, "/en/operator/europe?done=released"));
    assert_eq!(for_phones(&app).await, 7);
    let (status, _, page) = bo.says(&app, "release").await;
    assert_eq!(status, 422);
    assert!(page.contains("This no longer waits"), "{page}");
}

#[tokio::test(flavor = "multi_thread")]
async fn held_keys_that_two_operators_discard_reach_no_phone_and_who_disagrees_does_not_agree() {
    let europe = Europe::new().await;
    let app = flooded(&europe).await;
    let (ada, bo) = (operator(&app, "Ada Lund"), operator(&app, "Bo Holm"));
    ada.says(&app, "release").await;
    assert_eq!(bo.says(&app, "discard").await.1, "/en/operator/europe?done=proposed");
    assert_eq!(bo.says(&app, "take-back").await.1, "/en/operator/europe?done=taken-back-proposal");
    assert_eq!(ada.says(&app, "discard").await.1, "/en/operator/europe?done=proposed", "Bo's is gone");
    assert_eq!(bo.says(&app, "discard").await.1, "/en/operator/europe?done=discarded");
    let state = app.between().state(crate::federation::Fresh::Now).await.unwrap();
    assert!(state.held.is_empty() && state.countries["SE"].accepted == 0, "{state:?}");
}

/// Threats 4.12: a stolen session of an operator releases nothing.
#[tokio::test(flavor = "multi_thread")]
async fn who_decides_has_logged_in_a_moment_ago_and_is_an_operator() {
    let europe = Europe::new().await;
    let app = flooded(&europe).await;
    let ada = operator(&app, "Ada Lund");
    europe.pass(301.seconds());
    assert_eq!(ada.says(&app, "release").await.0, 403, "a fresh login is needed");
    let nobody = Browser { cookie: "a=b".to_owned(), csrf: String::new() };
    assert!(nobody.says(&app, "release").await.0 >= 400);
    assert!(app.between().state(crate::federation::Fresh::Now).await.unwrap().held.len() == 1);
    assert!(!operator(&app, "Bo Holm").page(&app, "en").await.contains("Ada Lund"), "nothing was proposed");
}
