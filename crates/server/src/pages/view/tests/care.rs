//! Sample pages of those who treat and hand over.

use askama::Template;
use jiff::civil::date;
use notice::Lang;

use super::super::care::{self, Act, May, Through};
use super::super::{Area, Field, Problems};
use super::samples::{EVIL, ID, at, bars, card, days, head, prescription, problems, shell, wrong};

/// The sample pages of those who treat and hand over, by name.
#[allow(clippy::too_many_lines, reason = "a list")]
pub(super) fn pages(lang: Lang) -> Vec<(&'static str, String)> {
    let p = |area, here| shell(lang, area, here);
    vec![
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
                review: Some(care::GoneThrough { version: "1-2".to_owned(), orders: ID.to_owned() }),
                private_way: true,
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
                review: None,
                private_way: true,
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
                review: None,
                private_way: true,
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
            "cancel-prescription",
            care::CancelPrescription {
                p: p(Area::Professional, "patients"),
                head: head(),
                prescription: prescription(),
                version: 3,
                reason: Field::wrong(EVIL, "emergency-problem-reason"),
                problems: problems(&[("reason", "emergency-problem-reason")]),
            }
            .render()
            .unwrap(),
        ),
        (
            "presented-ask",
            care::PresentedAsk { p: p(Area::Pharmacy, "pharmacy"), person: ID.to_owned() }.render().unwrap(),
        ),
    ]
}
