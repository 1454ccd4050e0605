//! A keystroke in an editor over the shipped notices: everything is read anew and everything is answered, in time.
//!
//! The bar is 100 ms for a built product: `PRINT=1 cargo test --release -p notice --test keystroke -- --nocapture` prints.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::print_stderr,
    clippy::disallowed_methods
)]

use std::path::Path;
use std::time::{Duration, Instant};

use jiff::civil::date;
use notice::editor::Workspace;
use notice::{Lang, SourceFile};

fn shipped() -> Vec<SourceFile> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../notices");
    let paths = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let toml = paths.filter(|path| path.extension().is_some_and(|ending| ending == "toml"));
    let mut files: Vec<SourceFile> = toml
        .map(|path| SourceFile {
            path: path.file_name().unwrap().to_str().unwrap().to_owned(),
            text: std::fs::read_to_string(&path).unwrap(),
        })
        .collect();
    files.sort_by(|a, b| a.path.cmp(&b.path));
    files
}

#[test]
fn a_keystroke_over_all_notices_is_answered_in_time() {
    let most = Duration::from_millis(if cfg!(debug_assertions) { 8_000 } else { 100 });
    let mut files = shipped();
    let file = files.iter().position(|file| file.path == "fmk.toml").unwrap();
    let mut times: [Vec<Duration>; 4] = Default::default();
    let typed = "\n[register.extra]\nkeep = \"erase at order.made + ";
    // What is not built for speed types a few letters only.
    let letters = if cfg!(debug_assertions) { 4 } else { typed.len() };
    for letter in typed.chars().take(letters) {
        files[file].text.push(letter);
        let end = files[file].text.len();
        let mut laps = Vec::new();
        let begin = Instant::now();
        let workspace = Workspace::open(files.clone(), date(2026, 11, 21));
        assert!(!workspace.complete("fmk.toml", end, Lang::Da).is_empty() || end > 0);
        laps.push(begin.elapsed());
        let _ = workspace.diagnostics();
        laps.push(begin.elapsed());
        let order = files[file].text.find("[register.order]").unwrap() + 12;
        assert!(workspace.hover("fmk.toml", order, Lang::Da).is_some());
        let _ = workspace.outline("fmk.toml", Lang::Da);
        laps.push(begin.elapsed());
        let _ = workspace.references("fmk.toml", order);
        laps.push(begin.elapsed());
        for (times, lap) in times.iter_mut().zip(laps) {
            times.push(lap);
        }
    }
    let bytes: usize = files.iter().map(|file| file.text.len()).sum();
    for (name, times) in
        ["completion", "and findings", "and hover, outline", "and references"].into_iter().zip(&mut times)
    {
        times.sort();
        let (median, slowest) = (times[times.len() / 2], times[times.len() - 1]);
        if std::env::var_os("PRINT").is_some() {
            eprintln!("{} files, {bytes} bytes, {name}: median {median:?}, slowest {slowest:?}", files.len());
        }
        assert!(median < most, "{name}: median {median:?}, slowest {slowest:?}");
    }
}
