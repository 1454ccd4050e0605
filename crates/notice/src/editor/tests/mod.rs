//! The table of the language against the parser, and the schema against both.

use std::collections::BTreeSet;

use jiff::civil::date;

use super::grammar::{FILE, Need, Section, Shape};
use crate::check::codes;
use crate::diagnostic::Diagnostic;
use crate::{Lang, SourceFile, compile};

mod places;
mod schema;

/// A key that is like no other, so that the parser lists all it knows.
const STRANGE: &str = "qqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqqq";

pub(super) fn findings(text: &str) -> Vec<Diagnostic> {
    let file = SourceFile { path: "x.toml".to_owned(), text: text.to_owned() };
    compile(&[file], date(2026, 11, 21)).diagnostics
}

/// Every section of the language with a way to write one that holds this line and nothing else.
pub(super) fn sections() -> Vec<(&'static Section, String)> {
    let mut found = vec![(&FILE, "%".to_owned())];
    below(&FILE, "", &mut found);
    found
}

fn below(section: &'static Section, path: &str, found: &mut Vec<(&'static Section, String)>) {
    for key in section.keys {
        let at = if path.is_empty() { key.name.to_owned() } else { format!("{path}.{}", key.name) };
        let (inner, header, next) = match key.shape {
            Shape::Table(inner) => (inner, format!("[{at}]"), at),
            Shape::Named(_, inner) => (inner, format!("[{at}.a]"), format!("{at}.a")),
            Shape::List(inner) => (inner, format!("[[{at}]]"), at),
            _value => continue,
        };
        // A file with what belongs to a notice needs one; a list of tables within one of a list needs that list first.
        let before = match path.split('.').next() {
            Some(list @ ("use" | "share" | "right" | "measure")) => format!("[[{list}]]\n"),
            _other => String::new(),
        };
        found.push((inner, format!("{before}{header}\n%\n")));
        below(inner, &next, found);
    }
}

fn quoted(text: &str) -> BTreeSet<String> {
    text.split('`').skip(1).step_by(2).map(str::to_owned).collect()
}

#[test]
fn the_table_names_the_keys_that_the_parser_asks_for_and_no_others() {
    for (section, form) in sections() {
        let text = form.replace('%', &format!("{STRANGE} = 1"));
        let finding = findings(&text)
            .into_iter()
            .find(|it| *it.code == codes::UNKNOWN_KEY && it.sentence.en.contains(STRANGE))
            .unwrap_or_else(|| panic!("`{}` is not read by the parser: {text}", section.name));
        let ours: BTreeSet<String> = section.keys.iter().map(|key| key.name.to_owned()).collect();
        assert_eq!(ours, quoted(&finding.help.en), "`{}` in crates/notice/src/editor/grammar", section.name);
    }
}

#[test]
fn the_table_demands_what_the_parser_demands() {
    for (section, form) in sections().into_iter().skip(1) {
        let found = findings(&form.replace('%', ""));
        let missing: BTreeSet<String> = found
            .iter()
            .filter_map(|it| match &it.code {
                code if **code == codes::MISSING_KEY => it.sentence.en.rsplit_once(" has no `"),
                code if **code == codes::MISSING_LANGUAGE => it.sentence.en.rsplit_once(" has no text in `"),
                _other => None,
            })
            .map(|(_, key)| key.trim_end_matches('`').to_owned())
            .collect();
        for key in section.keys {
            assert_eq!(
                key.need == Need::Must,
                missing.contains(key.name),
                "`{}` of `{}` in crates/notice/src/editor/grammar: {found:?}",
                key.name,
                section.name
            );
        }
    }
}

#[test]
fn every_sentence_of_the_table_is_written_in_both_languages_and_ends() {
    for (section, _) in sections() {
        let says = section.keys.iter().map(|key| key.says).chain([section.says]);
        for says in says {
            for lang in Lang::ALL {
                assert!(says.get(lang).ends_with('.'), "{}: {says:?}", section.name);
            }
        }
    }
}
