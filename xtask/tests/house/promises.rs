//! Every rule of the acceptance table has a test that names it, except those in one list that may only shrink.
//!
//! A test names a rule in a comment (`// rule F-17`) or in its own name (`..._f_17`).

use std::collections::BTreeSet;
use std::fs;

use crate::claims::{comment, ids, table};
use crate::files;

const LIST: &str = "docs/untested-rules.txt";

/// Rules that some test names.
fn tested() -> BTreeSet<String> {
    let mut tested = BTreeSet::new();
    for file in files::all().iter().filter(|file| file.ends(".rs") || file.ends(".mjs")) {
        if file.path.starts_with("xtask/") {
            continue;
        }
        for line in file.test_code().lines() {
            tested.extend(comment(line).map(ids).into_iter().flatten());
            tested.extend(line.trim().strip_prefix("fn ").map(named).into_iter().flatten());
        }
    }
    tested
}

/// Ids in the name of a test: `rule_f_17_is_kept` names F-17.
fn named(name: &str) -> Vec<String> {
    let name = name.split('(').next().unwrap_or_default().to_uppercase();
    let words: Vec<&str> = name.split('_').collect();
    words.windows(2).flat_map(|pair| ids(&pair.join("-"))).collect()
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
fn a_test_names_a_rule_in_its_own_name_too() {
    assert_eq!(named("rule_f_17_is_kept()"), ["F-17"]);
    assert_eq!(named("a_plain_sentence()"), Vec::<String>::new());
}
