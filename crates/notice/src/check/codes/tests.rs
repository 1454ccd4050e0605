//! No code lacks a language, and no language speaks the other.

use std::collections::BTreeSet;

use super::*;

/// English words that no Danish sentence has.
const ENGLISH: [&str; 40] = [
    "the", "and", "of", "is", "are", "not", "with", "without", "which", "that", "this", "what", "who",
    "where", "when", "nobody", "somebody", "may", "must", "than", "more", "one", "its", "their", "data",
    "right", "ground", "declared", "party", "purpose", "found", "expected", "should", "add", "write", "has",
    "no", "be", "an", "or",
];
/// Danish words that no English sentence has.
const DANISH: [&str; 16] = [
    "og", "ikke", "er", "som", "der", "skal", "med", "uden", "den", "det", "ingen", "eller", "hvem", "hvad",
    "oplys", "af",
];

/// Everything that the compiler can say: titles, reasons, remedies and patterns.
fn everything() -> Vec<(&'static str, &'static Both)> {
    let of = |code: &'static Code| {
        let own = [&code.title, &code.why, &code.mend];
        own.into_iter().chain(code.patterns).map(move |both| (code.id, both))
    };
    all().flat_map(of).chain(PHRASES.iter().map(|both| ("phrase", both))).collect()
}

/// The words outside of backticks and braces, in small letters.
pub(crate) fn plain_words(text: &str) -> Vec<String> {
    let outside = text.split('`').step_by(2).collect::<Vec<_>>().join(" ");
    let outside = outside.split('{').map(|part| part.split_once('}').map_or(part, |(_, rest)| rest));
    let outside = outside.collect::<Vec<_>>().join(" ").to_lowercase();
    outside
        .split(|sign: char| !sign.is_alphabetic())
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect()
}

/// The named parts of a pattern.
fn parts(text: &str) -> BTreeSet<&str> {
    let text = text.split("{{").flat_map(|part| part.split("}}"));
    text.flat_map(|part| part.split('{').skip(1)).filter_map(|part| part.split('}').next()).collect()
}

#[test]
fn everything_that_the_compiler_says_is_said_in_danish_without_an_english_word() {
    for (id, both) in everything() {
        assert!(!both.da.trim().is_empty() && !both.en.trim().is_empty(), "{id}: {both:?}");
        let english: Vec<_> =
            plain_words(both.da).into_iter().filter(|word| ENGLISH.contains(&word.as_str())).collect();
        assert!(english.is_empty(), "{id}: {english:?} in `{}`", both.da);
        let danish: Vec<_> =
            plain_words(both.en).into_iter().filter(|word| DANISH.contains(&word.as_str())).collect();
        assert!(danish.is_empty(), "{id}: {danish:?} in `{}`", both.en);
    }
}

#[test]
fn a_sentence_that_is_more_than_names_differs_between_the_languages() {
    for (id, both) in everything() {
        assert!(both.da != both.en || plain_words(both.en).is_empty(), "{id}: `{}`", both.en);
    }
}

#[test]
fn both_languages_name_the_same_parts_and_quote_the_same_pieces_of_a_notice() {
    for (id, both) in everything() {
        let (mut danish, mut english) = (parts(both.da), parts(both.en));
        // What a library says is English alone; Danish names the place instead.
        for only in ["problem", "line", "column", "at"] {
            if danish.contains(only) != english.contains(only) {
                danish.remove(only);
                english.remove(only);
            }
        }
        assert_eq!(danish, english, "{id}: `{}`", both.en);
    }
}

#[test]
fn each_code_says_at_least_one_sentence() {
    for code in all() {
        assert!(!code.patterns.is_empty(), "{}", code.id);
    }
}

#[test]
fn texts_begin_small_and_end_without_a_full_stop() {
    for (id, both) in everything() {
        for text in [both.da, both.en] {
            assert!(!text.ends_with('.') && text.trim() == text, "{id}: `{text}`");
        }
    }
}
