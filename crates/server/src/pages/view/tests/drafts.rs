//! Sample pages of the officer's prints and clocks, and of a changed notice tried out.

use askama::Template;
use notice::Lang;
use notice::render::document::{Align, Shade};
use notice::render::{Block, Document, Figure, Shape, Table};

use super::super::clocks::{ClockGroup, ClockRow, Clocks, Done};
use super::super::drafts::{
    Changed, ClockMoved, DraftForm, DraftPage, Effect, FindingView, Gravity, Moved, OnFileView, Progress,
    RuleMoved, Tells, Waits,
};
use super::super::prints::{Laid, PrintLinks, PrintPage};
use super::super::{Area, Bar, Bars, Choice, Chosen, Field, Shell};
use super::samples::{EVIL, ID, at, problems, shell};

pub(super) fn picture() -> Laid {
    let text = Shape::Text {
        x: 10.0,
        y: 20.0,
        size: 9.0,
        align: Align::Start,
        turned: 0.0,
        bold: true,
        room: 180.0,
        on: Shade::None,
        text: EVIL.to_owned(),
    };
    Laid::picture(&Figure {
        name: "matrix".to_owned(),
        title: "Hvem må hvad".to_owned(),
        description: "1 rolle ned og 1 register hen".to_owned(),
        width: 200.0,
        height: 40.0,
        shapes: vec![text],
    })
}

pub(super) fn print_links() -> Vec<PrintLinks> {
    vec![
        PrintLinks {
            title: "Fortegnelse (artikel 30)".to_owned(),
            path: "officer/notices/fmk/prints/record".to_owned(),
            formats: vec!["md", "html", "json", "csv", "xlsx", "pdf", "jsonld"],
        },
        PrintLinks {
            title: EVIL.to_owned(),
            path: "officer/notices/fmk/prints/short".to_owned(),
            formats: vec!["md", "pdf"],
        },
    ]
}

/// The sample pages, by name.
pub(super) fn pages(lang: Lang) -> Vec<(&'static str, String)> {
    let p = |here: &str| shell(lang, Area::Officer, here);
    let both = match lang {
        Lang::Da => [Lang::Da, Lang::En],
        Lang::En => [Lang::En, Lang::Da],
    };
    let page = |draft: DraftPage| draft.render().unwrap();
    vec![
        ("officer-print", print(p("officer/notices/fmk/prints/record"), &[lang])),
        ("officer-print-beside", print(p("officer/notices/fmk/prints/record/beside"), &both)),
        ("officer-clocks", clocks(p("officer/clocks"))),
        ("officer-draft", form(p("officer/draft"))),
        ("officer-draft-errors", page(wrong(p("officer/draft/1")))),
        ("officer-draft-none", page(draft(p("officer/draft/1"), vec![nothing(lang)], OnFileView::NoneMoves))),
        (
            "officer-draft-counting",
            page(draft(
                p("officer/draft/1"),
                vec![effect(lang)],
                OnFileView::Counting(Progress { done: 12_288, all: 48_211 }),
            )),
        ),
        (
            "officer-draft-waiting",
            page(draft(
                p("officer/draft/1"),
                vec![effect(lang)],
                OnFileView::Counting(Progress { done: 0, all: 0 }),
            )),
        ),
        ("officer-draft-failed", page(draft(p("officer/draft/1"), vec![effect(lang)], OnFileView::Failed))),
        (
            "officer-draft-effect",
            page(draft(p("officer/draft/1"), vec![effect(lang)], OnFileView::Counted(moved()))),
        ),
        (
            "officer-draft-beside",
            page(draft(
                p("officer/draft/1/beside"),
                both.into_iter().map(effect).collect(),
                OnFileView::Counted(moved()),
            )),
        ),
    ]
}

fn print(p: Shell, langs: &[Lang]) -> String {
    let document = |lang: Lang| Document {
        schema: "hjemmel/print/1",
        kind: "record",
        notice: "fmk".to_owned(),
        lang,
        version: "ab".repeat(32),
        title: "Fortegnelse".to_owned(),
        about: Some(EVIL.to_owned()),
        blocks: vec![
            Block::Heading { level: 2, anchor: "purposes".to_owned(), text: EVIL.to_owned() },
            Block::Table(Table {
                name: "purposes".to_owned(),
                caption: "Formål".to_owned(),
                columns: vec!["Formål".to_owned(), "Grundlag".to_owned()],
                rows: vec![vec!["Behandling".to_owned(), EVIL.to_owned()]],
            }),
        ],
        sheets: vec![],
    };
    let laid = |lang: Lang| match langs.len() {
        1 => Laid::alone(&document(lang)),
        _ => Laid::beside(&document(lang)),
    };
    PrintPage {
        p,
        print: print_links().remove(0),
        notice: "Fælles Medicinkort".to_owned(),
        title: "Fortegnelse".to_owned(),
        columns: langs.iter().map(|lang| (*lang, laid(*lang))).collect(),
    }
    .render()
    .unwrap()
}

fn clocks(p: Shell) -> String {
    let row = |register: &str, acts, late| ClockRow {
        register: register.to_owned(),
        rule: "slettes to år efter udstedelsen".to_owned(),
        acts,
        year: 1900,
        late,
    };
    let done = |key, when, records| Done { key, last: at(when), records };
    Clocks {
        p,
        groups: vec![ClockGroup {
            id: "fmk".to_owned(),
            title: "Fælles Medicinkort".to_owned(),
            clocks: vec![
                row(
                    "Recepter",
                    vec![
                        done("done-erased", "2026-11-20T02:00:00Z", 312),
                        done("done-blocked", "2026-11-19T02:00:00Z", 3),
                    ],
                    3,
                ),
                row(EVIL, vec![], 0),
            ],
        }],
    }
    .render()
    .unwrap()
}

fn form(p: Shell) -> String {
    DraftForm {
        p,
        files: vec![("fmk.toml".to_owned(), EVIL.to_owned())],
        file: Field::holding("fmk.toml"),
        choices: vec![Choice {
            value: "fmk.toml".to_owned(),
            label: "fmk.toml: Fælles Medicinkort".to_owned(),
            chosen: Chosen::Yes,
        }],
        text: Field::wrong(EVIL, "Filen er større end 512 KiB"),
        upload: Field::default(),
        problems: problems(&[("text", "Filen er større end 512 KiB")]),
        minutes: 30,
    }
    .render()
    .unwrap()
}

fn draft(p: Shell, effect: Vec<Effect>, on_file: OnFileView) -> DraftPage {
    DraftPage {
        p,
        id: ID.to_owned(),
        files: vec!["fmk.toml".to_owned(), "parties.toml".to_owned()],
        findings: vec![],
        more: 0,
        errors: 0,
        mended: 1,
        effect,
        on_file,
        minutes: 30,
    }
}

fn wrong(p: Shell) -> DraftPage {
    let code = &notice::check::codes::NO_CLOCK;
    let lang = p.lang;
    let finding = |gravity, near| FindingView {
        code: code.id,
        title: code.title.get(lang),
        gravity,
        why: code.why.get(lang),
        sentence: EVIL.to_owned(),
        help: code.mend.get(lang).to_owned(),
        file: "fmk.toml".to_owned(),
        line: 84,
        near,
    };
    let near = vec![
        (83, "[register.prescription]".to_owned(), Tells::Beside),
        (84, format!("keep = \"{EVIL}\""), Tells::It),
        (85, String::new(), Tells::Beside),
    ];
    DraftPage {
        findings: vec![finding(Gravity::Error, near), finding(Gravity::Warning, vec![])],
        more: 17,
        errors: 2,
        ..draft(p, vec![], OnFileView::NoneMoves)
    }
}

fn nothing(lang: Lang) -> Effect {
    Effect {
        lang,
        turns: vec![],
        clocks: vec![],
        lost: vec![],
        gained: vec![],
        inform: vec![],
        waits: Waits::Signatures,
    }
}

fn effect(lang: Lang) -> Effect {
    let changed = |says: &[&str]| Changed {
        title: EVIL.to_owned(),
        place: "fmk.read-card, fmk.toml".to_owned(),
        says: says.iter().map(|it| (*it).to_owned()).collect(),
    };
    let rule = |rule: &str, tests| RuleMoved {
        rule: rule.to_owned(),
        words: "Prescriptions are erased after two years.".to_owned(),
        tests,
    };
    Effect {
        lang,
        turns: vec![
            ("draft-wider", vec![changed(&["Flere roller: sygeplejerske", "Betingelsen er væk"])]),
            ("draft-other", vec![changed(&["En anden paragraf"])]),
            ("draft-narrower", vec![changed(&["Færre oplysninger: Recepter: Diagnose"])]),
        ],
        clocks: vec![ClockMoved {
            title: "Recepter".to_owned(),
            id: "fmk.prescription".to_owned(),
            moves: "draft-sooner",
            old: "slettes to år efter udstedelsen".to_owned(),
            new: "slettes et år efter udstedelsen".to_owned(),
            examples: vec![(
                "udstedt 1. januar 2027".to_owned(),
                "1. januar 2029".to_owned(),
                "1. januar 2028".to_owned(),
            )],
        }],
        lost: vec![rule("F-17", 3)],
        gained: vec![rule("F-18", 0)],
        inform: vec!["patient (Recepter), gdpr:13(3); på grund af fmk.read-card".to_owned()],
        waits: Waits::SevenDays,
    }
}

fn moved() -> Moved {
    let bar = |month: u64| Bar {
        label: format!("{}/27", month + 1),
        name: format!("måned {}", month + 1),
        parts: vec![month * 7 % 11, month % 3],
    };
    Moved {
        picture: Bars {
            series: vec!["draft-on-file-sooner", "draft-on-file-later"],
            bars: (0..12).map(bar).collect(),
        },
        rows: vec![("Recepter".to_owned(), "marts 2027".to_owned(), 1_204, 0)],
        sooner: 1_204,
        later: 3,
        same: 40_118,
    }
}
