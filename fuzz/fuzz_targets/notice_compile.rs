//! Any text as a notice, beside the shared files of the house: diagnostics or a policy, and never a panic.

#![no_main]

use std::fs;
use std::path::Path;
use std::sync::LazyLock;

use jiff::civil::date;
use libfuzzer_sys::fuzz_target;
use notice::SourceFile;

/// Parties, laws, roles and events, so that a random notice has something to name.
static SHARED: LazyLock<Vec<SourceFile>> = LazyLock::new(|| {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../notices");
    ["parties.toml", "law.toml", "roles.toml", "events.toml"]
        .into_iter()
        .filter_map(|name| Some(SourceFile { path: name.to_owned(), text: fs::read_to_string(folder.join(name)).ok()? }))
        .collect()
});

fuzz_target!(|text: &str| {
    let mut files = SHARED.clone();
    files.push(SourceFile { path: "random.toml".to_owned(), text: text.to_owned() });
    let compiled = notice::compile(&files, date(2026, 1, 1));
    for finding in &compiled.diagnostics {
        let file = files.iter().find(|file| *file.path == *finding.place.file).expect("a place in a file of the corpus");
        assert!(file.text.get(finding.place.span.clone()).is_some(), "{}: a place beyond its file", finding.code.id);
    }
});
