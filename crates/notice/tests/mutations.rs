//! Half-written and hostile notices: whatever the bytes are, there are findings and never a panic.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use std::fs;
use std::path::Path;

use jiff::civil::date;
use notice::{Colour, Severity, SourceFile, compile};
use proptest::prelude::*;
use proptest::sample::{Index, select};

fn files(folder: &str) -> Vec<SourceFile> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../").join(folder);
    let mut files: Vec<_> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "toml"))
        .map(|path| SourceFile {
            path: path.file_name().unwrap().to_str().unwrap().to_owned(),
            text: fs::read_to_string(&path).unwrap(),
        })
        .collect();
    files.sort_by(|a, b| a.path.cmp(&b.path));
    files
}

/// What a slip, a broken editor or an ill-wisher does to a file.
#[derive(Clone, Debug)]
enum Change {
    Truncate(Index),
    DeleteLine(Index),
    DoubleLine(Index),
    SwapLines(Index, Index),
    Replace(Index, String),
    Insert(Index, String),
    DeleteFile,
}

fn odd() -> impl Strategy<Value = String> {
    let odd = vec![
        "\u{202e}",
        "\u{200b}",
        "\u{0}",
        "\u{feff}",
        "\u{1f600}",
        "а",
        "A\u{30a}",
        "\"",
        "'''",
        "\"\"\"",
        "\\",
        "\\u",
        "[",
        "]]",
        "{",
        "}",
        "=",
        "#",
        "\r",
        "\n",
        "..",
        "-",
        "99999999999999999999",
        "P9Y",
        "(((((",
        " and ",
        " not ",
        ":",
        "é",
    ];
    prop_oneof![3 => select(odd).prop_map(str::to_owned), 1 => "\\PC{0,6}", 1 => "[\\[\\](){}=.,\"a-z]{1,12}"]
}

fn change() -> impl Strategy<Value = Change> {
    let at = any::<Index>;
    prop_oneof![
        at().prop_map(Change::Truncate),
        at().prop_map(Change::DeleteLine),
        at().prop_map(Change::DoubleLine),
        (at(), at()).prop_map(|(a, b)| Change::SwapLines(a, b)),
        (at(), odd()).prop_map(|(at, odd)| Change::Replace(at, odd)),
        (at(), odd()).prop_map(|(at, odd)| Change::Insert(at, odd)),
        Just(Change::DeleteFile),
    ]
}

fn at(text: &str, index: Index) -> usize {
    let mut at = index.index(text.len() + 1);
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

fn apply(text: &mut String, change: &Change) {
    let lines: Vec<String> = text.split_inclusive('\n').map(str::to_owned).collect();
    if lines.is_empty() {
        return;
    }
    match change {
        Change::Truncate(index) => text.truncate(at(text, *index)),
        Change::DeleteLine(index) => {
            let skipped = index.index(lines.len());
            *text = lines
                .iter()
                .enumerate()
                .filter(|(at, _)| *at != skipped)
                .map(|(_, line)| line.as_str())
                .collect();
        }
        Change::DoubleLine(index) => {
            let at = index.index(lines.len());
            let mut doubled = lines.clone();
            doubled.insert(at, lines[at].clone());
            *text = doubled.concat();
        }
        Change::SwapLines(a, b) => {
            let mut swapped = lines.clone();
            swapped.swap(a.index(lines.len()), b.index(lines.len()));
            *text = swapped.concat();
        }
        Change::Replace(index, odd) => {
            let start = at(text, *index);
            let length = text[start..].chars().next().map_or(0, char::len_utf8);
            text.replace_range(start..start + length, odd);
        }
        Change::Insert(index, odd) => text.insert_str(at(text, *index), odd),
        Change::DeleteFile => text.clear(),
    }
}

fn hold(mut files: Vec<SourceFile>, changes: &[(Index, Change)]) -> Result<(), TestCaseError> {
    for (file, change) in changes {
        let at = file.index(files.len());
        apply(&mut files[at].text, change);
    }
    let compiled = compile(&files, date(2026, 11, 21));
    let failed = compiled.diagnostics.iter().any(|finding| finding.severity == Severity::Error);
    prop_assert_eq!(compiled.policy.is_none(), failed);
    for finding in compiled.diagnostics.iter().take(5) {
        let text = &files.iter().find(|file| *file.path == *finding.place.file).unwrap().text;
        prop_assert!(finding.place.span.end <= text.len(), "{:?}", finding);
        prop_assert!(!finding.render(&files, notice::Lang::Da, Colour::Off).is_empty());
        prop_assert!(!finding.line(&files, notice::Lang::Da).is_empty());
    }
    Ok(())
}

proptest! {
    // The corpus of the house is large; the fixtures below stand for its shapes.
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn a_changed_corpus_of_the_house_never_panics(changes in prop::collection::vec((any::<Index>(), change()), 1..6)) {
        hold(files("notices"), &changes)?;
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, ..ProptestConfig::default() })]

    #[test]
    fn a_changed_fixture_never_panics(changes in prop::collection::vec((any::<Index>(), change()), 1..6)) {
        hold(files("fixtures/notices/base"), &changes)?;
    }

    #[test]
    fn any_text_never_panics(text in "\\PC{0,400}") {
        hold(vec![SourceFile { path: "a.toml".to_owned(), text }], &[])?;
    }

    #[test]
    fn any_section_never_panics(
        section in select(vec!["notice", "party.a", "law.a", "role.a", "event.a", "flag.a", "clock.a", "purpose.a", "register.a", "[use]", "[share]", "[right]", "[measure]"]),
        key in select(vec!["id", "title", "kinds", "do", "keep", "who", "may", "of", "when", "fields", "valid", "answer", "covers", "is", "says", "states"]),
        value in select(vec!["1", "true", "\"a\"", "[]", "[1]", "[\"a\"]", "{}", "{ a = 1 }", "{ da = \"x\", en = \"y\" }", "1979-05-27", "[[[]]]", "\"\"", "{ a = { class = \"cpr\" } }"]),
    ) {
        let text = format!("[notice]\nid = \"n\"\n[{section}]\n{key} = {value}\n");
        hold(vec![SourceFile { path: "a.toml".to_owned(), text }], &[])?;
    }
}

#[test]
fn deep_nesting_of_every_kind_is_refused_and_never_overflows() {
    for (open, close) in [("[", "]"), ("{a=", "}")] {
        let text = format!("a = {}{}", open.repeat(50_000), close.repeat(50_000));
        let compiled = compile(&[SourceFile { path: "a.toml".to_owned(), text }], date(2026, 11, 21));
        assert!(compiled.policy.is_none());
    }
    let dotted = format!("{} = 1", vec!["a"; 20_000].join("."));
    let compiled = compile(&[SourceFile { path: "a.toml".to_owned(), text: dotted }], date(2026, 11, 21));
    assert!(compiled.policy.is_none());
}
