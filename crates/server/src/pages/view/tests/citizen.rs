//! Sample pages of a citizen.

use askama::Template;
use jiff::civil::date;
use notice::Lang;

use super::super::citizen::{self, Deed, LookKind, Step, Whose};
use super::super::emergencies::Judged;
use super::super::medicine;
use super::super::{Area, Field, Flash, Shell, Timeline, Tone};
use super::samples::{EVIL, ID, access, at, bars, card, choices, days, due, line, look, problems, shell};

/// The sample pages of a citizen, by name.
#[allow(clippy::too_many_lines, reason = "a list")]
pub(super) fn pages(lang: Lang) -> Vec<(&'static str, String)> {
    let p = |area, here| shell(lang, area, here);
    let held = |whom: Option<&str>| citizen::Held {
        id: ID.to_owned(),
        whom: whom.map(str::to_owned),
        from: at("2026-11-01T09:00:00Z"),
        until: None,
    };
    let ask = |deed, step| citizen::Ask {
        p: p(Area::Citizen, "me/blocks"),
        deed,
        step,
        carried: vec![("whom", "person".to_owned())],
        problems: problems(&[("whom", "ask-problem-choose")]),
    };
    vec![
        (
            "me",
            citizen::Me {
                p: p(Area::Citizen, "me"),
                emergencies: vec![look(LookKind::Emergency, "2026-11-21T03:12:00Z")],
                groups: vec![
                    citizen::Group {
                        title: "Medicin".to_owned(),
                        records: 12,
                        page: Some("me/medicine"),
                        next: Some(at("2027-02-20T13:05:00Z")),
                    },
                    citizen::Group {
                        title: "Opslag i loggen".to_owned(),
                        records: 1234,
                        page: Some("me/log"),
                        next: None,
                    },
                    citizen::Group {
                        title: "Spærringer".to_owned(),
                        records: 0,
                        page: Some("me/blocks"),
                        next: None,
                    },
                ],
                empty: vec!["Aftaler".to_owned(), "Organdonation".to_owned()],
                looks: days().swap_remove(1).looks,
                soon: vec![due(1), due(3)],
            }
            .render()
            .unwrap(),
        ),
        (
            "me-empty",
            citizen::Me {
                p: p(Area::Citizen, "me"),
                emergencies: vec![],
                groups: vec![],
                empty: vec![],
                looks: vec![],
                soon: vec![],
            }
            .render()
            .unwrap(),
        ),
        (
            "me-medicine",
            citizen::Medicine {
                p: Shell {
                    flash: Some(Flash { tone: Tone::Success, key: "flash-private" }),
                    ..p(Area::Citizen, "me/medicine")
                },
                whose: Whose::Mine,
                card: card(),
            }
            .render()
            .unwrap(),
        ),
        (
            "me-medicine-empty",
            citizen::Medicine {
                p: p(Area::Citizen, "me/medicine"),
                whose: Whose::Mine,
                card: medicine::Card::default(),
            }
            .render()
            .unwrap(),
        ),
        (
            "child-medicine",
            citizen::Medicine {
                p: p(Area::Citizen, "me/children"),
                whose: Whose::Child { id: ID.to_owned(), name: "Bo".to_owned() },
                card: card(),
            }
            .render()
            .unwrap(),
        ),
        (
            "me-log",
            citizen::Log {
                p: p(Area::Citizen, "me/log"),
                whose: Whose::Mine,
                emergencies: vec![access(None), access(Some(Judged::Wrong))],
                picture: bars(30),
                kinds: vec![
                    citizen::KindLink { href: "/da/me/log".to_owned(), key: "look-all", current: true },
                    citizen::KindLink {
                        href: "/da/me/log?kind=emergency".to_owned(),
                        key: "look-emergency",
                        current: false,
                    },
                ],
                days: days(),
                older: Some("/da/me/log?before=17".to_owned()),
            }
            .render()
            .unwrap(),
        ),
        (
            "child-log",
            citizen::Log {
                p: p(Area::Citizen, "me/children"),
                whose: Whose::Child { id: ID.to_owned(), name: EVIL.to_owned() },
                emergencies: vec![],
                picture: bars(0),
                kinds: vec![],
                days: vec![],
                older: None,
            }
            .render()
            .unwrap(),
        ),
        (
            "me-when",
            citizen::When {
                p: p(Area::Citizen, "me/when"),
                line: line(),
                empty: vec!["Aftaler".to_owned()],
                groups: vec![citizen::WhenGroup {
                    title: "Recepter".to_owned(),
                    says: Some("Recepter slettes efter to år.".to_owned()),
                    unstated: None,
                    rules: vec!["F-17".to_owned()],
                    items: (1..=9).map(due).collect(),
                }],
            }
            .render()
            .unwrap(),
        ),
        (
            "me-when-empty",
            citizen::When {
                p: p(Area::Citizen, "me/when"),
                line: Timeline::new(date(2026, 11, 21), vec![]),
                empty: vec![],
                groups: vec![],
            }
            .render()
            .unwrap(),
        ),
        (
            "me-blocks",
            citizen::Blocks {
                p: p(Area::Citizen, "me/blocks"),
                active: vec![held(Some("Testby Sygehus")), held(None)],
                ended: vec![held(Some(EVIL))],
            }
            .render()
            .unwrap(),
        ),
        (
            "me-blocks-empty",
            citizen::Blocks { p: p(Area::Citizen, "me/blocks"), active: vec![], ended: vec![] }
                .render()
                .unwrap(),
        ),
        (
            "ask-whom",
            ask(
                Deed::Block,
                Step::Whom { choices: choices(), field: Field::wrong("", "ask-problem-choose") },
            )
            .render()
            .unwrap(),
        ),
        (
            "ask-which",
            ask(
                Deed::Consent,
                Step::Which {
                    choices: choices(),
                    field: Field::default(),
                    number: Field::wrong("x", "Skriv"),
                    organisation: true,
                },
            )
            .render()
            .unwrap(),
        ),
        (
            "ask-until",
            ask(
                Deed::Block,
                Step::Until {
                    choices: choices(),
                    field: Field::default(),
                    day: Field::wrong("32-13", "ask-problem-day"),
                },
            )
            .render()
            .unwrap(),
        ),
        (
            "ask-review",
            ask(
                Deed::Block,
                Step::Review { whom: Some("Testby Sygehus".to_owned()), until: Some(date(2027, 12, 31)) },
            )
            .render()
            .unwrap(),
        ),
        (
            "ask-review-consent",
            ask(Deed::Consent, Step::Review { whom: None, until: None }).render().unwrap(),
        ),
        (
            "me-consents",
            citizen::Consents {
                p: p(Area::Citizen, "me/consents"),
                active: vec![held(Some("Mette Holm"))],
                ended: vec![],
            }
            .render()
            .unwrap(),
        ),
        (
            "me-children",
            citizen::Children {
                p: p(Area::Citizen, "me/children"),
                children: vec![citizen::Child {
                    id: ID.to_owned(),
                    name: "Bo Lauridsen".to_owned(),
                    until: Some(at("2030-12-21T23:00:00Z")),
                }],
            }
            .render()
            .unwrap(),
        ),
        (
            "me-basic",
            citizen::Basic {
                p: p(Area::Citizen, "me/basic"),
                rows: vec![
                    ("basic-name", "Nancy Ann Berggren".to_owned()),
                    ("basic-cpr", "251248-9996".to_owned()),
                ],
                protection: citizen::Protection::Protected,
                form: citizen::ContactForm {
                    phone: Field::wrong("abc", "basic-problem-phone"),
                    ..citizen::ContactForm::default()
                },
                problems: problems(&[("phone", "basic-problem-phone")]),
            }
            .render()
            .unwrap(),
        ),
        (
            "me-device",
            citizen::Device {
                p: p(Area::Citizen, "me/device"),
                idle_minutes: 15,
                absolute_hours: 2,
                sessions: vec![
                    citizen::SessionRow {
                        handle: "1".to_owned(),
                        minutes: 12,
                        idle_minutes: 0,
                        current: true,
                    },
                    citizen::SessionRow {
                        handle: "2".to_owned(),
                        minutes: 90,
                        idle_minutes: 10,
                        current: false,
                    },
                ],
            }
            .render()
            .unwrap(),
        ),
        (
            "me-represented",
            citizen::Representations {
                p: p(Area::Citizen, "me/represented"),
                for_whom: vec![citizen::Acts { person: ID.to_owned(), name: EVIL.to_owned(), until: None }],
                given: vec![citizen::Given {
                    id: ID.to_owned(),
                    name: EVIL.to_owned(),
                    kind: "representation-guardianship",
                    from: at("2026-11-01T09:00:00Z"),
                    until: None,
                    ends: true,
                }],
                cpr: Field::wrong("1", "cpr-problem-shape"),
                named: Field::holding(EVIL),
                until: Field::wrong("x", "ask-problem-day"),
                problems: problems(&[("cpr", "cpr-problem-shape"), ("until", "ask-problem-day")]),
            }
            .render()
            .unwrap(),
        ),
        (
            "represented-log",
            citizen::Log {
                p: p(Area::Citizen, "me/represented"),
                whose: Whose::Represented { id: ID.to_owned(), name: EVIL.to_owned() },
                emergencies: vec![],
                picture: bars(30),
                kinds: vec![],
                days: days(),
                older: None,
            }
            .render()
            .unwrap(),
        ),
        (
            "me-pharmacies",
            citizen::Pharmacies {
                p: p(Area::Citizen, "me/pharmacies"),
                active: vec![held(Some(EVIL))],
                number: Field::wrong("1", "ask-problem-number-organisation"),
                named: Field::default(),
                problems: problems(&[("number", "ask-problem-number-organisation")]),
            }
            .render()
            .unwrap(),
        ),
    ]
}
