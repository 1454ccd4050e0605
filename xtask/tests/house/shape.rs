//! The shape of files: short, introduced, finished, and free of what belongs to one machine.

use crate::files::{self, none_of};

/// Where a file is looked at again, and where it is split before anything is added.
const LOOK_AGAIN_LINES: usize = 500;
const SPLIT_LINES: usize = 1_000;
/// Tests are read one by one, and may be half as long again.
const SPLIT_TESTS_LINES: usize = 1_500;

#[test]
fn every_file_says_in_its_first_line_what_it_is_for() {
    let found: Vec<String> = files::rust()
        .iter()
        .filter(|file| !file.path.starts_with("fuzz/") && file.path != "crates/hjemmel/build.rs")
        .filter(|file| !file.text.starts_with("//!") && !file.text.starts_with("#![doc = include_str!"))
        .map(|file| file.path.clone())
        .collect();
    none_of(&found, "begin with `//!` and one sentence that a lawyer and an engineer both accept");
}

#[test]
fn no_file_of_the_product_grows_past_a_thousand_lines() {
    let mut found = Vec::new();
    for file in files::rust() {
        let lines = file.text.lines().count();
        if lines >= LOOK_AGAIN_LINES {
            println!("look again: {} has {lines} lines", file.path);
        }
        let is_test = file.path.contains("/testing/") || !file.is_product();
        if lines > if is_test { SPLIT_TESTS_LINES } else { SPLIT_LINES } {
            found.push(format!("{} has {lines} lines", file.path));
        }
    }
    none_of(&found, "split it by the words of the notices");
}

#[test]
fn no_test_is_ignored() {
    let mark = concat!("#[", "ignore");
    let found: Vec<String> =
        files::rust().iter().filter(|file| file.text.contains(mark)).map(|file| file.path.clone()).collect();
    none_of(&found, "run it, or delete it");
}

#[test]
fn nothing_is_left_unfinished() {
    let words = [concat!("TO", "DO"), concat!("FIX", "ME"), concat!("XX", "X:"), concat!("HA", "CK")];
    let found = holding(&words, |path| path.ends_with(".rs") || path.ends_with(".mjs"));
    none_of(&found, "finish it; what is not built is said in the changelog, not in a comment");
}

#[test]
fn nothing_in_the_tree_belongs_to_one_machine() {
    let paths = [concat!("/ho", "me/"), concat!("/ro", "ot/"), concat!("/wo", "rk/"), concat!("/Us", "ers/")];
    let found = holding(&paths, |_| true);
    none_of(&found, "name places from the root of the repository");
}

#[test]
fn no_registry_is_named_by_its_host() {
    let hosts = [
        concat!("registry.npm", "js.org"),
        concat!("index.crates", ".io"),
        concat!("static.crates", ".io"),
        concat!("pypi", ".org"),
        concat!("deb.debian", ".org"),
        concat!("\"resolv", "ed\": \"http"),
    ];
    let found = holding(&hosts, |_| true);
    none_of(&found, "a lock file needs no addresses: npm's `omit-lockfile-registry-resolved`");
}

#[test]
fn no_secret_is_committed() {
    let marks = [
        concat!("AK", "IA"),
        concat!("gh", "p_"),
        concat!("glp", "at-"),
        concat!("xox", "b-"),
        concat!("_auth", "Token"),
    ];
    let found = holding(&marks, |path| !path.ends_with("-lock.json"));
    none_of(&found, "take it out, and replace it where it was used: it is known now");
}

#[test]
fn no_private_key_is_committed() {
    let head = concat!("PRIVATE KEY", "-----");
    let is_key = |line: &str| {
        line.len() >= 40 && line.bytes().all(|b| b.is_ascii_alphanumeric() || b"+/=".contains(&b))
    };
    let found: Vec<String> = files::all()
        .iter()
        .filter(|file| {
            let mut after = file.text.lines().skip_while(|line| !line.ends_with(head)).skip(1);
            after.next().is_some_and(|line| is_key(line.trim()))
        })
        .map(|file| file.path.clone())
        .collect();
    none_of(&found, "make the key when the test runs");
}

/// Where a file holds one of these, by line. `Cargo.lock` names its source by cargo's own rule.
fn holding(words: &[&str], applies: impl Fn(&str) -> bool) -> Vec<String> {
    let mut found = Vec::new();
    for file in files::all().iter().filter(|file| file.path != "Cargo.lock" && applies(&file.path)) {
        for (index, line) in file.text.lines().enumerate() {
            if let Some(word) = words.iter().find(|word| line.contains(**word)) {
                found.push(format!("{}:{} `{word}`", file.path, index + 1));
            }
        }
    }
    found
}
