//! Sample pages of keys between countries.

use askama::Template;
use jiff::civil::date;
use notice::Lang;

use super::super::europe::{
    By, Country, Deciding, Europe, Gateway, Held, Node, Paper, Proposed, Reader, Refusal, Run, Standing,
    Star, hundreds, told,
};
use super::super::exported::{Exported, Newest};
use super::super::{Area, Bar, Bars, Shell};
use super::samples::{at, shell};
use crate::i18n;

/// The sample pages, by name.
pub(super) fn pages(lang: Lang) -> Vec<(&'static str, String)> {
    let open = || shell(lang, Area::Open, "europe");
    let operator = || shell(lang, Area::Operator, "operator/europe");
    vec![
        ("europe", full(open(), Reader::Anyone, Trouble::None)),
        ("europe-trouble", full(open(), Reader::Anyone, Trouble::Much)),
        ("europe-empty", empty(open())),
        ("operator-europe", full(operator(), Reader::Operator, Trouble::None)),
        ("operator-europe-trouble", full(operator(), Reader::Operator, Trouble::Much)),
    ]
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Trouble {
    None,
    Much,
}

fn empty(p: Shell) -> String {
    let country = Country {
        name: i18n::country("DE", p.lang),
        last: None,
        sent: 0,
        accepted: 0,
        standing: Standing::Nothing,
    };
    Europe {
        reader: Reader::Anyone,
        sent: None,
        fetched: None,
        uploaded: 0,
        refused: 0,
        star: Some(star(&p, Reader::Anyone, std::slice::from_ref(&country))),
        countries: vec![country],
        days: Bars { series: vec!["europe-series-up", "europe-series-down"], bars: Vec::new() },
        held: Vec::new(),
        not_done: None,
        exported: Some(Exported { origin: None, newest: Vec::new() }),
        unbelieved: Vec::new(),
        goes: Vec::new(),
        gateway: None,
        p,
    }
    .render()
    .unwrap()
}

fn star(p: &Shell, reader: Reader, countries: &[Country]) -> Star {
    let node = |one: &Country| Node {
        name: one.name.clone(),
        words: told(p, reader, one.sent),
        standing: one.standing,
    };
    Star {
        own: i18n::country("DK", p.lang),
        own_words: told(p, reader, 131),
        nodes: countries.iter().map(node).collect(),
    }
}

fn refusal(p: &Shell, key: &'static str) -> Refusal {
    Refusal { at: at("2026-11-21T12:05:00Z"), name: i18n::country("SE", p.lang), keys: 40, key }
}

/// What two others and the reader have proposed.
fn proposed(p: &Shell, reader: Reader, trouble: Trouble) -> Vec<Held> {
    if (reader, trouble) != (Reader::Operator, Trouble::Much) {
        return Vec::new();
    }
    let all =
        [(By::Another, Deciding::Release), (By::Another, Deciding::Discard), (By::Reader, Deciding::Discard)];
    let held = |(number, (by, decision)): (u64, (By, Deciding))| Held {
        name: i18n::country("SE", p.lang),
        code: "SE".to_owned(),
        day: date(2026, 11, 20),
        tag: format!("20261120-{number}"),
        keys: 700 + number,
        accepted: 700,
        proposed: Some(Proposed { who: "Ada Lund".to_owned(), at: at("2026-11-21T18:10:00Z"), decision, by }),
    };
    (1..).zip(all).map(held).collect()
}

fn exported(p: &Shell) -> Exported {
    let newest = |key, files, keys, abroad| Newest {
        key,
        made: at("2026-11-21T18:00:00Z"),
        from: at("2026-11-21T14:00:00Z"),
        until: at("2026-11-21T16:00:00Z"),
        goes: Some(at("2026-12-05T18:00:00Z")),
        files,
        keys,
        abroad,
    };
    let name = |number: u32| format!("1795269600-1795276800-{number:05}.zip");
    let of = |code: &str, keys| (i18n::country(code, p.lang), keys);
    Exported {
        origin: Some("https://keys.example.dk".to_owned()),
        newest: vec![
            newest("exported-dk", vec![("dk", name(1))], 1_043, Vec::new()),
            newest(
                "exported-all",
                vec![("all", name(1)), ("all", name(2))],
                1_764,
                vec![of("DE", 612), of("SE", 109)],
            ),
        ],
    }
}

fn full(p: Shell, reader: Reader, trouble: Trouble) -> String {
    let much = trouble == Trouble::Much;
    let country = |code: &str, sent, standing| Country {
        name: i18n::country(code, p.lang),
        last: Some(at("2026-11-21T18:05:00Z")),
        sent,
        accepted: sent / 3,
        standing,
    };
    let of = |wrong, right| if much { wrong } else { right };
    let countries = vec![
        country("SE", 412, of(Standing::Unbelieved, Standing::Well)),
        country("DE", 6_913, of(Standing::Held, Standing::Well)),
        Country { last: None, ..country("NO", 0, Standing::Nothing) },
    ];
    let bar = |day: u64| {
        let (up, down) = (12 + day * 3, 90 + day * 41);
        let parts = match reader {
            Reader::Anyone => vec![hundreds(up), hundreds(down)],
            Reader::Operator => vec![up, down],
        };
        Bar { label: format!("{day}.11."), name: format!("{day}. november 2026"), parts }
    };
    let paper = |code: &str, key, standing| Paper {
        name: i18n::country(code, p.lang),
        key,
        digits: "9f86d081884c7d65".to_owned(),
        expires: Some(at("2027-11-21T00:00:00Z")),
        standing,
    };
    Europe {
        reader,
        sent: Some(Run { at: at("2026-11-21T18:00:00Z"), key: "europe-run-done" }),
        fetched: Some(Run {
            at: at("2026-11-21T18:05:00Z"),
            key: if much { "europe-run-unreachable" } else { "europe-run-done" },
        }),
        uploaded: 131,
        refused: if much { 2 } else { 0 },
        star: Some(star(&p, reader, &countries)),
        countries,
        days: Bars {
            series: vec!["europe-series-up", "europe-series-down"],
            bars: (8..22).map(bar).collect(),
        },
        held: much
            .then(|| Held {
                name: i18n::country("DE", p.lang),
                code: "DE".to_owned(),
                day: date(2026, 11, 21),
                tag: "20261121-4".to_owned(),
                keys: 6_000,
                accepted: 5_980,
                proposed: None,
            })
            .into_iter()
            .chain(proposed(&p, reader, trouble))
            .collect(),
        not_done: (much && reader == Reader::Operator).then_some("europe-held-same"),
        exported: Some(exported(&p)),
        unbelieved: much.then(|| refusal(&p, "europe-why-unknown-certificate")).into_iter().collect(),
        goes: vec![(date(2026, 11, 29), 4), (date(2026, 12, 5), 112)],
        gateway: Some(Gateway {
            last_batch: Some(at("2026-11-21T18:05:00Z")),
            batches: 14,
            papers: vec![
                paper("DK", "europe-paper-authentication", "europe-paper-good"),
                paper("SE", "europe-paper-signing", "europe-paper-bad"),
                paper("SE", "europe-paper-callback", "europe-paper-good"),
            ],
            refused: if much {
                vec![refusal(&p, "europe-why-bad-signature"), refusal(&p, "europe-why-signed-for-another")]
            } else {
                Vec::new()
            },
        }),
        p,
    }
    .render()
    .unwrap()
}

/// Two persons are waited for: they read that first, everybody else reads first who takes part.
#[test]
fn what_waits_for_the_operator_stands_before_all_else() {
    let first = |page: &str| page.find("id=\"held\"").unwrap() < page.find("<figure").unwrap();
    let pages = pages(Lang::En);
    let page = |name| pages.iter().find(|(known, _)| *known == name).map(|(_, page)| page.as_str()).unwrap();
    assert!(first(page("operator-europe-trouble")));
    assert!(!first(page("operator-europe")));
    assert!(!first(page("europe-trouble")));
    assert_eq!(page("operator-europe-trouble").matches("id=\"held\"").count(), 1);
}

/// A handful of keys is one person: anyone reads whole hundreds.
#[test]
fn no_number_for_anyone_tells_a_single_person() {
    let p = shell(Lang::En, Area::Open, "europe");
    assert_eq!(told(&p, Reader::Anyone, 0), "none");
    assert_eq!(told(&p, Reader::Anyone, 1), told(&p, Reader::Anyone, 100));
    assert_eq!(told(&p, Reader::Anyone, 101), "at most 200");
    assert_eq!(told(&p, Reader::Operator, 101), "101");
}
