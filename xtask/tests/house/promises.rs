//! Every rule of the acceptance table has a test that names it, except those in one list that may only shrink.
//!
//! A test names a rule above it or in it (`// rule F-17`), or in its own name (`..._f_17`).

use std::collections::BTreeSet;
use std::fs;

use crate::claims::{ids, table};
use crate::files;

const LIST: &str = "docs/untested-rules.txt";

/// Rules that some test names, in its doc, its name or its body; `hjemmel promises` counts in the same way.
fn tested() -> BTreeSet<String> {
    let table = table();
    let mut tested = BTreeSet::new();
    for file in files::all().iter().filter(|file| !file.path.starts_with("xtask/")) {
        let tests = match file.path.rsplit_once('.') {
            Some((_, "rs")) => rust_tests(&file.text),
            Some((path, "mjs")) if path.starts_with("e2e/") => script_tests(&file.text),
            _ => continue,
        };
        tested.extend(tests.iter().flat_map(|test| named(test)).filter(|id| table.contains(id)));
    }
    tested
}

/// The text of each function that is marked as a test, with what is written above it.
fn rust_tests(text: &str) -> Vec<String> {
    let lines: Vec<&str> = text.lines().collect();
    let marks = lines.iter().enumerate().filter(|(_, line)| {
        let line = line.trim();
        line == "#[test]" || line.starts_with("#[tokio::test")
    });
    marks
        .map(|(at, mark)| {
            let above = lines.iter().take(at).rev().take_while(|line| {
                let line = line.trim_start();
                line.starts_with("//") || line.starts_with("#[")
            });
            let closing = format!("{}}}", " ".repeat(mark.len() - mark.trim_start().len()));
            let below = lines.iter().skip(at).take_while(|line| **line != closing);
            above.chain(below).copied().collect::<Vec<_>>().join("\n")
        })
        .collect()
}

/// The text of each `test(...)` of a journey, up to the next.
fn script_tests(text: &str) -> Vec<String> {
    text.split("test(").skip(1).map(str::to_owned).collect()
}

/// Ids in a text (`F-17`) and in the names of functions (`..._f_17`).
fn named(text: &str) -> BTreeSet<String> {
    let mut found = ids(text);
    for word in text.split(|sign: char| !(sign.is_ascii_alphanumeric() || sign == '_')) {
        let parts: Vec<&str> = word.split('_').collect();
        found.extend(parts.windows(2).flat_map(|pair| ids(&pair.join("-").to_uppercase())));
    }
    found
}

struct List {
    most: usize,
    ids: BTreeSet<String>,
}

/// The list: a first line `at most N`, then one id a line.
fn list() -> List {
    let text = fs::read_to_string(files::root().join(LIST)).unwrap();
    let mut lines = text.lines().filter(|line| !line.starts_with('#') && !line.is_empty());
    let most = lines.next().and_then(|line| line.strip_prefix("at most ")).and_then(|n| n.parse().ok());
    List { most: most.expect("the first line is `at most N`"), ids: lines.map(str::to_owned).collect() }
}

/// Takes out what has a test now. It never puts anything in.
fn shrink(list: &List, tested: &BTreeSet<String>) {
    let left: Vec<&str> = list.ids.difference(tested).map(String::as_str).collect();
    let text = format!(
        "# Rules of docs/rules.tsv that no test names yet. This list may only shrink: write the test, then run\n\
         # `cargo xtask update`, which takes out what is tested and lowers the number.\n\
         at most {}\n{}\n",
        left.len(),
        left.join("\n")
    );
    fs::write(files::root().join(LIST), text).unwrap();
}

#[test]
fn every_rule_has_a_test_or_stands_in_the_list_that_may_only_shrink() {
    let tested = tested();
    if std::env::var_os("UPDATE").is_some() {
        shrink(&list(), &tested);
    }
    let list = list();
    let table = table();
    let unknown: Vec<_> = list.ids.difference(&table).collect();
    assert!(unknown.is_empty(), "{LIST} holds ids that are no rules: {unknown:?}");
    let silent: Vec<_> = table.iter().filter(|id| !tested.contains(*id) && !list.ids.contains(*id)).collect();
    assert!(
        silent.is_empty(),
        "no test names these rules any longer: {silent:?}; write one, do not add to {LIST}"
    );
    let both: Vec<_> = list.ids.intersection(&tested).collect();
    assert!(both.is_empty(), "a test names these rules now: {both:?}; run `cargo xtask update`");
    assert_eq!(list.ids.len(), list.most, "{LIST} may only shrink, and its number with it");
}

#[test]
fn a_test_names_a_rule_in_its_name_its_doc_or_its_body() {
    let text = "// rule M-90\n#[test]\nfn kept_as_m_91_says() {\n    let rule = \"M-92\";\n}\nfn m_93() {}\n";
    let expected = ["M-90", "M-91", "M-92"].map(str::to_owned);
    let found: BTreeSet<String> = rust_tests(text).iter().flat_map(|test| named(test)).collect();
    assert_eq!(found, BTreeSet::from(expected));
}
