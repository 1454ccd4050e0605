//! Changes of a small corpus and what they come to.

use jiff::civil::date;
use jiff::tz::TimeZone;

use super::{Diff, Move, Turn, diff};
use crate::source::SourceFile;
use crate::text::Lang;

fn file(path: &str, text: &str) -> SourceFile {
    SourceFile { path: path.to_owned(), text: text.to_owned() }
}

fn shipped() -> Vec<SourceFile> {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../../notices");
    let mut files: Vec<SourceFile> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|it| it == "toml"))
        .map(|path| {
            file(&path.file_name().unwrap().to_string_lossy(), &std::fs::read_to_string(&path).unwrap())
        })
        .collect();
    files.sort_by(|a, b| a.path.cmp(&b.path));
    files
}

/// The shipped notices, and the same with one text of one file replaced.
fn changed(path: &str, from: &str, to: &str) -> Diff {
    let files = shipped();
    let mut other = files.clone();
    let found = other.iter_mut().find(|it| it.path == path).unwrap();
    assert!(found.text.contains(from), "{path} does not hold {from}");
    found.text = found.text.replacen(from, to, 1);
    let compiled = |files: &[SourceFile]| {
        let compiled = crate::compile(files, date(2026, 11, 21));
        let told: Vec<_> =
            compiled.diagnostics.iter().map(|it| it.line(files, crate::text::Lang::En)).collect();
        compiled.policy.unwrap_or_else(|| panic!("{told:#?}"))
    };
    let zone = TimeZone::posix("CET-1CEST,M3.5.0,M10.5.0/3").unwrap();
    diff(&compiled(&files), &compiled(&other), &zone)
}

#[track_caller]
fn has(diff: &Diff, turn: Turn, change: &str) {
    assert!(
        diff.effects.iter().any(|it| it.turn == turn && it.change == change),
        "{change}: {:#?}",
        diff.effects
    );
}

#[test]
fn notices_with_another_note_are_the_same_in_effect() {
    let diff = changed("nsp.toml", "language = 1", "# a note\nlanguage = 1");
    assert!(diff.is_empty() && diff.old != diff.new, "{diff:#?}");
    assert!(diff.text(Lang::En).contains("no effect") && diff.text(Lang::Da).contains("ingen virkning"));
}

/// Threat T1: one word in `who`, or a condition dropped, opens a register.
#[test]
fn threat_t1_a_dropped_condition_and_a_new_role_come_first_as_widening() {
    let files = shipped();
    let nsp = files.iter().find(|it| it.path == "nsp.toml").unwrap();
    let used = nsp.text.split("[[use]]").find(|part| part.contains("\nwhen = ")).unwrap();
    let line = |key: &str| used.lines().find(|line| line.starts_with(key)).unwrap();
    let dropped = changed(
        "nsp.toml",
        &format!("[[use]]{used}"),
        &format!("[[use]]{}", used.replace(line("when = "), "")),
    );
    has(&dropped, Turn::Wider, "condition-weaker");
    assert_eq!(dropped.effects[0].turn, Turn::Wider);
    assert!(!dropped.inform.is_empty(), "the people of the register are to be told");
    let who = line("who = ");
    let wider = changed(
        "nsp.toml",
        &format!("[[use]]{used}"),
        &format!("[[use]]{}", used.replace(who, &who.replace("[", "[\"cpr\", "))),
    );
    has(&wider, Turn::Wider, "roles-added");
}

#[test]
fn a_log_that_is_gone_is_told_first() {
    let files = shipped();
    let fmk = files.iter().find(|it| it.path == "fmk.toml").unwrap();
    let line = fmk.text.lines().find(|line| line.starts_with("step-up = true")).unwrap();
    let diff = changed("fmk.toml", &format!("{line}\n"), "");
    has(&diff, Turn::Wider, "step-up-dropped");
}

/// Threat T2: a shorter period is found, whatever else changes.
#[test]
fn threat_t2_a_shorter_clock_is_sooner_and_a_longer_one_is_later() {
    let keep = "erase at earliest(fulfilled + P2Y, subject.died + P1Y)";
    let text = shipped().into_iter().find(|it| it.text.contains("P2Y")).unwrap();
    let line =
        text.text.lines().find(|line| line.starts_with("keep") && line.contains("P2Y")).unwrap_or(keep);
    let shorter = changed(&text.path, line, &line.replacen("P2Y", "P1M", 1));
    assert!(shorter.shortens_a_clock());
    assert!(matches!(shorter.clocks[0].moves, Move::Sooner), "{:#?}", shorter.clocks);
    assert!(!shorter.clocks[0].examples.is_empty());
    assert!(shorter.text(Lang::En).contains("seven days"));
    let longer = changed(&text.path, line, &line.replacen("P2Y", "P9Y", 1));
    assert!(!longer.shortens_a_clock(), "{:#?}", longer.clocks);
    assert_eq!(longer.clocks[0].moves, Move::Later);
    assert!(!longer.inform.is_empty(), "a longer period is told to the people");
}

#[test]
fn the_notices_are_the_same_as_themselves_and_all_new_against_none() {
    let files = shipped();
    let policy = crate::compile(&files, date(2026, 11, 21)).policy.unwrap();
    let nothing = crate::compile(&[file("empty.toml", "language = 1\n")], date(2026, 11, 21)).policy.unwrap();
    let zone = TimeZone::UTC;
    assert!(diff(&policy, &policy, &zone).is_empty());
    let all = diff(&nothing, &policy, &zone);
    assert!(all.lost.is_empty() && all.gained.len() > 100);
    assert_eq!(all.of(Turn::Wider).filter(|it| it.change == "use-appears").count(), policy.uses.len());
    let none = diff(&policy, &nothing, &zone);
    assert_eq!(none.of(Turn::Narrower).filter(|it| it.change == "use-vanishes").count(), policy.uses.len());
    for lang in Lang::ALL {
        assert!(all.text(lang).lines().count() > 100 && all.json(lang).is_object());
    }
}
