//! Every kind of change that a notice can go through, there and back, and what the difference says of it. Threat T1: a
//! change that nobody is told of opens a register.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, clippy::indexing_slicing)]

#[expect(dead_code, reason = "the cases of findings are read elsewhere")]
mod reading;

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

use jiff::civil::date;
use jiff::tz::TimeZone;
use notice::diff::{Diff, diff};
use notice::{Lang, Policy, SourceFile, compile};

/// One change of one file.
struct Change {
    title: String,
    file: String,
    before: String,
    after: String,
    /// What is said of it there and back.
    expected: String,
}

impl Change {
    fn read(text: &str) -> Self {
        let (head, expected) = text.split_once("--- there\n").unwrap();
        let lines = |mark: &str| {
            let marked = head.lines().filter_map(|line| line.strip_prefix(mark));
            marked.map(|line| line.strip_prefix(' ').unwrap_or(line)).collect::<Vec<_>>().join("\n")
        };
        let mut words = head.lines();
        let title = words.next().unwrap().to_owned();
        let file = words.next().unwrap().strip_prefix("in ").unwrap().to_owned();
        Self { title, file, before: lines("<"), after: lines(">"), expected: expected.trim_end().to_owned() }
    }

    fn text(&self, expected: &str) -> String {
        let marked = |mark: &str, text: &str| {
            text.lines().fold(String::new(), |all, line| all + format!("{mark} {line}").trim_end() + "\n")
        };
        let (before, after) = (marked("<", &self.before), marked(">", &self.after));
        format!("{}\nin {}\n{before}{after}--- there\n{expected}\n", self.title, self.file)
    }

    /// The notices after the change; a file that is not there is new.
    fn of(&self, files: &[SourceFile]) -> Vec<SourceFile> {
        let mut files = files.to_vec();
        match files.iter_mut().find(|file| file.path == self.file) {
            Some(file) => {
                assert_eq!(file.text.matches(&self.before).count(), 1, "{}", self.title);
                file.text = file.text.replacen(&self.before, &self.after, 1);
            }
            None => files.push(SourceFile { path: self.file.clone(), text: self.after.clone() }),
        }
        files
    }

    fn there_and_back(&self) -> [Diff; 2] {
        let files = files();
        let (old, new) = (policy(&files), policy(&self.of(&files)));
        let zone = TimeZone::UTC;
        [diff(&old, &new, &zone), diff(&new, &old, &zone)]
    }
}

fn folder() -> std::path::PathBuf {
    reading::folder().join("diff")
}

fn files() -> Vec<SourceFile> {
    let mut files = reading::base();
    for name in ["more.toml", "card.schema.json"] {
        files.push(SourceFile {
            path: name.to_owned(),
            text: fs::read_to_string(folder().join(name)).unwrap(),
        });
    }
    files
}

fn policy(files: &[SourceFile]) -> Policy {
    let compiled = compile(files, date(2026, 11, 21));
    let told: Vec<_> = compiled.diagnostics.iter().map(|it| it.line(files, Lang::En)).collect();
    compiled.policy.unwrap_or_else(|| panic!("{told:#?}"))
}

/// What stands before the changes, and the changes.
fn cases() -> (String, Vec<Change>) {
    let text = fs::read_to_string(folder().join("cases.txt")).unwrap();
    let mut parts = text.split("=== ");
    let before = parts.next().unwrap().to_owned();
    (before, parts.map(Change::read).collect())
}

#[test]
fn threat_t1_every_change_is_told_there_and_back() {
    let (before, cases) = cases();
    let (mut all, mut wrong) = (before, Vec::new());
    for case in &cases {
        let [there, back] = case.there_and_back();
        assert!(!there.is_empty() && !back.is_empty(), "nothing is told of: {}", case.title);
        let said =
            format!("{}\n--- back\n{}", there.text(Lang::En).trim_end(), back.text(Lang::Da).trim_end());
        if said != case.expected {
            wrong.push(format!("{}\n{said}", case.title));
        }
        writeln!(all, "=== {}", case.text(&said)).unwrap();
    }
    #[expect(clippy::disallowed_methods, reason = "how a person asks the test to write what it finds")]
    if std::env::var_os("UPDATE").is_some() {
        return fs::write(folder().join("cases.txt"), all.trim_end().to_owned() + "\n").unwrap();
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

#[test]
fn every_word_for_a_change_has_a_case() {
    // Taking an agreement away is refused by the compiler before anybody compares.
    const REFUSED: [&str; 1] = ["agreement-gone"];
    let told: BTreeSet<_> = cases()
        .1
        .iter()
        .flat_map(Change::there_and_back)
        .flat_map(|diff| diff.effects)
        .map(|effect| effect.change)
        .collect();
    let sources = fs::read_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("src/diff")).unwrap();
    let mut words = BTreeSet::new();
    for source in sources.map(|entry| entry.unwrap().path()).filter(|path| !path.ends_with("tests.rs")) {
        let text = fs::read_to_string(source).unwrap();
        let is_word = |part: &&str| {
            part.contains('-') && part.chars().all(|sign| sign.is_ascii_lowercase() || sign == '-')
        };
        words.extend(text.split('"').skip(1).step_by(2).filter(is_word).map(str::to_owned));
    }
    assert!(words.len() > 60, "{words:?}");
    let missing: Vec<_> = words
        .iter()
        .filter(|word| !told.contains(word.as_str()) && !REFUSED.contains(&word.as_str()))
        .collect();
    assert!(missing.is_empty(), "{missing:?}");
}

#[test]
fn what_is_widened_stands_first_and_what_is_narrowed_last() {
    use notice::diff::Turn;
    let order = |turn| match turn {
        Turn::Wider => 0,
        Turn::Other => 1,
        Turn::Narrower => 2,
    };
    for case in cases().1 {
        for diff in case.there_and_back() {
            let turns: Vec<_> = diff.effects.iter().map(|effect| order(effect.turn)).collect();
            assert!(turns.is_sorted(), "{}: {turns:?}", case.title);
        }
    }
}
