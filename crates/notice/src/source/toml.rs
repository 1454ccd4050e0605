//! What the reader of TOML finds wrong, in both languages: its own words are English.

use crate::text::Bilingual;

/// What is wrong, as the reader begins its sentence, and in Danish.
const WRONG: [(&str, &str); 46] = [
    ("duplicate key", "nøglen står her to gange"),
    ("missing opening quote", "anførselstegnet foran mangler"),
    ("missing comma between array elements", "der mangler et komma i listen"),
    ("missing comma between key-value pairs", "der mangler et komma mellem to nøgler"),
    ("missing assignment between key-value pairs", "der mangler et `=` efter nøglen"),
    ("extra assignment between key-value pairs", "der er et `=` for meget"),
    ("extra `=`", "der er et `=` for meget"),
    ("unexpected `=` in array", "der står et `=` i listen"),
    ("extra comma in inline table", "der er et komma for meget i tabellen"),
    ("extra comma in array", "der er et komma for meget i listen"),
    ("unclosed array table", "overskriften med to kantede parenteser er ikke lukket"),
    ("unclosed table", "den kantede parentes om overskriften er ikke lukket"),
    ("unclosed inline table", "den krøllede parentes er ikke lukket"),
    ("unclosed array", "listen er ikke lukket"),
    ("missing inline table opening", "den krøllede parentes foran mangler"),
    ("missing array opening", "listens kantede parentes foran mangler"),
    ("missing table open", "overskriftens kantede parentes foran mangler"),
    ("missing key for inline table element", "der mangler en nøgle i tabellen"),
    ("invalid inline table element", "dette kan ikke stå i en tabel"),
    ("invalid unquoted key", "nøglen kan ikke læses uden anførselstegn"),
    ("unquoted keys cannot be empty", "en nøgle uden anførselstegn kan ikke være tom"),
    ("keys cannot be multi-line", "en nøgle kan ikke være på flere linjer"),
    ("unexpected key or value", "her venter hverken en nøgle eller en værdi"),
    ("unexpected content between comment and newline", "der står noget efter bemærkningen"),
    ("unexpected content", "her står noget, der ikke hører til"),
    ("missing comment start", "en bemærkning begynder med `#`"),
    ("invalid comment character", "bemærkningen indeholder et tegn, den ikke må"),
    ("string values must be quoted", "en tekst står i anførselstegn"),
    ("missing value", "der mangler en værdi"),
    ("key with no value", "nøglen har ingen værdi"),
    ("invalid value", "værdien kan ikke læses"),
    ("invalid key-value pair", "nøgle og værdi kan ikke læses"),
    ("missing escaped value", "der mangler noget efter `\\`"),
    ("too few unicode value digits", "tegnets nummer har for få cifre"),
    ("carriage return must be followed by newline", "linjeskiftet er kun halvt"),
    ("cannot recurse further", "dette er indlejret for dybt"),
    ("recursion limit", "dette er indlejret for dybt"),
    ("unexpected leading zero", "tallet begynder med et nul for meget"),
    ("unexpected sign", "tallet har et fortegn, det ikke må have"),
    ("redundant numeric sign", "tallet har et fortegn for meget"),
    ("redundant integer number prefix", "tallet har en begyndelse for meget"),
    ("integers with a radix cannot be signed", "et tal med grundtal har intet fortegn"),
    ("radix must be lowercase", "et tals grundtal skrives med småt"),
    ("`_` may only go between digits", "`_` står kun mellem cifre"),
    ("missing", "her mangler noget"),
    ("invalid", "dette kan ikke læses"),
];

/// What the reader expected, where it is no sign in backticks, and in Danish.
const EXPECTED: [(&str, &str); 14] = [
    ("multi-line basic string", "en tekst på flere linjer"),
    ("basic string", "en tekst i anførselstegn"),
    ("literal string", "en tekst i enkelte anførselstegn"),
    ("unicode hexadecimal value", "et tegns nummer"),
    ("non-double-quote visible characters", "synlige tegn"),
    ("non-single-quote visible characters", "synlige tegn"),
    ("non-single-quote characters", "tegn"),
    ("printable characters", "synlige tegn"),
    ("characters", "tegn"),
    ("letters", "bogstaver"),
    ("numbers", "tal"),
    ("digits", "cifre"),
    ("key", "en nøgle"),
    ("value", "en værdi"),
];

/// The reader's sentence as it is, and in Danish; what it never said before is told as no more than unreadable.
pub(super) fn in_words(message: &str) -> Bilingual {
    let english = message.trim();
    let (wrong, expected) = english.split_once(", expected ").unwrap_or((english, ""));
    let told = WRONG.iter().find(|(start, _)| wrong.starts_with(start));
    let mut danish = told.map_or("linjen kan ikke læses som TOML", |(_, danish)| danish).to_owned();
    let wanted: Option<Vec<&str>> = expected.split(", ").map(in_danish).collect();
    if let Some(wanted) = wanted.filter(|_| !expected.is_empty()) {
        danish = format!("{danish}; her ventes {}", wanted.join(" eller "));
    }
    Bilingual { da: danish, en: english.to_owned() }
}

fn in_danish(wanted: &str) -> Option<&str> {
    if wanted.starts_with('`') {
        return Some(wanted);
    }
    EXPECTED.iter().find(|(english, _)| *english == wanted).map(|(_, danish)| *danish)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_wrong_with_a_line_is_told_in_danish() {
        for (text, danish) in [
            ("id = open", "en tekst står i anførselstegn; her ventes en tekst i enkelte anførselstegn"),
            ("id = 1\nid = 2", "nøglen står her to gange"),
            ("a = [1", "listen er ikke lukket; her ventes `]`"),
            ("[a", "den kantede parentes om overskriften er ikke lukket; her ventes `]`"),
            ("a =", "en tekst står i anførselstegn"),
        ] {
            let (_, errors) = ::toml::de::DeTable::parse_recoverable(text);
            let told: Vec<_> = errors.iter().map(|error| in_words(error.message()).da).collect();
            assert!(told.iter().any(|told| told.starts_with(danish)), "{text}: {told:?}");
        }
    }
}
