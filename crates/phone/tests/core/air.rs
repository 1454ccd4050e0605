//! Two phones whose calls really travel, over this machine's loopback, and servers that are really asked.

use std::net::Ipv4Addr;
use std::thread;

use exposure::ReportType;
use jiff::SignedDuration;
use phone::network::{HttpNetwork, Network, NetworkError, Question, Server};
use phone::radio::loopback::{LoopbackRadio, Place};
use phone::radio::signal::Surroundings;
use phone::{Event, Routine, Settings};

use crate::house::{Typed, at, new_phone, seeded, signer};
use crate::servers::{Servers, country, name, zip};

fn settings(signer: &exposure::export::P256Signer) -> Settings {
    Settings {
        country: country(signer.trusted()),
        authority: "dk".to_owned(),
        zone: jiff::tz::TimeZone::get("Europe/Copenhagen").unwrap(),
        transmit_power_dbm: -20,
        statistics: None,
    }
}

fn radio(metres: f64) -> LoopbackRadio {
    let place = Place { x_metres: metres, y_metres: 0.0, room: 1 };
    LoopbackRadio::bind(0, place, Surroundings::INDOORS, -20).unwrap()
}

/// Two phones so far apart for an hour; then one falls ill. Whether the other is warned, and how often it changed.
fn hour(metres: f64) -> (bool, usize) {
    let signer = signer();
    let settings = settings(&signer);
    let (mut phones, mut radios) = ([new_phone(), new_phone()], [radio(0.0), radio(metres)]);
    let ports: Vec<u16> = radios.iter().map(|radio| radio.port().unwrap()).collect();
    radios[0].reaches(vec![ports[1]]);
    radios[1].reaches(vec![ports[0]]);
    let mut random = seeded(20);
    let mut now = at("2026-11-20T12:00Z");
    let mut routines = [0, 1].map(|_| Routine::new(now, &settings, &mut random));
    let mut silent = Servers::default();
    let mut renewed = 0;
    while now < at("2026-11-20T13:00Z") {
        for radio in &mut radios {
            phone::radio::Radio::repeat(radio, now).unwrap();
        }
        for at in 0..2 {
            if routines[at].due(&mut phones[at]) <= now {
                let events = routines[at]
                    .run(&mut phones[at], &mut radios[at], &mut silent, &settings, now, &mut random)
                    .unwrap();
                renewed += events.iter().filter(|event| matches!(event, Event::Renewed)).count();
            }
        }
        now += SignedDuration::from_secs(1);
    }
    let [ill, well] = &mut phones;
    let keys: Vec<Typed> = ill
        .releases(at("2026-11-21T08:00Z"), &mut random)
        .unwrap()
        .into_iter()
        .map(|key| (key, ReportType::ConfirmedTest, Some(0)))
        .collect();
    let until = at("2026-11-21T11:00Z");
    let mut servers = Servers::default();
    servers.publishes(&name(until), zip(&keys, until, "DK", &signer)).lists(&[name(until)]);
    let now = at("2026-11-21T12:00Z");
    routines[1].look_at(now);
    let events = routines[1].run(well, &mut radios[1], &mut servers, &settings, now, &mut random).unwrap();
    let warned = events.iter().any(|event| matches!(event, Event::Looked(look) if look.warning.is_some()));
    assert_eq!(warned, events.iter().any(|event| matches!(event, Event::Shown(1))));
    (warned, renewed)
}

/// Rules SS-08, SS-09: identifiers travel by radio, change every 10 to 20 minutes, and near is told from far.
#[test]
fn phones_that_hear_each_other_warn_and_phones_far_apart_do_not_ss_08_ss_09() {
    let (warned, renewed) = hour(1.0);
    assert!(warned);
    // An hour of two phones, each with 3 to 6 changes after the first.
    assert!((8..=14).contains(&renewed), "{renewed}");
    assert!(!hour(60.0).0);
}

/// Answers each request with what a function says, until it has answered so many.
fn serve(
    count: usize,
    reply: fn(&tiny_http::Request) -> (u16, &'static str, Vec<u8>),
) -> (String, thread::JoinHandle<Vec<String>>) {
    let server = tiny_http::Server::http((Ipv4Addr::LOCALHOST, 0)).unwrap();
    let address = format!("http://{}", server.server_addr());
    let handle = thread::spawn(move || {
        (0..count)
            .map(|_| {
                let request = server.recv().unwrap();
                let mut headers: Vec<String> = request
                    .headers()
                    .iter()
                    .map(|header| format!("{}: {}", header.field, header.value))
                    .collect();
                headers.sort();
                let said = format!("{} {} {}", request.method(), request.url(), headers.join(", "));
                let (status, kind, body) = reply(&request);
                let kind = tiny_http::Header::from_bytes("Content-Type", kind).unwrap();
                let location = tiny_http::Header::from_bytes("Location", "/elsewhere").unwrap();
                let tag = tiny_http::Header::from_bytes("ETag", "\"t\"").unwrap();
                let response = tiny_http::Response::from_data(body).with_status_code(status);
                let _ = request.respond(response.with_header(kind).with_header(location).with_header(tag));
                said
            })
            .collect()
    });
    (address, handle)
}

#[test]
fn the_servers_are_asked_without_a_trace_of_who_asks() {
    let (address, asked) = serve(5, |request| match request.url() {
        "/long" => (200, "text/plain", vec![b'x'; 5_000]),
        "/moved" => (302, "text/html", Vec::new()),
        _ => (200, "application/json", b"{}".to_vec()),
    });
    let mut network = HttpNetwork::new(&address, &address, &[]).unwrap();
    let answer = network
        .ask(&Question { known_tag: Some("\"t\""), ..Question::fetch(Server::Keys, "/list", 1_000) })
        .unwrap();
    assert_eq!((answer.status, answer.tag.as_deref()), (200, Some("\"t\"")));
    assert_eq!(network.ask(&Question::fetch(Server::Keys, "/long", 1_000)), Err(NetworkError::TooLong));
    let moved = network.ask(&Question::fetch(Server::Keys, "/moved", 1_000)).unwrap();
    assert_eq!(moved.bytes(&["text/html"]), Err(NetworkError::SomebodyElse));
    let real = Question::send(Server::Verification, "/api/verify", b"{}");
    network.ask(&real).unwrap();
    network.ask(&Question { is_decoy: true, ..real }).unwrap();
    let asked = asked.join().unwrap();
    assert!(asked.iter().all(|one| !one.contains("/elsewhere") && !one.to_lowercase().contains("cookie")));
    assert!(asked[0].to_lowercase().contains("if-none-match: \"t\""));
    // A decoy differs by one header, which only the server sees.
    let rest = asked[4].to_lowercase().replace(", x-chaff: 1", "");
    assert_eq!(rest, asked[3].to_lowercase());
    assert!(asked[3].contains("smittestop"));
    let gone = network.ask(&Question::fetch(Server::Keys, "/list", 1_000));
    assert_eq!(gone, Err(NetworkError::Unreachable));
}
