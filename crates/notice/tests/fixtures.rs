//! Every case in `fixtures/notices`: input and expected findings in one file; `UPDATE=1` writes what is found.
//!
//! A case in `bad` is named after the code that must find it. Those that begin with `U` are faults that no compiler can
//! see; they are counted against us.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

use jiff::civil::date;
use notice::check::codes;
use notice::diagnostic::position;
use notice::{Colour, Compiled, Lang, Severity, compile};

#[path = "reading/mod.rs"]
mod reading;

use reading::{Case, base, cases, folder, read};

fn compiled(case: &Case) -> Compiled {
    compile(&case.files, date(2026, 11, 21))
}

fn shown(case: &Case, compiled: &Compiled) -> String {
    let mut text = String::new();
    for finding in &compiled.diagnostics {
        writeln!(text, "{}\n  help: {}", finding.line(&case.files, Lang::En), finding.help.en).unwrap();
        if let Some((place, says)) = &finding.second {
            let (line, column) = position(&case.files, place);
            writeln!(text, "  {}:{line}:{column}: {}", place.file, says.en).unwrap();
        }
    }
    match &compiled.policy {
        Some(policy) => {
            writeln!(text, "compiles: {} registers, {} uses", policy.registers.len(), policy.uses.len())
                .unwrap()
        }
        None => writeln!(text, "does not compile").unwrap(),
    }
    text
}

fn hold(kind: &str) {
    #[expect(clippy::disallowed_methods, reason = "how a person asks the test to write what it finds")]
    let update = std::env::var_os("UPDATE").is_some();
    let mut wrong = Vec::new();
    for path in cases(kind) {
        let case = read(&path);
        let found = shown(&case, &compiled(&case));
        if found == case.expected {
            continue;
        }
        if update {
            fs::write(&path, format!("{}== expected\n{found}", case.input)).unwrap();
        } else {
            wrong.push(format!("{}\n--- expected\n{}--- found\n{found}", path.display(), case.expected));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_bad_notice_is_told_what_is_wrong() {
    hold("bad");
}

#[test]
fn every_good_notice_compiles() {
    hold("good");
    for path in cases("good") {
        assert!(compiled(&read(&path)).policy.is_some(), "{}", path.display());
    }
}

#[test]
fn a_case_finds_the_code_that_it_is_named_after() {
    for path in cases("bad") {
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        if name.starts_with(['X', 'U']) {
            continue;
        }
        let found = compiled(&read(&path)).diagnostics;
        assert!(found.iter().any(|finding| name.starts_with(finding.code.id)), "{name}");
    }
}

/// Whether a seeded fault is refused or warned of: by its code, at a line, with the rule behind it and a remedy.
fn is_told(path: &Path) -> bool {
    let name = path.file_name().unwrap().to_str().unwrap();
    let case = read(path);
    compiled(&case).diagnostics.iter().any(|finding| {
        name.starts_with(finding.code.id)
            && finding.severity != Severity::Note
            && position(&case.files, &finding.place).0 >= 1
            && case.files.iter().any(|file| *file.path == *finding.place.file)
            && !finding.code.why.en.is_empty()
            && !finding.help.en.is_empty()
    })
}

#[test]
fn at_least_95_of_100_seeded_faults_are_told_with_line_rule_and_remedy() {
    let seeded: Vec<_> =
        cases("bad").into_iter().filter(|path| !path.ends_with("X-everything-at-once.txt")).collect();
    let kinds: BTreeSet<_> = seeded
        .iter()
        .filter_map(|path| path.file_name()?.to_str()?.get(..4))
        .filter(|kind| kind.starts_with('N'))
        .map(str::to_owned)
        .collect();
    let (told, missed): (Vec<_>, Vec<_>) = seeded.iter().partition(|path| is_told(path));
    let share = told.len() as f64 / seeded.len() as f64;
    eprintln!(
        "{} of {} seeded faults of {} kinds are told: {:.1} %",
        told.len(),
        seeded.len(),
        kinds.len(),
        share * 100.0
    );
    for path in missed {
        eprintln!("not told: {}", path.file_stem().unwrap().to_str().unwrap());
    }
    assert!(seeded.len() >= 100 && kinds.len() >= 25 && share >= 0.95);
}

#[test]
fn the_notice_that_faults_are_seeded_into_has_none() {
    let clean = Case { files: base(), input: String::new(), expected: String::new() };
    assert_eq!(compiled(&clean).diagnostics, []);
}

#[test]
fn every_code_has_a_case() {
    let found: BTreeSet<_> = cases("bad")
        .iter()
        .flat_map(|path| compiled(&read(path)).diagnostics)
        .map(|finding| finding.code.id)
        .collect();
    let missing: Vec<_> = codes::all().map(|code| code.id).filter(|id| !found.contains(id)).collect();
    assert!(missing.is_empty(), "{missing:?}");
}

/// The case that stands in the book for a code: the shortest, a change of the good notice before a whole file.
fn example(code: &str) -> Option<(PathBuf, Case)> {
    let named =
        cases("bad").into_iter().filter(|path| path.file_name().unwrap().to_str().unwrap().starts_with(code));
    let rank = |path: &PathBuf| {
        let text = fs::read_to_string(path).unwrap();
        (!text.contains("== change"), text.len())
    };
    named.min_by_key(rank).map(|path| (path.clone(), read(&path)))
}

/// A sign that cannot be seen, by its number.
fn visible(sign: char) -> String {
    match sign {
        '\u{ad}' | '\u{200b}'..='\u{206f}' | '\u{feff}' => sign.escape_unicode().to_string(),
        seen => seen.to_string(),
    }
}

/// The lines around a finding, as they stand in the file.
fn excerpt(case: &Case, finding: &notice::Diagnostic) -> String {
    const AROUND_LINES: usize = 3;
    const LINE_LONGEST: usize = 200;
    let file = case.files.iter().find(|file| *file.path == *finding.place.file).unwrap();
    let (line, _) = position(&case.files, &finding.place);
    let first = line.saturating_sub(AROUND_LINES + 1);
    let lines = file.text.lines().enumerate().skip(first).take(2 * AROUND_LINES + 1);
    let shown = lines.map(|(at, text)| {
        let mark = if at + 1 == line { ">" } else { " " };
        format!(
            "{mark} {:>4} | {}\n",
            at + 1,
            text.chars().take(LINE_LONGEST).map(visible).collect::<String>()
        )
    });
    shown.map(|line| line.trim_end().to_owned() + "\n").collect()
}

/// The chapter of the book, from the table of codes and from the cases that the other tests run.
fn chapter(lang: Lang) -> String {
    let (head, help) = match lang {
        Lang::En => (
            "# What the compiler says\n\nEvery finding has a code. `hjemmel check --explain N302` prints its part of this page. The example of each is a case that the tests run: the line marked `>` is the one that the compiler shows. The same in Danish: [Hvad oversætteren siger](koder.md).\n",
            "help",
        ),
        Lang::Da => (
            "# Hvad oversætteren siger\n\nHvert fund har en kode. `hjemmel check --explain N302 --lang da` viser kodens del af denne side. Eksemplet ved hver kode er en prøve, som testene kører: linjen med `>` er den, oversætteren peger på.\n",
            "hjælp",
        ),
    };
    let mut text = String::from(head);
    for code in codes::all() {
        write!(text, "\n{}", code.page(lang)).unwrap();
        let Some((path, case)) = example(code.id) else { continue };
        let found = compiled(&case).diagnostics;
        let finding = found.iter().find(|finding| finding.code.id == code.id).unwrap();
        let title =
            fs::read_to_string(&path).unwrap().lines().next().unwrap().trim_start_matches("# ").to_owned();
        // The label of a lint of the specification says nothing to a reader of the book.
        let title = title.split(" (L").next().unwrap_or_default();
        let said = format!("{}\n{help}: {}", finding.line(&case.files, lang), finding.help.get(lang));
        // What a case is about stands in it in English.
        let about = match lang {
            Lang::En => format!("**Example:** {title}."),
            Lang::Da => "**Eksempel.**".to_owned(),
        };
        write!(text, "\n{about}\n\n```text\n{}\n{said}\n```\n", excerpt(&case, finding)).unwrap();
    }
    text
}

#[test]
fn every_code_has_its_part_of_the_book_with_an_example() {
    held_in_the_book("codes.md", Lang::En);
    held_in_the_book("koder.md", Lang::Da);
}

fn held_in_the_book(file: &str, lang: Lang) {
    let place = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../docs/book").join(file);
    let ours = chapter(lang);
    for code in codes::all() {
        assert!(ours.contains(&format!("\n## {}: ", code.id)), "{}", code.id);
        assert!(example(code.id).is_some(), "{} has no example", code.id);
    }
    #[expect(clippy::disallowed_methods, reason = "how a person asks the test to write what it finds")]
    if std::env::var_os("UPDATE").is_some() {
        return fs::write(place, ours).unwrap();
    }
    assert!(
        fs::read_to_string(place).unwrap() == ours,
        "docs/book/{file} is old: run the tests with UPDATE=1"
    );
}

#[test]
fn a_number_stands_for_one_code() {
    let ids: BTreeSet<_> = codes::all().map(|code| code.id).collect();
    assert_eq!(ids.len(), codes::all().count());
}

#[test]
fn a_policy_is_made_exactly_when_there_is_no_error() {
    for path in cases("bad").into_iter().chain(cases("good")) {
        let compiled = compiled(&read(&path));
        let failed = compiled.diagnostics.iter().any(|finding| finding.severity == Severity::Error);
        assert_eq!(compiled.policy.is_none(), failed, "{}", path.display());
    }
}

#[test]
fn every_finding_can_be_printed_and_read_by_programs() {
    for path in cases("bad") {
        let case = read(&path);
        for finding in compiled(&case).diagnostics {
            let plain = finding.render(&case.files, Lang::En, Colour::Off);
            assert!(plain.contains(finding.code.id) && !plain.contains('\u{1b}'), "{plain}");
            assert!(finding.render(&case.files, Lang::En, Colour::On).contains('\u{1b}'));
            let json = finding.json(&case.files, Lang::En);
            assert_eq!(json["code"], finding.code.id);
            assert!(json["place"]["line"].as_u64().unwrap() >= 1);
            assert!(!finding.help.en.is_empty());
        }
    }
}

#[test]
fn a_finding_looks_like_rustc() {
    let case = read(&folder().join("bad/N303-unknown-event.txt"));
    let finding = &compiled(&case).diagnostics[0];
    insta::assert_snapshot!(finding.render(&case.files, Lang::En, Colour::Off));
}

#[test]
fn what_is_found_in_a_bad_notice_is_told_in_danish_without_an_english_word() {
    const ENGLISH: [&str; 18] = [
        "the", "and", "of", "is", "are", "not", "with", "that", "this", "nobody", "may", "than", "found",
        "expected", "write", "no", "add", "or",
    ];
    for path in cases("bad") {
        let case = read(&path);
        for finding in compiled(&case).diagnostics {
            for text in [&finding.sentence, &finding.help] {
                let outside = text.da.split('`').step_by(2).collect::<Vec<_>>().join(" ").to_lowercase();
                let mut words = outside.split(|sign: char| !sign.is_alphabetic());
                let english = words.find(|word| ENGLISH.contains(word));
                assert_eq!(english, None, "{}: {}", finding.code.id, text.da);
                assert_eq!(text.da.matches('`').count() % 2, 0, "{}", text.da);
            }
            let danish = finding.render(&case.files, Lang::Da, Colour::Off);
            assert!(danish.contains("Hjælp: ") && !danish.contains("Help"), "{danish}");
            assert!(!danish.contains('\u{1b}') && !danish.contains("Error:"), "{danish}");
        }
    }
}

#[test]
fn a_finding_looks_the_same_in_danish() {
    let case = read(&folder().join("bad/N303-unknown-event.txt"));
    let finding = &compiled(&case).diagnostics[0];
    insta::assert_snapshot!(finding.render(&case.files, Lang::Da, Colour::Off));
}
