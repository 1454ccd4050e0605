//! The description of the API is a golden file, and the flat list of routes is what it describes.

use std::collections::BTreeSet;

use serde_json::Value;

/// Method, path and operation of every route described.
pub fn operations() -> Vec<(String, String, Value)> {
    let description = server::api::description();
    let mut all = Vec::new();
    for (path, methods) in description["paths"].as_object().unwrap() {
        for (method, operation) in methods.as_object().unwrap() {
            all.push((method.to_uppercase(), path.clone(), operation.clone()));
        }
    }
    all
}

#[test]
fn the_description_is_the_one_that_was_reviewed() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/openapi.json");
    let now = format!("{}\n", serde_json::to_string_pretty(&server::api::description()).unwrap());
    if std::env::var("UPDATE").is_ok() {
        std::fs::write(path, &now).unwrap();
    }
    let reviewed = std::fs::read_to_string(path).unwrap_or_default();
    assert!(now == reviewed, "openapi.json differs; look at it with UPDATE=1");
}

#[test]
fn it_is_openapi_3_1_and_every_operation_says_what_it_does() {
    let description = server::api::description();
    assert_eq!(description["openapi"], "3.1.0");
    let mut ids = BTreeSet::new();
    for (method, path, operation) in operations() {
        assert!(operation["summary"].as_str().is_some_and(|text| text.ends_with('.')), "{method} {path}");
        assert!(ids.insert(operation["operationId"].as_str().unwrap().to_owned()), "{method} {path}");
        assert!(operation["responses"]["default"].is_object(), "{method} {path}");
    }
}

#[test]
fn every_route_of_the_list_is_described_and_the_other_way_round() {
    let source = include_str!("../../src/api/routes.rs");
    let list = source.split("/// What the API offers").next().unwrap();
    let list: String = list.chars().filter(|c| !c.is_whitespace()).collect();
    let mut listed = BTreeSet::new();
    for route in list.split(".route(\"").skip(1) {
        let (path, rest) = route.split_once('"').unwrap();
        for method in ["get", "post", "put"] {
            if rest.contains(&format!(",{method}(")) || rest.contains(&format!(").{method}(")) {
                listed.insert((method.to_uppercase(), path.to_owned()));
            }
        }
    }
    let public = [("GET", "/openapi.json"), ("GET", "/problems")]
        .map(|(method, path)| (method.to_owned(), path.to_owned()));
    let described: BTreeSet<_> =
        operations().into_iter().map(|(method, path, _)| (method, path)).chain(public).collect();
    assert_eq!(listed, described);
}

#[test]
fn every_body_refuses_what_nobody_declared() {
    let files = ["card", "changes", "dosage", "emergencies", "facts", "feeds", "people", "registers"];
    for file in files {
        let path = format!("{}/src/api/wire/{file}.rs", env!("CARGO_MANIFEST_DIR"));
        let source = std::fs::read_to_string(path).unwrap();
        for part in source.split("#[derive(").skip(1) {
            let (derives, rest) = part.split_once(")]").unwrap();
            let name = rest
                .lines()
                .find(|line| line.contains("struct ") || line.contains("enum "))
                .unwrap_or_default();
            let unit_only = name.contains("VerdictGiven");
            if derives.contains("Deserialize") && !unit_only {
                let head = rest.split("pub(crate) ").next().unwrap();
                assert!(head.contains("deny_unknown_fields"), "{file}: {name}");
            }
        }
    }
}
