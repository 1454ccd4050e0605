//! What the sample pages are filled with.

use jiff::Timestamp;
use jiff::civil::{Date, date};
use notice::Lang;

use super::super::care::{self, Head};
use super::super::citizen::{self, Due, Happens, Look, LookKind};
use super::super::demo;
use super::super::emergencies::{Access, Found, Judged, Lateness};
use super::super::medicine::{self, Marking, News, Openness, Standing};
use super::super::open;
use super::super::states::Kind;
use crate::app::Place;

use super::super::{
    Area, Bar, Bars, Choice, Chosen, Controller, Edge, Field, Mark, Problems, Shell, Timeline, Who,
};

/// A name that would run if it were not escaped.
pub(super) const EVIL: &str = "<script>alert(1)</script>\"'&";
pub(super) const ID: &str = "00000000000000000000000000000001";

pub(super) fn now() -> Timestamp {
    "2026-11-21T20:00:00Z".parse().unwrap()
}

pub(super) fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

pub(crate) fn shell(lang: Lang, area: Area, here: &str) -> Shell {
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
            Area::Staff => who("Karen Test", "Den, der fører listen"),
            Area::Person => who("Anna Test", "Medlem"),
        },
        csrf: "token".to_owned(),
        controller: Controller {
            name: "Sundhedsdatastyrelsen".to_owned(),
            officer: Some("Databeskyttelsesrådgiveren, Ørestads Boulevard 5, 2300 København S".to_owned()),
        },
        flash: None,
        edge: (area != Area::Open).then_some(Edge { days_ahead: 3 }),
        warns: here.ends_with("warn"),
        place: if area == Area::Person { Place::Trial } else { Place::Real },
    }
}

pub(super) fn look(kind: LookKind, when: &str) -> Look {
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

pub(super) fn bars(days: usize) -> Bars {
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

pub(super) fn item(name: &str, standing: Standing, news: News, marking: Marking) -> medicine::Item {
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

pub(super) fn prescription() -> medicine::Prescription {
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

pub(super) fn card() -> medicine::Card {
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

pub(super) fn head() -> Head {
    Head {
        id: ID.to_owned(),
        name: Some("Max Berggren".to_owned()),
        birth_date: Some(date(1972, 7, 1)),
        cpr: Some("010772-9995".to_owned()),
    }
}

pub(super) fn choices() -> Vec<Choice> {
    let choice = |value: &str, label: &str, chosen| Choice {
        value: value.to_owned(),
        label: label.to_owned(),
        chosen,
    };
    vec![choice("person", "En person", Chosen::Yes), choice("everyone", "Alle", Chosen::No)]
}

pub(super) fn due(n: u64) -> Due {
    Due {
        what: "Recept på Enalapril 10 mg".to_owned(),
        state: match n {
            2 => Some(Kind::Restricted),
            3 => Some(Kind::Late),
            _ => None,
        },
        records: n as usize,
        at: (n != 2).then(|| at("2027-02-20T13:05:00Z")),
        happens: (n != 2).then_some(Happens::Erased),
        why: "To år efter at recepten blev udstedt, eller medicinen sidst blev udleveret.".to_owned(),
    }
}

pub(super) fn line() -> Timeline {
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

pub(super) fn promise(id: &str, standing: open::Standing) -> open::Promise {
    open::Promise {
        id: id.to_owned(),
        rule: "Prescriptions are deleted 2 years after issue.".to_owned(),
        standing,
        proof: open::Proof {
            sections: vec![(EVIL.to_owned(), "fmk.prescription".to_owned())],
            tests: vec![("a prescription is erased on its day".to_owned(), "crates/x/tests/y.rs".to_owned())],
            acted: Some(at("2026-11-20T02:00:00Z")),
        },
    }
}

pub(super) fn groups() -> Vec<open::PromiseGroup> {
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

pub(super) fn problems(all: &[(&str, &str)]) -> Problems {
    Problems(all.iter().map(|(name, words)| ((*name).to_owned(), (*words).to_owned())).collect())
}

pub(super) fn wrong() -> Problems {
    problems(&[("reason", "emergency-problem-reason"), ("cpr", "cpr-problem-shape")])
}

pub(super) fn order_fields() -> care::OrderFields {
    care::OrderFields {
        drug: Field::holding(EVIL),
        morning: Field::wrong("en", "problem-number"),
        dosage_kinds: choices(),
        prescription_kinds: choices(),
        ..care::OrderFields::default()
    }
}

pub(super) fn days() -> Vec<citizen::Day> {
    vec![
        citizen::Day {
            date: date(2026, 11, 21),
            looks: vec![
                look(LookKind::Treatment, "2026-11-21T13:05:09Z"),
                look(LookKind::Emergency, "2026-11-21T03:12:00Z"),
            ],
            folded: vec![look(LookKind::Own, "2026-11-21T13:07:00Z"); 3],
        },
        citizen::Day {
            date: date(2026, 11, 20),
            looks: LookKind::ALL.into_iter().map(|kind| look(kind, "2026-11-20T13:05:09Z")).collect(),
            folded: Vec::new(),
        },
    ]
}

pub(super) fn person() -> demo::Person {
    demo::Person {
        key: "nancy".to_owned(),
        name: "Nancy Ann Berggren".to_owned(),
        role: "Borger".to_owned(),
        line: "Går til egen læge og har gjort én medicin privat.".to_owned(),
    }
}

pub(super) fn access(judged: Option<Judged>) -> Access {
    let found = |judged| Found { judged, note: EVIL.to_owned(), at: at("2026-11-21T09:00:00Z") };
    Access {
        id: ID.to_owned(),
        patient: ID.to_owned(),
        who: "Mette Holm".to_owned(),
        place: Some("Testby Sygehus".to_owned()),
        reason: EVIL.to_owned(),
        from: at("2026-11-20T13:05:09Z"),
        until: at("2026-11-20T14:05:09Z"),
        number_that_day: 4,
        review_by: at("2026-11-20T16:00:00Z"),
        late: if judged.is_none() { Lateness::Late } else { Lateness::InTime },
        found: judged.map(found),
    }
}
