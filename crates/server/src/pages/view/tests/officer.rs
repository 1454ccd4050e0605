//! Sample pages of the officer, the reviewer and the operator.

use askama::Template;
use jiff::civil::date;
use notice::Lang;
use notice::check::codes;

use super::super::emergencies::{self, Judged};
use super::super::officer;
use super::super::{Area, Bar, Bars, Cell, Field, Matrix, Problems, Row};
use super::drafts::{picture, print_links};
use super::samples::{EVIL, access, at, bars, days, groups, problems, shell};

fn warning(lang: Lang) -> officer::Warning {
    let told = codes::channels_differ(&"gdpr:21");
    officer::Warning {
        code: told.code.id,
        title: told.code.title.get(lang),
        sentence: told.sentence.get(lang).to_owned(),
        help: told.code.mend.get(lang).to_owned(),
        place: "stps.toml:1328".to_owned(),
    }
}

/// The sample pages of the officer, the reviewer and the operator, by name.
#[allow(clippy::too_many_lines, reason = "a list")]
pub(super) fn pages(lang: Lang) -> Vec<(&'static str, String)> {
    let p = |area, here| shell(lang, area, here);
    vec![
        (
            "officer",
            officer::Officer {
                p: p(Area::Officer, "officer"),
                all: 328,
                stated: 120,
                tested: 77,
                late: vec![officer::Late {
                    register: "Recepter".to_owned(),
                    records: 3,
                    since: Some(date(2026, 11, 19)),
                    why: "Holdes tilbage: over planen".to_owned(),
                }],
                next_week: 1234,
                warnings: 104,
                odd: vec![officer::Alarm {
                    at: at("2026-11-20T13:05:09Z"),
                    key: "alarm-subjects",
                    account: Some("3f2a".to_owned()),
                }],
                receipts: vec![officer::Receipt {
                    number: 17,
                    at: at("2026-11-20T02:00:00Z"),
                    register: "Recepter".to_owned(),
                    done: "done-erased",
                    due_at: at("2026-11-20T00:00:00Z"),
                    records: 12,
                }],
                unstated: 14,
            }
            .render()
            .unwrap(),
        ),
        (
            "officer-well",
            officer::Officer {
                p: p(Area::Officer, "officer"),
                all: 328,
                stated: 120,
                tested: 77,
                late: vec![],
                next_week: 0,
                warnings: 0,
                odd: vec![],
                receipts: vec![],
                unstated: 0,
            }
            .render()
            .unwrap(),
        ),
        (
            "officer-due",
            officer::Due {
                p: p(Area::Officer, "officer/due"),
                picture: Bars {
                    series: vec!["due-series"],
                    bars: bars(52)
                        .bars
                        .into_iter()
                        .map(|bar| Bar { parts: vec![bar.parts.iter().sum::<u64>() * 40], ..bar })
                        .collect(),
                },
                rows: vec![officer::DueRow {
                    register: "Recepter".to_owned(),
                    rule: "slettes to år efter udstedelsen".to_owned(),
                    week: 3,
                    month: 40,
                    year: 1900,
                }],
            }
            .render()
            .unwrap(),
        ),
        (
            "officer-promises",
            officer::Promises { p: p(Area::Officer, "officer/promises"), groups: groups() }.render().unwrap(),
        ),
        (
            "officer-notices",
            officer::Notices {
                p: p(Area::Officer, "officer/notices"),
                notices: vec![officer::NoticeRow {
                    id: "fmk".to_owned(),
                    title: "Fælles Medicinkort".to_owned(),
                    uses: 20,
                    registers: 4,
                    unstated: 7,
                    warnings: 1,
                }],
                records: print_links(),
                common: vec![warning(lang)],
                version: "ab".repeat(32),
            }
            .render()
            .unwrap(),
        ),
        (
            "officer-notice",
            officer::NoticePage {
                p: p(Area::Officer, "officer/notices"),
                id: "fmk".to_owned(),
                title: "Fælles Medicinkort".to_owned(),
                matrix: Matrix {
                    columns: vec!["Læge".to_owned(), "Apotek".to_owned(), "Borger".to_owned()],
                    rows: vec![Row {
                        name: "Se medicinkortet".to_owned(),
                        key: "fmk.read-card".to_owned(),
                        cells: vec![
                            Cell::If("behandler personen og ikke spærret".to_owned()),
                            Cell::No,
                            Cell::Yes,
                        ],
                    }],
                },
                picture: Some(picture()),
                prints: print_links(),
                unstated: vec![("Recepter".to_owned(), "To år efter udstedelsen".to_owned())],
                warnings: vec![warning(lang)],
            }
            .render()
            .unwrap(),
        ),
        (
            "officer-notice-empty",
            officer::NoticePage {
                p: p(Area::Officer, "officer/notices"),
                id: "x".to_owned(),
                title: "Tom".to_owned(),
                matrix: Matrix::default(),
                picture: None,
                prints: vec![],
                unstated: vec![],
                warnings: vec![],
            }
            .render()
            .unwrap(),
        ),
        (
            "officer-emergencies",
            emergencies::Emergencies {
                p: p(Area::Officer, "officer/emergencies"),
                waiting: vec![access(None)],
                reviewed: vec![access(Some(Judged::Right)), access(Some(Judged::Wrong))],
            }
            .render()
            .unwrap(),
        ),
        (
            "officer-emergencies-empty",
            emergencies::Emergencies {
                p: p(Area::Reviewer, "officer/emergencies"),
                waiting: vec![],
                reviewed: vec![],
            }
            .render()
            .unwrap(),
        ),
        (
            "officer-emergency",
            emergencies::Emergency {
                p: p(Area::Reviewer, "officer/emergencies"),
                access: access(None),
                looks: days().remove(0).looks,
                kept: false,
                note: Field::wrong("x", "emergency-problem-reason"),
                reason: Field::holding(EVIL),
                problems: problems(&[("note", "emergency-problem-reason")]),
                letters: 20,
            }
            .render()
            .unwrap(),
        ),
        (
            "officer-emergency-judged",
            emergencies::Emergency {
                p: p(Area::Reviewer, "officer/emergencies"),
                access: access(Some(Judged::Wrong)),
                looks: vec![],
                kept: true,
                note: Field::default(),
                reason: Field::default(),
                problems: Problems::default(),
                letters: 20,
            }
            .render()
            .unwrap(),
        ),
        (
            "operator",
            officer::Operator {
                p: p(Area::Operator, "operator"),
                checks: vec![
                    officer::Check {
                        key: "check-sweep",
                        health: officer::Health::Well,
                        words: "I dag kl. 02.00".to_owned(),
                    },
                    officer::Check {
                        key: "check-clock",
                        health: officer::Health::Wrong,
                        words: "×".to_owned(),
                    },
                    officer::Check {
                        key: "check-register",
                        health: officer::Health::Watch,
                        words: "×".to_owned(),
                    },
                ],
                settings: vec![("site.origin".to_owned(), "https://medicin.example.dk".to_owned())],
                version: "ab".repeat(32),
                countries: true,
            }
            .render()
            .unwrap(),
        ),
    ]
}
