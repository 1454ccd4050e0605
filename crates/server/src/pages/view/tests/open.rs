//! Sample pages for anyone.

use askama::Template;
use jiff::civil::date;
use notice::Lang;

use super::super::Area;
use super::super::open;
use super::samples::{EVIL, at, groups, shell};

/// The sample pages for anyone, by name.
#[allow(clippy::too_many_lines, reason = "a list")]
pub(super) fn pages(lang: Lang) -> Vec<(&'static str, String)> {
    let p = |area, here| shell(lang, area, here);
    let link = open::NoticeLink {
        id: "fmk".to_owned(),
        title: "Fælles Medicinkort".to_owned(),
        about: "Din medicin ét sted.".to_owned(),
        controller: "Sundhedsdatastyrelsen".to_owned(),
    };
    let kept = open::Kept {
        source: "notices/fmk.toml, linje 84".to_owned(),
        clock: Some("slettes to år efter, at recepten blev udstedt".to_owned()),
        condition: Some("behandler personen og er ikke spærret".to_owned()),
        grounds: vec![(
            "nødvendig for en opgave i samfundets interesse".to_owned(),
            "gdpr 6(1)(e)".to_owned(),
        )],
        rules: vec![("F-17".to_owned(), open::Tested::Yes), ("F-18".to_owned(), open::Tested::No)],
        tests: vec![("a prescription is erased on its day".to_owned(), "crates/x/tests/y.rs".to_owned())],
        last_acted: Some(at("2026-11-20T02:00:00Z")),
    };
    let sentence = open::Sentence {
        title: "Recepter".to_owned(),
        text: "Recepter slettes efter to år.".to_owned(),
        lines: vec!["lægemiddel".to_owned()],
        unstated: Some("Oplysningen siger ikke, hvad fristen regnes fra.".to_owned()),
        kept,
    };
    let part = |id: &str, heading: &str| open::Part {
        id: id.to_owned(),
        heading: heading.to_owned(),
        sentences: vec![sentence.clone()],
    };
    vec![
        (
            "front",
            open::Front { p: p(Area::Open, ""), notices: vec![link.clone()], words: open::Words::Health }
                .render()
                .unwrap(),
        ),
        (
            "front-signed-in",
            open::Front { p: p(Area::Citizen, ""), notices: vec![link.clone()], words: open::Words::Health }
                .render()
                .unwrap(),
        ),
        (
            "kept",
            open::KeptWork {
                p: p(Area::Citizen, "kept"),
                path: Some("/da/me/basic".to_owned()),
                fields: vec![("phone".to_owned(), EVIL.to_owned())],
            }
            .render()
            .unwrap(),
        ),
        (
            "kept-none",
            open::KeptWork { p: p(Area::Citizen, "kept"), path: None, fields: vec![] }.render().unwrap(),
        ),
        (
            "notices",
            open::Notices {
                p: p(Area::Open, "notices"),
                notices: vec![link.clone()],
                version: "ab".repeat(32),
            }
            .render()
            .unwrap(),
        ),
        (
            "notices-empty",
            open::Notices { p: p(Area::Open, "notices"), notices: vec![], version: "ab".repeat(32) }
                .render()
                .unwrap(),
        ),
        (
            "notice",
            open::Notice {
                p: p(Area::Open, "notices/fmk"),
                title: "Fælles Medicinkort".to_owned(),
                intro: "Din medicin ét sted.".to_owned(),
                controller: "Sundhedsdatastyrelsen".to_owned(),
                contact: vec![("Adresse".to_owned(), "Ørestads Boulevard 5".to_owned())],
                officer: Some("Databeskyttelsesrådgiveren".to_owned()),
                valid_from: Some(date(2024, 1, 1)),
                version: "ab".repeat(32),
                parts: vec![
                    part("what", "notice-what"),
                    part("why", "notice-why"),
                    open::Part {
                        id: "who".to_owned(),
                        heading: "Hvem ser det".to_owned(),
                        sentences: vec![],
                    },
                ],
            }
            .render()
            .unwrap(),
        ),
        (
            "promises",
            open::Promises {
                p: p(Area::Open, "promises"),
                all: 328,
                stated: 120,
                tested: 77,
                groups: groups(),
            }
            .render()
            .unwrap(),
        ),
        ("accessibility", open::Accessibility { p: p(Area::Open, "accessibility") }.render().unwrap()),
        (
            "login",
            open::Login {
                p: p(Area::Open, "login"),
                ways: vec![open::Broker { id: "mitid".to_owned(), title: "MitID".to_owned() }],
                demo: None,
                then: "/da/me".to_owned(),
                reason: open::Why::Ended,
                words: open::Words::Health,
                trial: Vec::new(),
            }
            .render()
            .unwrap(),
        ),
        (
            "login-persons",
            open::Login {
                p: p(Area::Open, "login"),
                ways: vec![],
                demo: Some("demo"),
                then: String::new(),
                reason: open::Why::Asked,
                words: open::Words::Health,
                trial: Vec::new(),
            }
            .render()
            .unwrap(),
        ),
    ]
}
