//! Sample pages of smitte|stop.

use askama::Template;
use jiff::civil::date;
use notice::Lang;

use super::super::warn::{Came, Picture, Step, Warn, WarnCame, WarnOpen, WarnStart};
use super::super::{Area, Choice, Chosen, Field, Problems};
use super::samples::{at, shell};

/// The sample pages of smitte|stop, by name.
pub(super) fn pages(lang: Lang) -> Vec<(&'static str, String)> {
    let citizen = || shell(lang, Area::Citizen, "me/warn");
    let asked = |step, wrong: &[(&str, &str)]| {
        let problems = wrong.iter().map(|(field, key)| ((*field).to_owned(), citizen().t(key))).collect();
        Warn {
            p: citizen(),
            step,
            carried: vec![("symptoms", "yes".to_owned())],
            problems: Problems(problems),
        }
        .render()
        .unwrap()
    };
    let came = |came| WarnCame { p: citizen(), came, back: None }.render().unwrap();
    let until = Some(at("2026-11-21T09:15:00Z"));
    let choices = |keys: &[&str]| -> Vec<Choice> {
        keys.iter()
            .map(|key| Choice { value: (*key).to_owned(), label: citizen().t(key), chosen: Chosen::No })
            .collect()
    };
    let symptoms = choices(&["warn-symptoms-yes", "warn-symptoms-no", "warn-symptoms-unsaid"]);
    let forms = choices(&["warn-form-link", "warn-form-picture", "warn-form-digits"]);
    let wrong = |key: &str| Field::wrong("", citizen().t(key));
    let review = Step::Review {
        symptoms: "warn-symptoms-since",
        since: Some(date(2026, 11, 17)),
        form: "warn-form-digits",
    };
    let picture = Picture { width: 12, path: "M4 4h1v1h-1zM6 5h1v1h-1z".to_owned() };
    vec![
        (
            "warn-open",
            WarnOpen { p: shell(lang, Area::Open, "warn"), abroad: true, counted: true }.render().unwrap(),
        ),
        (
            "warn-start",
            WarnStart {
                p: citizen(),
                logins: vec![at("2026-11-22T08:00:00Z")],
                checks: vec![at("2026-11-22T08:00:00Z")],
                listed: Some(at("2026-11-20T06:00:00Z")),
                app: None,
            }
            .render()
            .unwrap(),
        ),
        (
            "warn-start-empty",
            WarnStart { p: citizen(), logins: vec![], checks: vec![], listed: None, app: None }
                .render()
                .unwrap(),
        ),
        ("warn-symptoms", asked(Step::Symptoms { choices: symptoms, field: Field::default() }, &[])),
        ("warn-onset", asked(Step::Onset { day: wrong("warn-problem-day") }, &[("day", "warn-problem-day")])),
        (
            "warn-form",
            asked(
                Step::Form { choices: forms, field: wrong("ask-problem-choose") },
                &[("form", "ask-problem-choose")],
            ),
        ),
        ("warn-review", asked(review, &[])),
        ("warn-digits", came(Came::Digits { code: "0420 1337".to_owned(), until })),
        ("warn-link", came(Came::Link { href: "ens://v?r=dk&c=0123456789ABCDEF".to_owned(), until })),
        ("warn-picture", came(Came::Picture { picture, until })),
        ("warn-not-listed", came(Came::NotListed)),
        ("warn-too-many", came(Came::TooMany { again_at: until })),
        ("warn-closed", came(Came::Closed)),
        (
            "warn-not-listed-for-app",
            WarnCame {
                p: citizen(),
                came: Came::NotListed,
                back: Some("dk.sst.smittestop:/oauth2redirect?code=AAAA&state=BBBB".to_owned()),
            }
            .render()
            .unwrap(),
        ),
    ]
}
