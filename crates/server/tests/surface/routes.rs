//! Every route of the API, tried by nobody, by the wrong person, with a broken body, and for a foreign person.

use axum::body::Body;
use axum::http::StatusCode;
use serde_json::{Value, json};

use crate::openapi::operations;
use crate::town::{Answer, Browser, Town, bytes, fresh_key, request};

pub const NOBODY: &str = "0123456789abcdef0123456789abcdef";
/// Routes without a caller.
const PUBLIC: [&str; 1] = ["/token"];

pub struct Route {
    pub method: String,
    pub path: String,
    takes_body: bool,
    writes: bool,
    needs_version: bool,
}

pub fn routes() -> Vec<Route> {
    let all: Vec<Route> = operations()
        .into_iter()
        .filter(|(_, path, _)| !PUBLIC.contains(&path.as_str()))
        .map(|(method, path, operation)| {
            let header = |name: &str| {
                operation["parameters"]
                    .as_array()
                    .is_some_and(|all| all.iter().any(|one| one["name"] == name))
            };
            Route {
                takes_body: method != "GET",
                writes: header("Idempotency-Key"),
                needs_version: header("If-Match"),
                method,
                path,
            }
        })
        .collect();
    assert!(all.len() > 55, "{}", all.len());
    all
}

fn filled(path: &str, id: &str) -> String {
    let mut filled = String::new();
    let mut rest = path;
    while let Some((before, after)) = rest.split_once('{') {
        let (_, after) = after.split_once('}').unwrap();
        filled.push_str(before);
        filled.push_str(id);
        rest = after;
    }
    format!("/api/v1{filled}{rest}")
}

pub async fn send(town: &Town, route: &Route, browser: Option<&Browser>, id: &str, body: &str) -> Answer {
    let mut builder = request(&route.method, &filled(&route.path, id), browser)
        .header("sec-fetch-site", "same-origin")
        .header("content-type", "application/json")
        .header("idempotency-key", fresh_key());
    if route.needs_version {
        builder = builder.header("if-match", "\"19aa5f5d380-0123456789abcdef\"");
    }
    if let Some(browser) = browser {
        builder = builder.header("x-csrf-token", &browser.csrf);
    }
    town.send(
        builder.body(Body::from(if route.takes_body { body.to_owned() } else { String::new() })).unwrap(),
    )
    .await
}

#[tokio::test]
async fn nobody_gets_in_anywhere_and_hears_the_same_everywhere() {
    let town = Town::new();
    let mut heard: Option<_> = None;
    for route in routes() {
        let answer = send(&town, &route, None, NOBODY, "{}").await;
        assert_eq!(answer.status, StatusCode::UNAUTHORIZED, "{} {}", route.method, route.path);
        let now = bytes(&answer);
        assert_eq!(heard.get_or_insert(now.clone()), &now, "{} {}", route.method, route.path);
    }
}

#[tokio::test]
async fn a_broken_body_is_malformed_everywhere() {
    let town = Town::new();
    for route in routes().iter().filter(|route| route.takes_body) {
        for (body, code) in [
            ("{", "malformed"),
            ("[]", "malformed"),
            ("{\"a\":1,\"a\":1}", "malformed"),
            ("\u{0}", "malformed"),
        ] {
            let answer = send(&town, route, Some(&town.doctor()), NOBODY, body).await;
            assert_eq!(answer.code(), code, "{} {} {body}", route.method, route.path);
            assert_eq!(answer.status, StatusCode::BAD_REQUEST);
        }
        let form = request(&route.method, &filled(&route.path, NOBODY), Some(&town.doctor()));
        let doctor = town.doctor();
        let form = form
            .header("cookie", &doctor.cookie)
            .header("sec-fetch-site", "same-origin")
            .header("content-type", "text/plain")
            .header("idempotency-key", fresh_key())
            .header("if-match", "\"19aa5f5d380-0123456789abcdef\"");
        let answer = town.send(form.body(Body::from("{}")).unwrap()).await;
        assert!(answer.status.is_client_error(), "{} {}", route.method, route.path);
    }
}

#[tokio::test]
async fn a_field_that_nobody_declared_is_refused_everywhere() {
    let town = Town::new();
    for route in routes().iter().filter(|route| route.takes_body) {
        let body = json!({ "is_admin": true }).to_string();
        let answer = send(&town, route, Some(&town.doctor()), NOBODY, &body).await;
        assert_eq!(
            (answer.status, answer.code().as_str()),
            (StatusCode::BAD_REQUEST, "unknown-field"),
            "{} {}: {}",
            route.method,
            route.path,
            answer.text()
        );
        assert!(!answer.text().contains("is_admin"), "{} {} repeats what was sent", route.method, route.path);
    }
}

#[tokio::test]
async fn an_address_with_a_broken_id_tells_nothing() {
    let town = Town::new();
    for route in routes().iter().filter(|route| route.path.contains('{') && !route.path.contains("{handle}"))
    {
        for id in
            ["1", "%00", "..%2f..%2fetc", "' OR 1=1 --", "0123456789ABCDEF0123456789ABCDEF", "2512489996"]
        {
            let id = id.replace(' ', "%20").replace('\'', "%27");
            let answer = send(&town, route, Some(&town.doctor()), &id, "{}").await;
            assert!(
                answer.status.is_client_error(),
                "{} {} {id}: {}",
                route.method,
                route.path,
                answer.status
            );
            assert!(
                !answer.text().contains("2512489996") && !answer.text().contains("OR 1"),
                "{} {}",
                route.method,
                route.path
            );
        }
    }
}

#[tokio::test]
async fn every_write_asks_for_a_key_against_repetition() {
    let town = Town::new();
    let doctor = town.doctor();
    for route in routes().iter().filter(|route| route.writes) {
        for key in [None, Some("short"), Some("with a space in it and long enough")] {
            let mut builder = request(&route.method, &filled(&route.path, NOBODY), Some(&doctor))
                .header("sec-fetch-site", "same-origin")
                .header("x-csrf-token", &doctor.csrf)
                .header("content-type", "application/json");
            if let Some(key) = key {
                builder = builder.header("idempotency-key", key);
            }
            let answer = town.send(builder.body(Body::from("{}")).unwrap()).await;
            assert_eq!(answer.code(), "idempotency-key-missing", "{} {}", route.method, route.path);
        }
    }
}

/// A body that fits each route, so that it is the notice that refuses.
pub fn fitting(path: &str) -> Value {
    let nobody = json!({ "sor": "79641000016006" });
    match path {
        path if path.ends_with("/orders") || path.ends_with("/orders/preview") => {
            json!({ "treatment": { "new": crate::cards::order() } })
        }
        path if path.ends_with("/orders/{order}") || path.ends_with("/change/preview") => {
            json!({ "to": crate::cards::order() })
        }
        path if path.contains("/pause") => json!({ "from": "2026-11-22" }),
        path if path.contains("/stop") && !path.contains("undo") => {
            json!({ "reason": "gives a cough that does not end" })
        }
        path if path.contains("/reviews") => json!({ "orders": [NOBODY] }),
        path if path.ends_with("/cancel") => json!({ "version": 1, "reason": "written in error, twice" }),
        path if path.contains("/dispensings") => json!({ "version": 1, "packages": 1 }),
        path if path.ends_with("/blocks") => json!({ "whom": "everyone" }),
        path if path.ends_with("/consents") => {
            json!({ "whom": { "organisation": { "number": nobody, "name": "Klinik" } }, "until": "2026-12-21T00:00:00Z" })
        }
        "/people/{person}/presentations" => json!({ "pharmacy": nobody, "pharmacy_name": "Torvets Apotek" }),
        path if path.ends_with("/contact") => json!({ "phone": "12345678" }),
        path if path.ends_with("/find") => json!({ "cpr": "2512489996" }),
        path if path.ends_with("private-in-emergency") || path.ends_with("/emergency-access") => {
            json!({ "reason": "unconscious on arrival, nobody with her" })
        }
        path if path.ends_with("/treatment-relations") && path.starts_with("/patients") => json!({
            "organisation": nobody, "organisation_name": "Klinik", "kind": "visit", "from": "2026-11-21T08:00:00Z", "source": "asserted"
        }),
        path if path.ends_with("/review") => {
            json!({ "verdict": "justified", "note": "she was unconscious and nobody was with her" })
        }
        path if path.ends_with("/keep-longer") => {
            json!({ "looks": { "emergency": NOBODY }, "reason": "the look is not explained by her course" })
        }
        "/feeds/people" => json!({ "people": [{
            "number": "0201609995", "name": "Einer Lauridsen", "address": "Testvej 2, 8000 Aarhus C", "protected": false,
            "insurance_group": "1", "birth_date": "1960-01-02", "sex": "male", "status": "01"
        }] }),
        "/feeds/professionals" => json!({ "professionals": [{
            "authorisation_id": "0TST9", "name": "Test", "profession": "doctor", "from": "2020-01-01T00:00:00Z"
        }] }),
        "/feeds/custodies" => json!({ "custodies": [{
            "child": "0212159995", "child_birth_date": "2015-12-02", "child_name": "Bo", "holder": "0201609995",
            "holder_name": "Einer", "from": "2015-12-02T00:00:00Z"
        }] }),
        "/feeds/custodies/end" => {
            json!({ "child": "0212159995", "custody": NOBODY, "at": "2026-11-21T08:00:00Z" })
        }
        "/feeds/deaths" => json!({ "person": "2512489996", "report": { "died": "2026-11-20" } }),
        "/feeds/positives" => json!({ "made_at": "2026-11-21T08:00:00Z", "count": 1, "people": [{
            "cpr": "0201609995", "test_time": "2026-11-20T08:00:00Z"
        }] }),
        "/feeds/positives/correct" => {
            json!({ "cpr": "0201609995", "test_time": "2026-11-20T08:00:00Z", "onset": "2026-11-18" })
        }
        "/feeds/positives/end" => json!({ "cpr": "0201609995" }),
        "/feeds/treatment-relations" => json!({ "relations": [{ "patient": "2512489996", "relation": {
            "organisation": nobody, "organisation_name": "Klinik", "kind": "visit", "from": "2026-11-21T08:00:00Z", "source": "referral"
        } }] }),
        "/registers/{register}" => json!({ "about": { "own": "anna@svoem.example" }, "content": {} }),
        path if path.starts_with("/registers/") && path.ends_with("/correct") => {
            json!({ "version": 1, "content": {}, "note": "written in error" })
        }
        path if path.starts_with("/registers/") && path.ends_with("/events") => {
            json!({ "event": "member.ended" })
        }
        _ => json!({}),
    }
}

/// What anybody who is logged in may ask about herself.
const ONES_OWN: [&str; 3] = ["/me", "/me/sessions", "/me/sessions/{handle}/end"];

#[tokio::test]
async fn who_has_no_rights_to_content_is_refused_everywhere() {
    let town = Town::new();
    for route in routes().iter().filter(|route| !ONES_OWN.contains(&route.path.as_str())) {
        let operator = town.operator();
        let answer = send(&town, route, Some(&operator), NOBODY, &fitting(&route.path).to_string()).await;
        assert_eq!(
            answer.status,
            StatusCode::NOT_FOUND,
            "{} {}: {}",
            route.method,
            route.path,
            answer.text()
        );
        assert_eq!(answer.code(), "not-found", "{} {}", route.method, route.path);
    }
}

/// Routes on which a stranger's answer about a real person may differ from that about nobody, each with its reason. May only shrink.
const DIFFERS: [&str; 0] = [];

#[tokio::test]
async fn a_foreign_person_and_nobody_are_one_answer_everywhere() {
    let town = Town::new();
    let real = town.country.nancy.to_string();
    for route in routes().iter().filter(|route| route.path.contains('{') && !route.path.contains("{handle}"))
    {
        if DIFFERS.contains(&route.path.as_str()) {
            continue;
        }
        for stranger in [town.other_doctor(), town.citizen(town.country.einer)] {
            let body = fitting(&route.path).to_string();
            let known = send(&town, route, Some(&stranger), &real, &body).await;
            let unknown = send(&town, route, Some(&stranger), NOBODY, &body).await;
            if known.status.is_success() && unknown.status.is_success() {
                continue; // Emergency access is never stopped: life first. It opens for anybody, and tells nothing.
            }
            assert_eq!(
                bytes(&known),
                bytes(&unknown),
                "{} {}: {} {}",
                route.method,
                route.path,
                known.text(),
                unknown.text()
            );
        }
    }
}
