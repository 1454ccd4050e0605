//! What comes from outside cannot hold the compiler: corpora within every limit of a file that ask for too many comparisons.
//!
//! Each is told `N004` and does not compile. Without the limit on steps the worst of them takes minutes.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

use std::fmt::Write as _;
use std::time::{Duration, Instant};

use jiff::civil::date;
use notice::{SourceFile, compile};

/// Long enough for a build without optimisation on a busy machine, and far below what the corpora would take.
const PATIENCE: Duration = Duration::from_secs(20);

const HEAD: &str = "[notice]\nid = \"h\"\ntitle = { da = \"H\", en = \"H\" }\ncontroller = \"p\"\n";

fn list(prefix: &str, count: usize) -> String {
    (0..count).map(|number| format!("\"{prefix}{number}\"")).collect::<Vec<_>>().join(",")
}

fn is_refused(name: &str, texts: &[String]) {
    let files: Vec<_> = texts
        .iter()
        .enumerate()
        .map(|(at, text)| SourceFile { path: format!("{at}.toml"), text: text.clone() })
        .collect();
    assert!(files.iter().all(|file| file.text.len() <= 512 * 1024), "{name} is within the limit of a file");
    let start = Instant::now();
    let compiled = compile(&files, date(2026, 11, 21));
    let took = start.elapsed();
    assert!(compiled.policy.is_none(), "{name}");
    assert!(compiled.diagnostics.iter().any(|one| one.code.id == "N004"), "{name}");
    assert!(took < PATIENCE, "{name}: {took:?}");
}

/// Threats 4.10.
#[test]
fn a_use_of_many_registers_and_fields_is_not_compared_without_end() {
    let mut text = HEAD.to_owned();
    let (registers, fields) = (list("r", 500), list("r1.f", 500));
    for number in 0..40 {
        writeln!(text, "[[use]]\nid = \"u{number}\"\nwho = [\"a\"]\nmay = [\"read\"]\npurpose = \"p\"\nof = [{registers}]\nfields = [{fields}]").unwrap();
    }
    is_refused("fields", &[text]);
}

/// Threats 4.10.
#[test]
fn roles_within_roles_are_not_followed_without_end() {
    let mut text = HEAD.to_owned();
    for number in 0..120 {
        let wider: Vec<_> = (number + 1..120).map(|wider| format!("\"a{wider}\"")).collect();
        writeln!(text, "[role.a{number}]\nis = [{}]", wider.join(",")).unwrap();
    }
    let roles = list("a", 120);
    for number in 0..60 {
        writeln!(text, "[event.e{number}]\nroles = [\"zz\"]").unwrap();
        let raises = list("e", 60);
        writeln!(text, "[[use]]\nid = \"u{number}\"\nwho = [{roles}]\nmay = [\"raise\"]\nraises = [{raises}]\nof = [\"r\"]\npurpose = \"p\"").unwrap();
    }
    is_refused("roles", &[text]);
}

/// Threats 4.10.
#[test]
fn many_names_are_not_looked_for_in_many_texts_without_end() {
    let mut names = String::new();
    for number in 0..40 {
        let also: Vec<_> = (0..500).map(|other| format!("\"xq{number}z{other}\"")).collect();
        writeln!(names, "[party.p{number}]\nalso = [{}]", also.join(",")).unwrap();
    }
    let mut texts = HEAD.to_owned();
    for number in 0..30 {
        let long = "xq1z ".repeat(1_600);
        writeln!(texts, "[purpose.p{number}]\nsays = {{ da = \"{long}\", en = \"{long}\" }}").unwrap();
    }
    is_refused("names", &[names, texts]);
}

/// Threats 4.10.
#[test]
fn more_sections_of_a_kind_than_anybody_reads_are_refused_at_once() {
    let rights = |from: usize| {
        (from..from + 6_000).fold(String::new(), |mut text, number| {
            writeln!(text, "[[right]]\nid = \"r{number}\"\narticle = \"gdpr:15\"").unwrap();
            text
        })
    };
    is_refused("rights", &[format!("{HEAD}{}", rights(0))]);
}

#[test]
fn a_list_of_more_entries_than_anybody_reads_is_refused() {
    is_refused("list", &[format!("{HEAD}laws = [{}]", list("a:", 513))]);
}
