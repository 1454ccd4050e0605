//! What goes wrong between countries, and leaves nothing lost, double or believed.

use std::net::SocketAddr;

use axum::Router;
use axum::http::header::CONTENT_TYPE;
use axum::response::IntoResponse as _;
use exposure::gateway::{Batch, FederatedKey};
use jiff::ToSpan as _;
use services::smittestop::gateway::release::Decision;
use services::smittestop::gateway::{downloaded, held, release, state};

use super::europe::{Europe, as_told, door, key, keys, signed};
use super::refusals::{PROTOBUF, fetches};
use crate::federation::client::{Client, Failure};
use crate::federation::rehearsal::Misdeed;

/// The same country, started anew, perhaps with another gateway.
pub(super) fn again(europe: &Europe, country: &str, gateway: Option<SocketAddr>) -> Client {
    let one = europe.of(country);
    let all: Vec<_> = europe.countries.values().map(|one| &one.papers).collect();
    let mut settings = europe.rehearsal.settings_of(&one.papers, &all);
    if let Some(gateway) = gateway {
        settings.gateway = format!("http://{gateway}");
    }
    let from = one.keys.clone();
    let source =
        std::sync::Arc::new(move |_: &services::Call<'_>, _: jiff::Timestamp, _: jiff::Timestamp| {
            Ok::<_, register::Unavailable>(from.lock().unwrap().clone())
        });
    Client::of(door(&one.house, 77), &settings, source).unwrap()
}

/// Something on this machine that answers everything the same.
async fn answers(status: u16, form: &'static str, body: &'static str) -> SocketAddr {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    let answer = move || async move {
        let status = axum::http::StatusCode::from_u16(status).unwrap();
        (
            status,
            [(CONTENT_TYPE, form), (axum::http::HeaderName::from_static("batchtag"), "20261121-1")],
            body,
        )
            .into_response()
    };
    tokio::spawn(async move { axum::serve(listener, Router::new().fallback(answer)).await });
    address
}

#[tokio::test(flavor = "multi_thread")]
async fn a_web_page_that_says_sorry_with_200_is_a_failure() {
    let europe = Europe::new().await;
    *europe.of("DK").keys.lock().unwrap() = keys("DK", 0..3);
    let page = "<html>We are sorry</html>";
    for (status, form) in [(200, "text/html"), (200, "application/json"), (503, "text/html")] {
        let client = again(&europe, "DK", Some(answers(status, form, page).await));
        assert!(matches!(client.download().await, Err(Failure::NotAGateway(_))), "{status} {form}");
        assert!(matches!(client.upload().await, Err(Failure::NotAGateway(_))), "{status} {form}");
    }
    // Bytes that call themselves keys and are none.
    let client = again(&europe, "DK", Some(answers(200, "application/protobuf; version=1.0", page).await));
    assert!(matches!(client.download().await, Err(Failure::NotAGateway(_))));
    let gone = again(&europe, "DK", Some("127.0.0.1:1".parse().unwrap()));
    assert_eq!(gone.download().await, Err(Failure::Unreachable));
    // The real gateway gets everything afterwards.
    assert_eq!(europe.of("DK").client.upload().await, Ok(3));
}

#[tokio::test(flavor = "multi_thread")]
async fn killed_between_the_answer_and_the_record_nothing_is_lost_and_nothing_double() {
    let europe = Europe::new().await;
    *europe.of("DK").keys.lock().unwrap() = keys("DK", 0..4);
    // The gateway has stored these; the process died before it wrote that down.
    let sent = keys("DK", 0..4);
    let now = door(&europe.gateway, 1).now();
    let signature = signed(&europe.of("DK").papers, &sent[1..3], now);
    let batch = Batch { keys: sent[1..3].to_vec() };
    europe.of("DK").client.send_only("lost", &signature, &batch).await;
    assert_eq!(again(&europe, "DK", None).upload().await, Ok(2), "the two others");
    assert_eq!(again(&europe, "DK", None).upload().await, Ok(0));
    europe.batches().await;
    europe.of("SE").client.download().await.unwrap();
    assert_eq!(europe.for_phones("SE"), as_told(&sent));
}

#[tokio::test(flavor = "multi_thread")]
async fn killed_in_the_middle_of_a_download_it_goes_on_after_the_last_batch() {
    let europe = Europe::new().await;
    let all = keys("SE", 0..9);
    for part in [0..3, 3..6, 6..9] {
        *europe.of("SE").keys.lock().unwrap() = all[..part.end].to_vec();
        assert_eq!(europe.of("SE").client.upload().await, Ok(3));
        europe.batches().await;
    }
    // One batch was kept, then the process died.
    assert_eq!(europe.of("DK").client.download_at_most(1).await, Ok(3));
    assert_eq!(europe.for_phones("DK").len(), 3);
    assert_eq!(again(&europe, "DK", None).download_at_most(1).await, Ok(3));
    assert_eq!(again(&europe, "DK", None).download().await, Ok(3));
    assert_eq!(europe.for_phones("DK"), as_told(&all));
}

#[tokio::test(flavor = "multi_thread")]
async fn one_key_that_the_gateway_refuses_does_not_keep_the_others() {
    let europe = Europe::new().await;
    let mut sent: Vec<FederatedKey> = keys("DK", 0..33);
    // Passes here and is too old there: the clock of the gateway is days ahead.
    sent[20].rolling_start_interval_number -= 144 * 11;
    europe.gateway.clock.pass(3.days());
    *europe.of("DK").keys.lock().unwrap() = sent;
    assert_eq!(europe.of("DK").client.upload().await, Ok(32));
    assert_eq!(europe.of("DK").client.upload().await, Ok(0), "it is not sent again and again");
    let state = door(&europe.of("DK").house, 3).act_here(state::run).unwrap();
    assert_eq!((state.uploaded, state.refused), (32, 1));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_signature_that_we_do_not_know_leaves_out_that_country_and_no_other() {
    let europe = Europe::new().await;
    for country in ["SE", "DE"] {
        *europe.of(country).keys.lock().unwrap() = keys(country, 0..3);
        assert_eq!(europe.of(country).client.upload().await, Ok(3));
    }
    europe.batches().await;
    // Denmark has never heard of Sweden's certificate, whatever the gateway says of it.
    let dk = europe.of("DK");
    let settings = europe.rehearsal.settings_of(&dk.papers, &[&europe.of("DE").papers]);
    let source = std::sync::Arc::new(|_: &services::Call<'_>, _: jiff::Timestamp, _: jiff::Timestamp| {
        Ok::<_, register::Unavailable>(Vec::new())
    });
    let client = Client::of(door(&dk.house, 8), &settings, source).unwrap();
    assert_eq!(client.download().await, Ok(3));
    assert_eq!(europe.for_phones("DK"), as_told(&keys("DE", 0..3)));
    let state = door(&dk.house, 3).act_here(state::run).unwrap();
    assert_eq!(state.countries.get("SE").unwrap().unsigned, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn keys_that_were_left_out_for_an_unknown_certificate_come_once_it_is_listed_and_only_once() {
    let europe = Europe::new().await;
    for country in ["SE", "DE"] {
        *europe.of(country).keys.lock().unwrap() = keys(country, 0..3);
        assert_eq!(europe.of(country).client.upload().await, Ok(3));
    }
    europe.batches().await;
    // Sweden signs with a new certificate and Denmark has not heard of it; Sweden's old one is known.
    let se = europe.of("SE");
    let of = (&se.client, &se.papers, "DE");
    europe.rehearsal.misbehave(of, Misdeed::UnheardOf, keys("SE", 3..6)).await.unwrap();
    europe.batches().await;
    let dk = europe.of("DK");
    assert_eq!(dk.client.download().await, Ok(6));
    assert_eq!(dk.client.download().await, Ok(0), "nobody has told us of it yet");
    // More comes in between, so that the chain ends elsewhere.
    *europe.of("DE").keys.lock().unwrap() = keys("DE", 0..4);
    assert_eq!(europe.of("DE").client.upload().await, Ok(1));
    europe.batches().await;
    assert_eq!(dk.client.download().await, Ok(1));
    europe.pass(1.day());

    let [new, _] = europe.rehearsal.admit_unheard_of("SE").unwrap();
    let mut settings = europe.rehearsal.settings_of(&dk.papers, &[&se.papers, &europe.of("DE").papers]);
    settings.partners[0].certificates.push(new);
    let source = std::sync::Arc::new(|_: &services::Call<'_>, _: jiff::Timestamp, _: jiff::Timestamp| {
        Ok::<_, register::Unavailable>(Vec::new())
    });
    let client = Client::of(door(&dk.house, 8), &settings, source).unwrap();
    let before = door(&dk.house, 3).now();
    assert_eq!(client.download().await, Ok(3));
    assert_eq!(client.download().await, Ok(0), "once");
    let all = [keys("SE", 0..6), keys("DE", 0..4)].concat();
    assert_eq!(europe.for_phones("DK"), as_told(&all));
    // They go out with the files of now; those of yesterday are made.
    let request = downloaded::Request { from: before, until: before + 1.hour() };
    let now = door(&dk.house, 3).act_here(|at| downloaded::run(at, request)).unwrap();
    assert_eq!(now.len(), 3);
    let state = door(&dk.house, 3).act_here(state::run).unwrap();
    assert_eq!((state.unbelieved.len(), state.countries["SE"].unsigned), (0, 0));
    assert_eq!((state.countries["SE"].sent, state.countries["SE"].accepted), (6, 6));
    // The chain goes on where it had ended.
    *europe.of("DE").keys.lock().unwrap() = keys("DE", 0..5);
    assert_eq!(europe.of("DE").client.upload().await, Ok(1));
    europe.batches().await;
    assert_eq!(client.download().await, Ok(1));
}

/// What makes batches stands still; what is uploaded meanwhile is acknowledged.
#[tokio::test(flavor = "multi_thread")]
async fn after_a_stop_of_two_days_the_gateway_gives_out_all_that_it_has_acknowledged() {
    let europe = Europe::new().await;
    let all = keys("SE", 0..9);
    let uploads = async |upto: usize| {
        *europe.of("SE").keys.lock().unwrap() = all[..upto].to_vec();
        assert_eq!(europe.of("SE").client.upload().await, Ok(3));
    };
    uploads(3).await;
    europe.batches().await;
    assert_eq!(europe.of("DK").client.download().await, Ok(3));
    uploads(6).await;
    europe.pass(2.days());
    uploads(9).await;
    europe.batches().await;
    // By its tag, as who follows the chain asks.
    assert_eq!(europe.of("DK").client.download().await, Ok(6));
    assert_eq!(europe.for_phones("DK"), as_told(&all));
    // A batch is the same however it is asked for.
    let by_day = fetches(&europe, "DE", "/diagnosiskeys/download/2026-11-22", PROTOBUF, None).await;
    let by_tag = "/diagnosiskeys/download/2026-11-23";
    let by_tag = fetches(&europe, "DE", by_tag, PROTOBUF, Some("20261123-1")).await;
    assert_eq!(Batch::read(&by_tag.body).unwrap().keys.len(), 6);
    assert_eq!(by_day.body, by_tag.body);
}

/// Story 9: the poisoned neighbour.
#[tokio::test(flavor = "multi_thread")]
async fn far_more_keys_than_usual_wait_for_two_persons() {
    let europe = Europe::new().await;
    for day in 1..5_u32 {
        *europe.of("SE").keys.lock().unwrap() = (0..day * 200).map(|number| of_day(number, day)).collect();
        europe.of("SE").client.upload().await.unwrap();
        europe.batches().await;
        europe.of("DK").client.download().await.unwrap();
        europe.pass(1.day());
    }
    let usual = europe.for_phones("DK").len();
    assert!(usual > 600, "{usual}");
    // A hundred times as many, as keys of today.
    *europe.of("SE").keys.lock().unwrap() = (10_000..14_000).map(|number| of_day(number, 5)).collect();
    assert_eq!(europe.of("SE").client.upload().await, Ok(4_000));
    europe.batches().await;
    assert_eq!(europe.of("DK").client.download().await, Ok(0));
    assert_eq!(europe.for_phones("DK").len(), usual, "held");
    let at = door(&europe.of("DK").house, 3);
    let waiting = at.act_here(held::run).unwrap();
    assert_eq!(waiting.len(), 1);
    let decide = |decision, second: &str| {
        let one = &waiting[0];
        let by = ["Anna".to_owned(), second.to_owned()];
        let (country, day, tag) = (one.country.clone(), one.day, one.tag.clone());
        let request = release::Request { country, day, tag, decision, by };
        at.act_here(|at| release::run(at, &request))
    };
    assert!(decide(Decision::Release, " anna ").is_err(), "one person is not two");
    assert_eq!(europe.for_phones("DK").len(), usual);
    assert_eq!(decide(Decision::Release, "Bo").unwrap(), 4_000);
    assert!(decide(Decision::Discard, "Bo").is_err(), "decided already");
    assert_eq!(europe.for_phones("DK").len(), usual + 4_000);
}

/// A key that is in use on the day before a day of the exchange.
fn of_day(number: u32, day: u32) -> FederatedKey {
    let mut key = key("SE", number + day * 100_000);
    key.rolling_start_interval_number += 144 * (day - 1);
    key
}
