//! Every print of every notice of the house, held against what must be true of paper.

use std::collections::BTreeMap;
use std::path::Path;

use jiff::civil::date;
use notice::render::{Article, Block, Document, Print, Scope, Shape, print as make};
use notice::{Lang, Policy, SourceFile, compile};

use super::flow::{Laid, lay_out};
use super::letters::{Letters, Weight};
use super::sheets::Drawing;
use super::tree::{Child, Part, Role};

fn policy() -> Policy {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../notices");
    let paths = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let files: Vec<_> = paths
        .filter(|path| path.extension().is_some_and(|ending| ending == "toml"))
        .map(|path| SourceFile {
            path: path.file_name().unwrap().to_str().unwrap().to_owned(),
            text: std::fs::read_to_string(path).unwrap(),
        })
        .collect();
    compile(&files, date(2026, 11, 22)).policy.unwrap()
}

fn prints() -> Vec<Print> {
    vec![
        Print::Notice,
        Print::Short,
        Print::Letter(Article::Thirteen),
        Print::Letter(Article::Fourteen),
        Print::Record(Scope::Notice),
        Print::Record(Scope::Controller),
        Print::Processor("medicine-record-operator".to_owned()),
        Print::Retention,
        Print::Matrix,
        Print::Parties,
        Print::Joint,
        Print::Dpia,
    ]
}

/// Nothing outside the margins, nothing upon another, no word lost, all of it in the tree.
#[test]
fn every_print_of_every_notice_is_whole_on_paper() {
    each(|document, laid, letters| {
        within_the_margins(document, laid, letters);
        none_upon_others(document, laid, letters);
        every_word_is_there(document, laid, letters);
        each_mark_in_the_tree(document, laid, letters);
        pictures_fit(document, laid, letters);
    });
}

/// Each print of each notice in each language, laid out.
fn each(check: impl Fn(&Document, &Laid, &Letters)) {
    let (policy, letters) = (policy(), Letters::load().unwrap());
    for notice in &policy.notices {
        let id = policy.notice_id(&notice.said.id).unwrap();
        for (print, lang) in prints().iter().flat_map(|print| Lang::ALL.map(|lang| (print, lang))) {
            let document = make(&policy, id, print, lang).unwrap();
            check(&document, &lay_out(&document, &letters), &letters);
        }
    }
}

fn texts(laid: &Laid) -> impl Iterator<Item = (usize, f32, f32, f32, Weight, f32, &str)> {
    let marks = laid
        .sheets
        .all
        .iter()
        .enumerate()
        .flat_map(|(page, sheet)| sheet.marks.iter().map(move |it| (page, it)));
    marks.flat_map(|(page, mark)| mark.drawings.iter().map(move |it| (page, it))).filter_map(
        |(page, drawing)| match drawing {
            Drawing::Text { x, y, size, weight, turned, text, .. } => {
                Some((page, *x, *y, *size, *weight, *turned, text.as_str()))
            }
            Drawing::Filled { .. } | Drawing::Border { .. } => None,
        },
    )
}

fn within_the_margins(document: &Document, laid: &Laid, letters: &Letters) {
    let size = laid.sheets.size;
    for (page, x, y, points, weight, turned, text) in texts(laid) {
        if turned != 0.0 {
            continue;
        }
        let end = x + letters.width(text, weight, points);
        let inside = x >= size.margin - 0.5 && end <= size.width - size.margin + 1.5;
        assert!(inside, "{} {} page {page}: `{text}` from {x} to {end}", document.notice, document.kind);
        assert!(
            y > size.margin && y <= size.bottom() + 3.0,
            "{} {}: `{text}` at {y}",
            document.notice,
            document.kind
        );
    }
}

fn none_upon_others(document: &Document, laid: &Laid, letters: &Letters) {
    type Laid<'a> = (f32, f32, &'a str);
    let mut lines: BTreeMap<(usize, i32), Vec<Laid<'_>>> = BTreeMap::new();
    for (page, x, y, points, weight, turned, text) in texts(laid) {
        if turned == 0.0 {
            let end = x + letters.width(text, weight, points);
            #[allow(clippy::cast_possible_truncation)]
            lines.entry((page, (y * 2.0) as i32)).or_default().push((x, end, text));
        }
    }
    for on_line in lines.values_mut() {
        on_line.sort_by(|a, b| a.0.total_cmp(&b.0));
        for pair in on_line.windows(2) {
            assert!(
                pair[0].1 <= pair[1].0 + 0.5,
                "{} {}: `{}` upon `{}`",
                document.notice,
                document.kind,
                pair[0].2,
                pair[1].2
            );
        }
    }
}

fn every_word_is_there(document: &Document, laid: &Laid, letters: &Letters) {
    let mut drawn: String = texts(laid).map(|(.., text)| text).collect();
    drawn.retain(|sign| sign != ' ');
    for block in &document.blocks {
        let words: Vec<&str> = match block {
            Block::Heading { text, .. } | Block::Paragraph { text } => vec![text],
            Block::Remark { label, text } => vec![label, text],
            Block::Pairs { pairs } => {
                pairs.iter().flat_map(|(label, value)| [label.as_str(), value]).collect()
            }
            Block::List { lines } => lines.iter().map(|line| line.text.as_str()).collect(),
            Block::Table(table) => table.columns.iter().map(String::as_str).collect(),
            Block::Figure(figure) => vec![&figure.description],
            Block::More { stands, .. } => vec![stands],
        };
        for text in words {
            let plain: String = letters.printable(text).split(' ').collect();
            assert!(drawn.contains(&plain), "{} {}: `{text}`", document.notice, document.kind);
        }
    }
}

fn each_mark_in_the_tree(document: &Document, laid: &Laid, _letters: &Letters) {
    let mut seen = vec![0; laid.sheets.numbers];
    let mut levels = Vec::new();
    laid.parts.iter().for_each(|part| walk(part, &mut seen, &mut levels));
    assert!(seen.iter().all(|count| *count == 1), "{} {}", document.notice, document.kind);
    assert_eq!(levels.first(), Some(&1));
    assert!(
        levels.windows(2).all(|pair| pair[1] <= pair[0] + 1),
        "{} {}: {levels:?}",
        document.notice,
        document.kind
    );
}

fn walk(part: &Part, seen: &mut [usize], levels: &mut Vec<u16>) {
    if let Role::Heading(level, _) = &part.role {
        levels.push(*level);
    }
    for child in &part.children {
        match child {
            Child::Part(part) => walk(part, seen, levels),
            Child::Mark(mark) => seen[*mark] += 1,
        }
    }
}

fn pictures_fit(document: &Document, _laid: &Laid, letters: &Letters) {
    for block in &document.blocks {
        let Block::Figure(figure) = block else { continue };
        for shape in &figure.shapes {
            if let Shape::Text { size, bold, room, text, .. } = shape {
                let weight = if *bold { Weight::Bold } else { Weight::Regular };
                let width = letters.width(&letters.printable(text), weight, *size);
                assert!(width <= *room, "{}: `{text}` is {width} wide and has {room}", document.notice);
            }
        }
    }
}

#[test]
fn a_file_keeps_its_standards_and_is_the_same_each_time() {
    let policy = policy();
    for print in prints() {
        let document = make(&policy, policy.notice_id("fmk").unwrap(), &print, Lang::Da).unwrap();
        let file = super::pdf(&document, date(2026, 11, 22)).unwrap();
        let has = |words: &str| file.windows(words.len()).any(|part| part == words.as_bytes());
        assert!(file.starts_with(b"%PDF-1.7"));
        for words in [
            "<pdfaid:part>2</pdfaid:part>",
            "<pdfaid:conformance>A</pdfaid:conformance>",
            "<pdfuaid:part>1</pdfuaid:part>",
            "/StructTreeRoot",
            "/Lang",
        ] {
            assert!(has(words), "{words} is not in {}", document.kind);
        }
        assert_eq!(file, super::pdf(&document, date(2026, 11, 22)).unwrap());
    }
}
