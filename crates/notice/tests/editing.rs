//! Notices while they are being written: whatever a slip or a broken editor leaves, every place may be asked about.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use std::path::Path;

use jiff::civil::date;
use notice::editor::Workspace;
use notice::{Lang, SourceFile};
use proptest::prelude::*;
use proptest::sample::{Index, select};

fn base() -> Vec<SourceFile> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fixtures/notices/base");
    let paths = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let mut files: Vec<SourceFile> = paths
        .map(|path| SourceFile {
            path: path.file_name().unwrap().to_str().unwrap().to_owned(),
            text: std::fs::read_to_string(&path).unwrap(),
        })
        .collect();
    files.sort_by(|a, b| a.path.cmp(&b.path));
    files
}

/// The border of a character at a place of a text.
fn border(text: &str, index: &Index) -> usize {
    let mut at = index.index(text.len() + 1);
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

fn odd() -> impl Strategy<Value = &'static str> {
    let odd = [
        "\"",
        "'",
        "\"\"\"",
        "[",
        "[[",
        "]",
        "]]",
        "{",
        "}",
        "=",
        ",",
        ".",
        "#",
        "\n",
        "\r\n",
        "\\",
        "å😀",
        "\u{feff}",
        "\u{0}",
        "[[use]]\nid = \"",
        "[register.",
        "keep = \"erase at ",
        "is = [\"doctor\"]\n",
        "[role.doctor]\n",
        "fields = [\"a.b\"]\n",
    ];
    select(odd.to_vec())
}

/// Asks everything at a place; what is told of a file lies within it.
fn asked(files: &[SourceFile], which: usize, offset: usize) {
    let workspace = Workspace::open(files.to_vec(), date(2026, 11, 21));
    let name = files[which].path.as_str();
    let text = |path: &str| files.iter().find(|file| file.path == path).unwrap().text.as_str();
    for found in workspace.diagnostics() {
        assert!(found.place.span.start <= text(&found.place.file).len());
    }
    for symbol in workspace.outline(name, Lang::Da) {
        assert!(symbol.whole.start <= symbol.at.start && symbol.at.end <= symbol.whole.end, "{symbol:?}");
        assert!(text(name).get(symbol.whole.clone()).is_some());
    }
    if let Some(hover) = workspace.hover(name, offset, Lang::En) {
        assert!(
            text(name)
                .get(hover.span.clone())
                .is_some_and(|_| hover.span.start <= offset && offset <= hover.span.end)
        );
    }
    for offered in workspace.complete(name, offset, Lang::En) {
        assert!(
            text(name).get(offered.replaces.clone()).is_some() && offered.replaces.start <= offset,
            "{offered:?}"
        );
    }
    for place in workspace
        .references(name, offset)
        .into_iter()
        .chain(workspace.definition(name, offset).map(|it| it.name.clone()))
    {
        assert!(text(&place.file).get(place.span).is_some());
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn every_place_of_a_broken_corpus_may_be_asked_about(
        which in any::<Index>(),
        changes in prop::collection::vec((any::<Index>(), any::<Index>(), prop::option::of(odd())), 1..5),
        place in any::<Index>(),
    ) {
        let mut files = base();
        let which = which.index(files.len());
        for (from, to, put) in &changes {
            let text = &mut files[which].text;
            let (from, to) = (border(text, from), border(text, to));
            match put {
                Some(odd) => text.insert_str(from, odd),
                // A piece falls out, up to the end of the file.
                None => text.replace_range(from..to.max(from), ""),
            }
        }
        let offset = border(&files[which].text, &place);
        asked(&files, which, offset);
    }

    #[test]
    fn every_beginning_of_a_file_may_be_asked_about_at_its_end(which in any::<Index>(), end in any::<Index>()) {
        let mut files = base();
        let which = which.index(files.len());
        let end = border(&files[which].text, &end);
        files[which].text.truncate(end);
        asked(&files, which, end);
    }
}

#[test]
fn a_name_that_is_never_closed_lies_within_its_section() {
    let mut files = base();
    let which = files.iter().position(|file| file.text.contains("id = \"house\"")).unwrap();
    files[which].text = files[which].text.replacen("id = \"house\"", "id = \"\"\"house\"", 1);
    asked(&files, which, 0);
}
