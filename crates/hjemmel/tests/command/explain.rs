//! `hjemmel explain`: granted, refused, and asked wrongly.

use crate::run::{Said, hjemmel, is_wrong_use};

fn read_card(facts: &[&str]) -> Said {
    let mut arguments =
        vec!["explain", "--use", "fmk.read-card", "--role", "doctor", "--on", "2026-11-21", "--json"];
    arguments.extend(facts);
    hjemmel(&arguments)
}

// rule F-14
#[test]
fn a_doctor_who_treats_and_is_not_blocked_may_open_the_card() {
    let said = read_card(&["--fact", "authorised", "--fact", "treats", "--not", "blocked"]);
    assert_eq!(said.code, 0, "{said:?}");
    let answer = said.json();
    assert_eq!((&answer["granted"], &answer["clause"]), (&true.into(), &serde_json::Value::Null));
}

#[test]
fn a_block_refuses_and_names_the_ways_forward() {
    let said = read_card(&["--fact", "authorised", "--fact", "treats", "--fact", "blocked"]);
    assert_eq!(said.code, 1, "{said:?}");
    let answer = said.json();
    assert_eq!(answer["clause"], "against blocked");
    assert!(answer["told"].as_str().is_some_and(|text| !text.is_empty()));
    let ways: Vec<_> =
        answer["instead"].as_array().unwrap().iter().map(|way| way["use"].as_str().unwrap()).collect();
    assert!(ways.contains(&"nsp.take-emergency-access"), "{ways:?}");
    let steps = answer["steps"].as_array().unwrap();
    assert!(
        steps
            .iter()
            .all(|step| step["file"].is_string() && step["line"].as_u64().is_some_and(|line| line > 0))
    );
}

#[test]
fn a_fact_that_nobody_knows_refuses() {
    let said = read_card(&["--fact", "authorised", "--fact", "treats"]);
    assert_eq!((said.code, said.json()["clause"].as_str()), (1, Some("against blocked")));
}

#[test]
fn a_citizen_has_not_the_role() {
    let said = hjemmel(&[
        "explain",
        "--use",
        "fmk.read-card",
        "--role",
        "citizen",
        "--fact",
        "treats",
        "--not",
        "blocked",
        "--json",
    ]);
    assert_eq!((said.code, said.json()["clause"].as_str()), (1, Some("role")));
}

#[test]
fn a_notice_is_not_in_force_before_its_day() {
    let said = hjemmel(&[
        "explain",
        "--use",
        "fmk.read-own-card",
        "--role",
        "citizen",
        "--fact",
        "self",
        "--on",
        "2023-12-31",
        "--json",
    ]);
    assert_eq!((said.code, said.json()["clause"].as_str()), (1, Some("not-in-force")));
}

#[test]
fn people_read_sentences_with_file_and_line() {
    let said = hjemmel(&["explain", "--use", "fmk.read-card", "--role", "doctor", "--lang", "da"]);
    assert_eq!(said.code, 1);
    assert!(said.out.contains("fmk.toml:"), "{said:?}");
}

#[test]
fn what_nobody_knows_is_wrong_use_with_near_names() {
    is_wrong_use(&hjemmel(&["explain", "--use", "fmk.read-cart", "--role", "doctor"]), "fmk.read-card");
    is_wrong_use(&hjemmel(&["explain", "--use", "fmk.read-card", "--role", "doktor"]), "doctor");
    is_wrong_use(
        &hjemmel(&["explain", "--use", "fmk.read-card", "--role", "doctor", "--fact", "treat"]),
        "treats",
    );
    is_wrong_use(
        &hjemmel(&[
            "explain",
            "--use",
            "fmk.read-card",
            "--role",
            "doctor",
            "--fact",
            "treats",
            "--not",
            "treats",
        ]),
        "treats",
    );
}
