//! Who gets which answer at which address: every route and page, every role, one file to review. Threats T6, ASVS 8.2.1.

use std::collections::BTreeSet;
use std::fmt::Write;

use axum::body::Body;
use server::Persona;

use crate::routes::{NOBODY, fitting, routes, send};
use crate::town::{Browser, Town, request};

/// Everybody who may be logged in.
fn everybody(town: &Town) -> Vec<(&'static str, Browser)> {
    let country = &town.country;
    let office = |persona, role| town.log_in(town.identity(persona, role, Some(country.einer), None));
    let at_work =
        |persona, role, person, place| town.log_in(town.identity(persona, role, Some(person), Some(place)));
    vec![
        ("citizen", town.citizen(country.einer)),
        ("doctor", town.other_doctor()),
        ("nurse", at_work(Persona::Professional, "nurse", country.nurse, country.hospital)),
        ("pharmacist", at_work(Persona::Pharmacy, "pharmacist", country.pharmacist, country.pharmacy)),
        ("officer", office(Persona::Officer, "controller")),
        ("reviewer", office(Persona::Reviewer, "reviewer")),
        ("operator", office(Persona::Operator, "supplier")),
    ]
}

/// Method and path of every page, from the one list of them.
fn pages() -> BTreeSet<(&'static str, String)> {
    let source = include_str!("../../src/pages/mod.rs");
    let list: String =
        source.split("cfg(feature").next().unwrap().chars().filter(|c| !c.is_whitespace()).collect();
    let mut pages = BTreeSet::new();
    for route in list.split(".route(\"").skip(1) {
        let (path, rest) = route.split_once('"').unwrap();
        for (method, word) in [("GET", "get("), ("POST", "post(")] {
            if rest.contains(&format!(",{word}")) || rest.contains(&format!(").{word}")) {
                pages.insert((method, path.to_owned()));
            }
        }
    }
    assert!(pages.len() > 60, "{}", pages.len());
    pages
}

fn filled(path: &str) -> String {
    let mut filled = path.replace("{lang}", "da").replace("{act}", "stop");
    while let Some(at) = filled.find('{') {
        let end = at + filled[at..].find('}').unwrap();
        filled.replace_range(at..=end, NOBODY);
    }
    filled
}

#[tokio::test]
async fn who_gets_which_answer_where_is_the_file_that_was_reviewed() {
    let town = Town::new();
    let everybody = everybody(&town);
    let mut now = String::from(
        "# Every address and role: the status for a person and a record whom nobody knows. Pages first, then the API.\n",
    );
    for (method, path) in pages() {
        if path.starts_with("/assets") {
            continue;
        }
        let mut line = format!("{method} {path}:");
        let nobody = town.send(page(method, &path, None)).await;
        write!(line, " nobody {}", nobody.status.as_u16()).unwrap();
        for (name, browser) in &everybody {
            let answer = town.send(page(method, &path, Some(browser))).await;
            write!(line, ", {name} {}", answer.status.as_u16()).unwrap();
        }
        now.push_str(&line);
        now.push('\n');
    }
    for route in routes() {
        let mut line = format!("{} /api/v1{}:", route.method, route.path);
        for (at, (name, browser)) in everybody.iter().enumerate() {
            let body = fitting(&route.path).to_string();
            let answer = send(&town, &route, Some(browser), NOBODY, &body).await;
            write!(line, "{} {name} {}", if at == 0 { "" } else { "," }, answer.status.as_u16()).unwrap();
        }
        now.push_str(&line);
        now.push('\n');
    }
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/surface/matrix.txt");
    if std::env::var("UPDATE").is_ok() {
        std::fs::write(path, &now).unwrap();
    }
    let reviewed = std::fs::read_to_string(path).unwrap_or_default();
    assert!(now == reviewed, "matrix.txt differs; look at it with UPDATE=1");
}

fn page(method: &str, path: &str, browser: Option<&Browser>) -> axum::http::Request<Body> {
    let token = browser.map(|browser| browser.csrf.clone()).unwrap_or_default();
    let request = request(method, &filled(path), browser)
        .header("sec-fetch-site", "same-origin")
        .header("content-type", "application/x-www-form-urlencoded");
    let body = if method == "POST" { format!("_csrf={token}") } else { String::new() };
    request.body(Body::from(body)).unwrap()
}

/// Who has a part in which part of the house; all others hear that there is nothing.
const AREAS: [(&str, &[&str]); 8] = [
    ("/{lang}/officer/emergencies", &["reviewer"]),
    ("/{lang}/officer/people", &["reviewer"]),
    ("/{lang}/me", &["citizen"]),
    ("/{lang}/patients", &["doctor", "nurse"]),
    ("/{lang}/looks", &["doctor", "nurse", "pharmacist"]),
    ("/{lang}/pharmacy", &["pharmacist"]),
    ("/{lang}/officer", &["officer"]),
    ("/{lang}/operator", &["operator"]),
];

#[tokio::test]
async fn in_another_role_there_is_nothing_and_it_looks_as_if_there_never_was() {
    let town = Town::new();
    for (name, browser) in everybody(&town) {
        let nothing = town.get(Some(&browser), "/da/nothing-of-the-kind").await;
        let same_words = |answer: &crate::town::Answer| {
            let words = |text: &str| text.split("<main").nth(1).map(str::to_owned);
            words(&answer.text()) == words(&nothing.text())
        };
        for (method, path) in pages().into_iter().filter(|(_, path)| path != "/{lang}/me/device") {
            let Some((_, whose)) = AREAS.iter().find(|(area, _)| path.starts_with(area)) else { continue };
            if whose.contains(&name) {
                continue;
            }
            let answer = town.send(page(method, &path, Some(&browser))).await;
            assert_eq!(answer.status.as_u16(), 404, "{name} {method} {path}");
            assert!(same_words(&answer), "{name} {method} {path}: {}", answer.text());
        }
    }
}
