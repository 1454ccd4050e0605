//! Every page from samples, in both languages; what a page must never hold; what each must have.

use askama::Template;
use jiff::Timestamp;
use jiff::civil::{Date, date};
use notice::Lang;

use super::care::{self, Act, Head, May, Through};
use super::citizen::{self, Deed, Due, Happens, Look, LookKind, Step, Whose};
use super::medicine::{self, Marking, News, Openness, Standing};
use super::{
    Area, Bar, Bars, Cell, Choice, Chosen, Controller, Edge, Field, Flash, Mark, Matrix, Problems, Row,
    Shell, Timeline, Tone, Who,
};
use super::{demo, officer, open, states};

/// A name that would run if it were not escaped.
const EVIL: &str = "<script>alert(1)</script>\"'&";
const ID: &str = "00000000000000000000000000000001";

fn now() -> Timestamp {
    "2026-11-21T20:00:00Z".parse().unwrap()
}

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

fn shell(lang: Lang, area: Area, here: &str) -> Shell {
    let who = |name: &str, role: &str| Some(Who { name: name.to_owned(), role: role.to_owned() });
    Shell {
        lang,
        now: now(),
        here: here.to_owned(),
        area,
        who: match area {
            Area::Open => None,
            Area::Citizen => who("Nancy Ann Berggren", "Borger"),
            Area::Professional => who("Mette Holm", "Læge, Medicinsk Afdeling, Testby Sygehus"),
            Area::Pharmacy => who("Ole Friis", "Testby Apotek"),
            Area::Officer | Area::Reviewer | Area::Operator => who("Signe Lund", "Sundhedsdatastyrelsen"),
        },
        csrf: "token".to_owned(),
        controller: Controller {
            name: "Sundhedsdatastyrelsen".to_owned(),
            officer: Some("Databeskyttelsesrådgiveren, Ørestads Boulevard 5, 2300 København S".to_owned()),
        },
        flash: None,
        edge: (area != Area::Open).then_some(Edge { days_ahead: 3 }),
    }
}

fn look(kind: LookKind, when: &str) -> Look {
    Look {
        at: at(when),
        kind,
        who: "Mette Holm".to_owned(),
        role: "læge".to_owned(),
        place: Some("Medicinsk Afdeling, Testby Sygehus".to_owned()),
        on_behalf_of: (kind == LookKind::Treatment).then(|| "Jens Aagaard".to_owned()),
        what: "Så medicinkortet".to_owned(),
        ground: "behandling".to_owned(),
        reason: (kind == LookKind::Emergency)
            .then(|| "Bevidstløs, mulig overdosis, kan ikke spørges".to_owned()),
        clause: (kind == LookKind::Refused).then(|| "Der er ingen behandlingsrelation".to_owned()),
        records: 7,
        times: 3,
        due_at: Some(at("2028-11-20T13:05:00Z")),
        kept: (kind == LookKind::Emergency).then(|| "Opbevares i fem år: under efterprøvning".to_owned()),
    }
}

fn bars(days: usize) -> Bars {
    let bar = |n: usize| Bar {
        label: format!("{}.", n % 30 + 1),
        name: format!("{}. november 2026", n % 30 + 1),
        parts: vec![
            (n * 7 % 5) as u64,
            (n % 3) as u64,
            u64::from(n.is_multiple_of(11)),
            u64::from(n % 13 == 5),
        ],
    };
    Bars {
        series: vec!["look-treatment", "look-administration", "look-emergency", "look-refused"],
        bars: (0..days).map(bar).collect(),
    }
}

fn item(name: &str, standing: Standing, news: News, marking: Marking) -> medicine::Item {
    medicine::Item {
        id: ID.to_owned(),
        name: name.to_owned(),
        dosage: Some("1 tablet morgen og aften".to_owned()),
        indication: Some("mod forhøjet blodtryk".to_owned()),
        route: Some("gennem munden".to_owned()),
        standing,
        from: date(2026, 3, 1),
        until: (standing == Standing::Expired).then(|| date(2026, 9, 1)),
        because: (standing == Standing::Stopped).then(|| "Bivirkninger, Mette Holm".to_owned()),
        by: Some("Jens Aagaard, Lægehuset Testby".to_owned()),
        changed_at: at("2026-11-20T13:05:00Z"),
        news,
        marking,
        prescriptions: vec![prescription()],
        last_handed_over: Some(("Testby Apotek".to_owned(), at("2026-11-18T10:00:00Z"))),
        notes: Vec::new(),
        due_at: Some(at("2028-11-20T13:05:00Z")),
    }
}

fn prescription() -> medicine::Prescription {
    medicine::Prescription {
        id: ID.to_owned(),
        number: "12345".to_owned(),
        name: "Enalapril 10 mg tabletter".to_owned(),
        dosage: Some("1 tablet morgen".to_owned()),
        indication: Some("mod forhøjet blodtryk".to_owned()),
        status: "prescription-open",
        left: 3,
        packages: 1,
        package_size: Some(100),
        valid_until: date(2028, 3, 1),
        by: Some("Jens Aagaard".to_owned()),
        issued_at: at("2026-03-01T09:00:00Z"),
        open: Openness::Open,
    }
}

fn card() -> medicine::Card {
    medicine::Card {
        current: vec![
            item("Enalapril 10 mg tabletter", Standing::Current, News::New, Marking::Open),
            item("Sertralin 50 mg tabletter", Standing::Paused, News::None, Marking::Private),
        ],
        former: vec![
            item("Ibuprofen 400 mg tabletter", Standing::Stopped, News::Changed, Marking::Open),
            item(EVIL, Standing::Expired, News::None, Marking::Open),
        ],
        hidden_private: 2,
        reviewed: None,
    }
}

fn head() -> Head {
    Head {
        id: ID.to_owned(),
        name: Some("Max Berggren".to_owned()),
        birth_date: Some(date(1972, 7, 1)),
        cpr: Some("010772-9995".to_owned()),
    }
}

fn choices() -> Vec<Choice> {
    let choice = |value: &str, label: &str, chosen| Choice {
        value: value.to_owned(),
        label: label.to_owned(),
        chosen,
    };
    vec![choice("person", "En person", Chosen::Yes), choice("everyone", "Alle", Chosen::No)]
}

fn due(n: u64) -> Due {
    Due {
        what: "Recept på Enalapril 10 mg".to_owned(),
        records: n as usize,
        at: (n != 2).then(|| at("2027-02-20T13:05:00Z")),
        happens: (n != 2).then_some(Happens::Erased),
        why: "To år efter at recepten blev udstedt, eller medicinen sidst blev udleveret.".to_owned(),
    }
}

fn line() -> Timeline {
    let mark = |day: Date, series, records| Mark { day, series, records };
    Timeline::new(
        date(2026, 11, 21),
        vec![
            mark(date(2027, 2, 20), 1, 3),
            mark(date(2027, 6, 1), 0, 9),
            mark(date(2028, 11, 20), 1, 40),
            mark(date(2030, 1, 1), 2, 1),
        ],
    )
}

fn promise(id: &str, standing: open::Standing) -> open::Promise {
    open::Promise {
        id: id.to_owned(),
        rule: "Prescriptions are deleted 2 years after issue.".to_owned(),
        standing,
    }
}

fn groups() -> Vec<open::PromiseGroup> {
    vec![open::PromiseGroup {
        id: "fmk".to_owned(),
        title: "Fælles Medicinkort".to_owned(),
        promises: vec![
            promise("F-17", open::Standing::Tested),
            promise("F-18", open::Standing::Stated),
            promise("F-19", open::Standing::Missing),
        ],
    }]
}

fn problems(all: &[(&str, &str)]) -> Problems {
    Problems(all.iter().map(|(name, words)| ((*name).to_owned(), (*words).to_owned())).collect())
}

fn wrong() -> Problems {
    problems(&[("reason", "emergency-problem-reason"), ("cpr", "cpr-problem-shape")])
}

fn order_fields() -> care::OrderFields {
    care::OrderFields {
        drug: Field::holding(EVIL),
        morning: Field::wrong("en", "problem-number"),
        dosage_kinds: choices(),
        prescription_kinds: choices(),
        ..care::OrderFields::default()
    }
}

/// Every page, by name.
#[allow(clippy::too_many_lines, reason = "a list")]
fn pages(lang: Lang) -> Vec<(&'static str, String)> {
    let link = open::NoticeLink {
        id: "fmk".to_owned(),
        title: "Fælles Medicinkort".to_owned(),
        about: "Din medicin ét sted.".to_owned(),
        controller: "Sundhedsdatastyrelsen".to_owned(),
    };
    let p = |area, here| shell(lang, area, here);
    let kept = open::Kept {
        source: "notices/fmk.toml, linje 84".to_owned(),
        clock: Some("slettes to år efter, at recepten blev udstedt".to_owned()),
        condition: Some("behandler personen og er ikke spærret".to_owned()),
        grounds: vec![(
            "nødvendig for en opgave i samfundets interesse".to_owned(),
            "gdpr 6(1)(e)".to_owned(),
        )],
        rules: vec![("F-17".to_owned(), open::Tested::Yes), ("F-18".to_owned(), open::Tested::No)],
        last_acted: Some(at("2026-11-20T02:00:00Z")),
    };
    let sentence = open::Sentence {
        title: "Recepter".to_owned(),
        text: "Recepter slettes efter to år.".to_owned(),
        lines: vec!["lægemiddel".to_owned()],
        unstated: Some("Oplysningen siger ikke, hvad der starter uret.".to_owned()),
        kept,
    };
    let part = |id: &str, heading: &str| open::Part {
        id: id.to_owned(),
        heading: heading.to_owned(),
        sentences: vec![sentence.clone()],
    };
    let days = || {
        vec![
            citizen::Day {
                date: date(2026, 11, 21),
                looks: vec![
                    look(LookKind::Treatment, "2026-11-21T13:05:09Z"),
                    look(LookKind::Emergency, "2026-11-21T03:12:00Z"),
                ],
            },
            citizen::Day {
                date: date(2026, 11, 20),
                looks: LookKind::ALL.into_iter().map(|kind| look(kind, "2026-11-20T13:05:09Z")).collect(),
            },
        ]
    };
    let person = demo::Person {
        key: "nancy".to_owned(),
        name: "Nancy Ann Berggren".to_owned(),
        role: "Borger".to_owned(),
        line: "Går til egen læge og har gjort én medicin privat.".to_owned(),
    };
    let access = officer::Access {
        id: ID.to_owned(),
        patient: ID.to_owned(),
        who: "Mette Holm".to_owned(),
        place: Some("Testby Sygehus".to_owned()),
        reason: EVIL.to_owned(),
        from: at("2026-11-20T13:05:09Z"),
        until: at("2026-11-20T14:05:09Z"),
        number_that_day: 4,
        review_by: at("2026-11-20T16:00:00Z"),
        late: officer::Lateness::Late,
    };
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
    let mut all: Vec<(&'static str, String)> = vec![
        ("front", open::Front { p: p(Area::Open, ""), notices: vec![link.clone()] }.render().unwrap()),
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
            }
            .render()
            .unwrap(),
        ),
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
            "patients",
            care::Patients {
                p: p(Area::Professional, "patients"),
                patients: vec![care::Patient {
                    id: ID.to_owned(),
                    name: Some("Max Berggren".to_owned()),
                    birth_date: Some(date(1972, 7, 1)),
                    since: at("2026-11-21T07:00:00Z"),
                    found: "found-a-plus",
                    source: "source-referral",
                }],
                cpr: Field::wrong("123", "cpr-problem-shape"),
                problems: problems(&[("cpr", "cpr-problem-shape")]),
            }
            .render()
            .unwrap(),
        ),
        (
            "patients-empty",
            care::Patients {
                p: p(Area::Professional, "patients"),
                patients: vec![],
                cpr: Field::default(),
                problems: Problems::default(),
            }
            .render()
            .unwrap(),
        ),
        (
            "card",
            care::CardPage {
                p: p(Area::Professional, "patients"),
                head: head(),
                card: card(),
                since: Some(at("2026-11-14T08:00:00Z")),
                through: Through::Treatment,
                may: May::Change,
                reason: Field::default(),
            }
            .render()
            .unwrap(),
        ),
        (
            "card-emergency",
            care::CardPage {
                p: p(Area::Professional, "patients"),
                head: head(),
                card: card(),
                since: None,
                through: Through::Emergency,
                may: May::Look,
                reason: Field::wrong("kort", "Skriv en begrundelse"),
            }
            .render()
            .unwrap(),
        ),
        (
            "card-consent",
            care::CardPage {
                p: p(Area::Professional, "patients"),
                head: head(),
                card: card(),
                since: None,
                through: Through::Consent,
                may: May::Look,
                reason: Field::default(),
            }
            .render()
            .unwrap(),
        ),
        (
            "refused",
            care::Refused {
                p: p(Area::Professional, "patients"),
                patient: Some(ID.to_owned()),
                why: "Du behandler ikke denne person, så du må ikke se medicinkortet.".to_owned(),
                clause: "mangler: behandlingsrelation".to_owned(),
                asked: "fmk.read-card".to_owned(),
                ways: vec![
                    care::Way {
                        title: "Bed om henvisning".to_owned(),
                        text: "Adgangen åbner, når en anden har skrevet det ned.".to_owned(),
                        href: None,
                    },
                    care::Way {
                        title: "Brug værdispring".to_owned(),
                        text: "Kun når liv eller helbred kræver det.".to_owned(),
                        href: Some("/da/patients/1/emergency".to_owned()),
                    },
                ],
                written: "refused-written",
            }
            .render()
            .unwrap(),
        ),
        (
            "emergency",
            care::Emergency {
                p: p(Area::Professional, "patients"),
                patient: ID.to_owned(),
                reason: Field::wrong("kort", "emergency-problem-reason"),
                problems: wrong(),
                minutes: 60,
                supervisor_from: 4,
                letters: 20,
            }
            .render()
            .unwrap(),
        ),
        (
            "consent-now",
            care::ConsentAsk { p: p(Area::Professional, "patients"), patient: ID.to_owned() }
                .render()
                .unwrap(),
        ),
        (
            "looks",
            care::Looks { p: p(Area::Professional, "looks"), picture: bars(30), days: days(), older: None }
                .render()
                .unwrap(),
        ),
        (
            "preview",
            care::Preview {
                p: p(Area::Professional, "patients"),
                head: head(),
                act: Act::Change,
                action: "/da/patients/1/orders/2/change".to_owned(),
                name: "Enalapril 10 mg".to_owned(),
                changes: vec![
                    care::Change {
                        title: "Dosering".to_owned(),
                        before: Some("1 tablet morgen".to_owned()),
                        after: Some("2 tabletter morgen".to_owned()),
                    },
                    care::Change {
                        title: "Slutdato".to_owned(),
                        before: None,
                        after: Some("1. marts 2027".to_owned()),
                    },
                ],
                warnings: vec!["Den største daglige dosis bliver mere end fordoblet.".to_owned()],
                carried: vec![("drug".to_owned(), EVIL.to_owned())],
            }
            .render()
            .unwrap(),
        ),
        (
            "preview-nothing",
            care::Preview {
                p: p(Area::Professional, "patients"),
                head: head(),
                act: Act::Stop,
                action: "/x".to_owned(),
                name: "Enalapril".to_owned(),
                changes: vec![],
                warnings: vec![],
                carried: vec![],
            }
            .render()
            .unwrap(),
        ),
        (
            "pharmacy",
            care::Pharmacy {
                p: p(Area::Pharmacy, "pharmacy"),
                cpr: Field::default(),
                problems: Problems::default(),
            }
            .render()
            .unwrap(),
        ),
        (
            "presented",
            care::Presented {
                p: p(Area::Pharmacy, "pharmacy"),
                head: head(),
                prescriptions: vec![prescription()],
            }
            .render()
            .unwrap(),
        ),
        (
            "presented-empty",
            care::Presented { p: p(Area::Pharmacy, "pharmacy"), head: head(), prescriptions: vec![] }
                .render()
                .unwrap(),
        ),
        (
            "dispense",
            care::Dispense {
                p: p(Area::Pharmacy, "pharmacy"),
                head: head(),
                prescription: prescription(),
                version: "3".to_owned(),
                packages: Field::wrong("9", "dispense-problem-packages"),
                label_text: Field::holding("1 tablet morgen"),
                comment: Field::default(),
                problems: problems(&[("packages", "dispense-problem-packages")]),
            }
            .render()
            .unwrap(),
        ),
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
                unreviewed: Some(2),
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
                unreviewed: None,
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
                notices: vec![
                    (
                        "fmk".to_owned(),
                        "Fælles Medicinkort".to_owned(),
                        Matrix {
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
                    ),
                    ("x".to_owned(), "Tom".to_owned(), Matrix::default()),
                ],
                version: "ab".repeat(32),
            }
            .render()
            .unwrap(),
        ),
        (
            "officer-emergencies",
            officer::Emergencies {
                p: p(Area::Officer, "officer/emergencies"),
                waiting: vec![access.clone()],
                note: Field::wrong("", "emergencies-problem-note"),
                at: Some(ID.to_owned()),
                problems: Problems::default(),
            }
            .render()
            .unwrap(),
        ),
        (
            "officer-emergencies-empty",
            officer::Emergencies {
                p: p(Area::Reviewer, "officer/emergencies"),
                waiting: vec![],
                note: Field::default(),
                at: None,
                problems: Problems::default(),
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
            }
            .render()
            .unwrap(),
        ),
        (
            "demo",
            demo::Choose { p: p(Area::Citizen, "demo"), persons: vec![person.clone(); 6] }.render().unwrap(),
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
                    held: vec![("indsigtssag".to_owned(), 2)],
                    braked: 3,
                    stopped: None,
                }),
            }
            .render()
            .unwrap(),
        ),
        (
            "demo-tour",
            demo::Tour {
                p: p(Area::Citizen, "demo/tour"),
                steps: (1..=8)
                    .map(|number| demo::TourStep {
                        number,
                        person: (number % 2 == 0).then(|| person.clone()),
                        page: "me",
                    })
                    .collect(),
            }
            .render()
            .unwrap(),
        ),
    ];
    for act in [Act::Prescribe, Act::Change, Act::Pause, Act::Resume, Act::Stop, Act::UndoStop] {
        let page = care::OrderForm {
            p: p(Area::Professional, "patients"),
            head: head(),
            act,
            action: "/da/patients/1/x".to_owned(),
            name: Some("Enalapril".to_owned()),
            version: "1-2".to_owned(),
            fields: order_fields(),
            problems: problems(&[("morning", "problem-number")]),
            meanwhile: vec!["Dosering".to_owned()],
        };
        all.push((act.word(), page.render().unwrap()));
    }
    for kind in states::Kind::ALL {
        let state = states::State {
            event: Some("00ab".to_owned()),
            retry_after: Some(60),
            then: Some("/da/me?x=1".to_owned()),
            lines: vec![EVIL.to_owned()],
            ..states::State::of(p(Area::Open, "me"), kind)
        };
        all.push((kind.word(), state.render().unwrap()));
    }
    all
}

fn each(check: impl Fn(Lang, &str, &str)) {
    for lang in Lang::ALL {
        for (name, html) in pages(lang) {
            check(lang, name, &html);
        }
    }
}

#[test]
fn every_page_renders_in_every_language_and_asks_for_no_missing_text() {
    each(|lang, name, html| {
        assert!(html.contains(&format!("<html lang=\"{}\">", lang.tag())), "{name}");
        if let Some(folder) = std::env::var_os("PAGES_OUT") {
            let folder = std::path::PathBuf::from(folder).join(lang.tag());
            std::fs::create_dir_all(&folder).unwrap();
            std::fs::write(folder.join(format!("{name}.html")), html).unwrap();
        }
    });
    assert_eq!(crate::i18n::missed::all(), Vec::<String>::new());
}

// threats T7: names, reasons and organisations are written by others.
#[test]
fn what_others_wrote_is_escaped_on_every_page() {
    each(|_, name, html| assert!(!html.contains("<script>"), "{name}"));
}

// threats 4.2: the policy of the pages allows nothing inline and nothing from elsewhere.
#[test]
fn no_page_has_inline_script_or_style_or_a_foreign_source() {
    each(|_, name, html| {
        assert!(!html.contains(" style=") && !html.contains("<style"), "{name} has inline style");
        for handler in [" onclick=", " onload=", " onsubmit=", " onchange=", "javascript:", "hx-on"] {
            assert!(!html.contains(handler), "{name} has `{handler}`");
        }
        for tag in
            html.split("<script").skip(1).chain(html.split("<link").skip(1)).chain(html.split("<img").skip(1))
        {
            let head = tag.split('>').next().unwrap_or_default();
            assert!(!head.contains("//"), "{name} loads `{head}`");
        }
    });
}

#[test]
fn every_page_has_one_main_heading_and_headings_in_order() {
    each(|lang, name, html| {
        let main = html.split("<main").nth(1).unwrap().split("</main>").next().unwrap();
        assert_eq!(main.matches("<h1").count(), 1, "{name} {lang:?}");
        let mut last = 1;
        let from_heading = main.split("<h1").nth(1).unwrap();
        for part in from_heading.split("<h").skip(1) {
            let Some(level) = part.chars().next().and_then(|c| c.to_digit(10)) else { continue };
            assert!(level <= last + 1, "{name}: h{level} after h{last}");
            last = level;
        }
    });
}

#[test]
fn every_form_that_posts_carries_the_token_and_every_field_has_a_label() {
    each(|_, name, html| {
        for form in html.split("<form").skip(1) {
            let form = form.split("</form>").next().unwrap();
            assert!(form.contains("method=\"post\""), "{name} has a form that does not post");
            assert!(form.contains("name=\"_csrf\""), "{name} has a form without token");
            for field in form
                .split("<input")
                .skip(1)
                .chain(form.split("<textarea").skip(1))
                .chain(form.split("<select").skip(1))
            {
                let head = field.split('>').next().unwrap();
                if head.contains("type=\"hidden\"") {
                    continue;
                }
                let id = head.split("id=\"").nth(1).unwrap().split('"').next().unwrap();
                assert!(form.contains(&format!("for=\"{id}\"")), "{name}: `{id}` has no label");
            }
        }
    });
}

#[test]
fn every_table_has_a_caption_and_every_picture_a_text() {
    each(|_, name, html| {
        for table in html.split("<table").skip(1) {
            assert!(table.split("</table>").next().unwrap().contains("<caption"), "{name}");
        }
        for svg in html.split("<svg").skip(1) {
            let svg = svg.split("</svg>").next().unwrap();
            assert!(
                svg.contains("aria-hidden=\"true\"") || (svg.contains("<title") && svg.contains("<desc")),
                "{name}: {svg}"
            );
        }
    });
}

#[test]
fn no_id_stands_twice_on_a_page() {
    each(|_, name, html| {
        let mut ids: Vec<&str> = html
            .split(" id=\"")
            .skip(1)
            .filter_map(|part| part.split('"').next())
            .filter(|id| !id.contains(ID))
            .collect();
        ids.sort_unstable();
        let before = ids.len();
        ids.dedup();
        assert_eq!(before, ids.len(), "{name}");
    });
}

// threats T8: htmx keeps nothing in the browser and runs nothing of its own.
#[test]
fn every_page_tells_htmx_to_keep_nothing_and_to_run_nothing() {
    each(|_, name, html| {
        for setting in [
            "\"historyCacheSize\":0",
            "\"allowEval\":false",
            "\"selfRequestsOnly\":true",
            "\"includeIndicatorStyles\":false",
        ] {
            assert!(html.contains(setting), "{name} lacks {setting}");
        }
    });
}

#[test]
fn the_other_language_is_at_the_same_address() {
    each(|lang, name, html| {
        let other = if lang == Lang::Da { "/en/" } else { "/da/" };
        assert!(html.contains(&format!("class=\"site-language\" href=\"{other}")), "{name}");
    });
    let page = shell(Lang::Da, Area::Citizen, "me/log");
    assert_eq!(page.switched(), "/en/me/log");
}
