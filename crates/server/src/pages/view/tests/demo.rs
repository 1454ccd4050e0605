//! Sample pages of the demonstration.

use askama::Template;
use jiff::civil::date;
use notice::Lang;

use super::super::demo;
use super::super::{Area, Field};
use super::samples::{person, problems, shell};

/// The sample pages of the demonstration, by name.
#[allow(clippy::too_many_lines, reason = "a list")]
pub(super) fn pages(lang: Lang) -> Vec<(&'static str, String)> {
    let p = |area, here| shell(lang, area, here);
    vec![
        (
            "demo",
            demo::Choose { p: p(Area::Citizen, "demo"), persons: vec![person(); 6], countries: true }
                .render()
                .unwrap(),
        ),
        (
            "demo-time",
            demo::Time {
                p: p(Area::Citizen, "demo/time"),
                stops: vec![
                    ("time-tomorrow", date(2026, 11, 22)),
                    ("time-month", date(2026, 12, 21)),
                    ("time-year", date(2027, 11, 21)),
                    ("time-two-years", date(2028, 11, 21)),
                    ("time-five-years", date(2031, 11, 21)),
                ],
                day: Field::wrong("x", "time-problem-day"),
                problems: problems(&[("day", "time-problem-day")]),
                under: Some(demo::Under { to: date(2036, 11, 2), percent: 40 }),
                report: Some(demo::Report {
                    acts: vec![("Recepter".to_owned(), "done-erased", 12)],
                    held: vec![("time-kept-request", 2), ("time-kept-brake", 3)],
                    stopped: None,
                }),
            }
            .render()
            .unwrap(),
        ),
        ("demo-europe", misdeeds(lang, None)),
        ("demo-europe-refused", misdeeds(lang, Some(Some(false)))),
        ("demo-europe-taken", misdeeds(lang, Some(Some(true)))),
        ("demo-europe-silent", misdeeds(lang, Some(None))),
        (
            "demo-tour",
            demo::Tour {
                p: p(Area::Citizen, "demo/tour"),
                steps: (1..=8)
                    .map(|number| demo::TourStep {
                        number,
                        person: (number % 2 == 0).then(person),
                        page: "me",
                    })
                    .collect(),
            }
            .render()
            .unwrap(),
        ),
    ]
}

fn misdeeds(lang: Lang, taken: Option<Option<bool>>) -> String {
    let seen = taken.map(|taken| demo::Seen {
        title: "misdeed-key".to_owned(),
        keys: 40,
        taken,
        words: "key 1 is wrong, and with it the batch: its period is longer than a day".to_owned(),
    });
    let words = vec!["signature", "another", "key", "unheard-of", "flood"];
    demo::Misdeeds { p: shell(lang, Area::Citizen, "demo/europe"), words, seen }.render().unwrap()
}
