//! Comments that cite a rule of the acceptance table: the rule exists.

use std::collections::BTreeSet;

use crate::files::{self, none_of};

/// The ids of the acceptance table.
pub(crate) fn table() -> BTreeSet<String> {
    let table = std::fs::read_to_string(files::root().join("docs/rules.tsv")).unwrap();
    table.lines().skip(1).filter_map(|line| line.split('\t').next()).map(str::to_owned).collect()
}

/// Every id in a text that is written as a rule's id is: `F-17`, `IMI-03`, and each of `F-01 to F-04`.
pub(crate) fn ids(text: &str) -> BTreeSet<String> {
    let words: Vec<&str> = text
        .split(|c: char| !(c.is_ascii_alphanumeric() || c == '-' || c == '–'))
        .filter(|word| !word.is_empty())
        .collect();
    let mut found = BTreeSet::new();
    for (index, word) in words.iter().enumerate() {
        let Some((group, number)) = id(word) else { continue };
        let range = words.get(index + 1).zip(words.get(index + 2)).filter(|(to, _)| **to == "to");
        let last = range.and_then(|(_, last)| id(last)).filter(|(other, _)| *other == group);
        let end = last.map_or(number, |(_, end)| end);
        found.extend((number..=end).map(|number| format!("{group}-{number:02}")));
    }
    found
}

fn id(word: &str) -> Option<(&str, u32)> {
    let (group, number) = word.split_once('-')?;
    let well_formed = matches!(group, "IMI" | "S" | "SS" | "W" | "D" | "DC" | "DR" | "N" | "F" | "E" | "M");
    if !well_formed || number.len() != 2 {
        return None;
    }
    Some((group, number.parse().ok()?))
}

/// The comment of a line, if it has one.
fn comment(line: &str) -> Option<&str> {
    let at = if line.trim_start().starts_with("//") { line.find("//") } else { line.find(" // ") };
    at.and_then(|at| line.get(at..))
}

#[test]
fn every_rule_that_a_comment_cites_is_in_the_table() {
    let table = table();
    let mut found = Vec::new();
    for file in files::all().iter().filter(|file| file.ends(".rs") || file.ends(".mjs")) {
        for (index, line) in file.text.lines().enumerate() {
            let Some(comment) = comment(line).filter(|comment| comment.contains("rule")) else { continue };
            for id in ids(comment).into_iter().filter(|id| !table.contains(id)) {
                found.push(format!("{}:{} cites `{id}`", file.path, index + 1));
            }
        }
    }
    none_of(&found, "cite a rule of docs/rules.tsv");
}

#[test]
fn every_rule_that_a_notice_states_is_in_the_table() {
    let table = table();
    let mut found = Vec::new();
    for file in files::all().iter().filter(|file| file.path.starts_with("notices/") && file.ends(".toml")) {
        let notice: toml::Table = file.text.parse().unwrap_or_default();
        let mut stated = Vec::new();
        collect(&toml::Value::Table(notice), &mut stated);
        found.extend(
            stated.iter().filter(|id| !table.contains(*id)).map(|id| format!("{} states `{id}`", file.path)),
        );
    }
    none_of(&found, "state a rule of docs/rules.tsv");
}

/// Every id in a `states = [...]`, however deep.
fn collect(value: &toml::Value, stated: &mut Vec<String>) {
    match value {
        toml::Value::Table(table) => {
            for (key, value) in table {
                match (key.as_str(), value.as_array()) {
                    ("states", Some(ids)) => {
                        stated.extend(ids.iter().filter_map(toml::Value::as_str).map(str::to_owned));
                    }
                    _ => collect(value, stated),
                }
            }
        }
        toml::Value::Array(values) => values.iter().for_each(|value| collect(value, stated)),
        toml::Value::String(_)
        | toml::Value::Integer(_)
        | toml::Value::Float(_)
        | toml::Value::Boolean(_)
        | toml::Value::Datetime(_) => {}
    }
}

#[test]
fn ids_are_read_one_by_one_and_in_ranges() {
    let expected = ["M-90", "M-91", "M-92", "IMI-99"].map(str::to_owned);
    assert_eq!(ids("// rules M-90 to M-92, IMI-99"), BTreeSet::from(expected));
    assert_eq!(ids("// ISO-8601, T-4, UTF-8"), BTreeSet::new());
}
