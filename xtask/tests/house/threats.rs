//! Threats that a comment, a test or a page cites: each stands in the book, with tests that are there.

use std::collections::BTreeSet;

use crate::files::{self, none_of};

const PAGE: &str = "docs/book/contributor/threats.md";

/// The numbers of the page: the first cells of its tables.
fn numbered(page: &str) -> BTreeSet<String> {
    page.lines().filter_map(|line| number(line.strip_prefix("| ")?.split(' ').next()?)).collect()
}

/// Every number that a text cites as a threat's: `Threat T17`, `threats 4.5, 4.7, T17`, `threat_t1_…`.
fn cited(text: &str) -> BTreeSet<String> {
    let words =
        text.split(|c: char| !(c.is_ascii_alphanumeric() || c == '.')).map(|it| it.trim_end_matches('.'));
    let mut found = BTreeSet::new();
    let mut names_threats = false;
    for word in words.filter(|word| !word.is_empty()) {
        match (number(word), word.to_ascii_lowercase().as_str()) {
            (_, "threat" | "threats") => names_threats = true,
            (Some(number), _) if names_threats => {
                found.insert(number);
            }
            (_, "and" | "to") => {}
            (_, _) => names_threats = false,
        }
    }
    found
}

/// `T17` and `4.5`, as they stand on the page.
fn number(word: &str) -> Option<String> {
    let all_digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let threat = word.strip_prefix(['T', 't']).is_some_and(all_digits);
    let section = word.split_once('.').is_some_and(|(one, two)| all_digits(one) && all_digits(two));
    (threat || section).then(|| word.to_ascii_uppercase())
}

#[test]
fn every_threat_that_is_cited_stands_in_the_book() {
    let files = files::all();
    let page = files.iter().find(|file| file.path == PAGE).unwrap();
    let numbered = numbered(&page.text);
    assert!(numbered.len() > 20, "{numbered:?}");
    let mut found = Vec::new();
    for file in files.iter().filter(|file| [".rs", ".mjs", ".md"].iter().any(|end| file.ends(end))) {
        for (index, line) in file.text.lines().enumerate() {
            let missing = cited(line).into_iter().filter(|number| !numbered.contains(number));
            found.extend(missing.map(|number| format!("{}:{} cites `{number}`", file.path, index + 1)));
        }
    }
    none_of(&found, "cite a number of docs/book/contributor/threats.md, or write its row");
}

#[test]
fn every_test_that_a_threat_names_is_there() {
    let files = files::all();
    let page = files.iter().find(|file| file.path == PAGE).unwrap();
    let sources: String =
        files.iter().filter(|file| file.ends(".rs")).map(|file| file.text.as_str()).collect();
    let named = page.text.split('`').skip(1).step_by(2).filter(|name| name.contains('_'));
    let found: Vec<String> =
        named.filter(|name| !sources.contains(&format!("fn {name}("))).map(str::to_owned).collect();
    none_of(&found, "name the test that holds it now");
}

#[test]
fn numbers_of_threats_are_read_one_by_one() {
    let expected = ["4.5", "4.7", "T17"].map(str::to_owned);
    assert_eq!(cited("/// Threats 4.5, 4.7 and T17, ASVS 4.2: at 10.30"), BTreeSet::from(expected));
    assert_eq!(cited("fn threat_t1_nobody()"), BTreeSet::from(["T1".to_owned()]));
    assert_eq!(cited("let day = \"20T12\"; // no threat at 2.5 metres"), BTreeSet::new());
}
