//! The corpus that ships: it compiles, and it says what was promised.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stderr
)]

use std::path::Path;

use jiff::civil::date;
use notice::{Compiled, Severity, SourceFile, compile};

fn corpus() -> Vec<SourceFile> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../notices");
    let mut files: Vec<_> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|ending| ending == "toml"))
        .map(|path| SourceFile {
            path: path.file_name().unwrap().to_str().unwrap().to_owned(),
            text: std::fs::read_to_string(path).unwrap(),
        })
        .collect();
    files.sort_by(|a, b| a.path.cmp(&b.path));
    files
}

fn compiled() -> Compiled {
    compile(&corpus(), date(2026, 11, 21))
}

#[test]
fn the_corpus_has_no_error() {
    let compiled = compiled();
    let shown: Vec<_> = compiled
        .diagnostics
        .iter()
        .map(|it| {
            format!(
                "{} {:?} {}@{}: {} | {}",
                it.code.id, it.severity, it.place.file, it.place.span.start, it.sentence, it.help
            )
        })
        .collect();
    eprintln!("{}", shown.join("\n"));
    assert!(compiled.diagnostics.iter().all(|it| it.severity != Severity::Error));
    assert!(compiled.policy.is_some());
}
