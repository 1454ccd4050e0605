//! Any bytes as a notice file in an editor: every place may be asked about, and every answer lies within its file.

#![no_main]

use jiff::civil::date;
use libfuzzer_sys::fuzz_target;
use notice::editor::Workspace;
use notice::{Lang, SourceFile};

const SHARED: &str = include_str!("../../fixtures/notices/base/roles.toml");

fuzz_target!(|input: (u16, &str)| {
    let (offset, text) = input;
    let offset = usize::from(offset);
    let file = |path: &str, text: &str| SourceFile { path: path.to_owned(), text: text.to_owned() };
    let workspace =
        Workspace::open(vec![file("x.toml", text), file("roles.toml", SHARED)], date(2026, 11, 21));
    let _ = workspace.diagnostics();
    let _ = workspace.outline("x.toml", Lang::Da);
    for offset in [offset, text.len()] {
        if let Some(hover) = workspace.hover("x.toml", offset, Lang::En) {
            assert!(text.get(hover.span).is_some());
        }
        for offered in workspace.complete("x.toml", offset, Lang::Da) {
            assert!(text.get(offered.replaces).is_some());
        }
        for place in workspace.references("x.toml", offset) {
            let whole = if *place.file == *"x.toml" { text } else { SHARED };
            assert!(whole.get(place.span).is_some());
        }
        let _ = workspace.definition("x.toml", offset);
    }
});
