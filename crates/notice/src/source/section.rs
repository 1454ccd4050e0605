//! One table of a file, read key by key. What nobody asked for is an unknown key.

use std::cell::RefCell;
use std::collections::BTreeSet;
use std::ops::Range;
use std::str::FromStr;
use std::sync::Arc;

use jiff::civil::Date;
use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::nearest::nearest;
use crate::check::codes::{self, Code};
use crate::clock::Duration;
use crate::diagnostic::Diagnostic;
use crate::policy::{Place, Valid};
use crate::text::Bilingual;

/// A text with the place where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Word {
    pub(crate) text: String,
    pub(crate) place: Place,
}

/// Findings, shared by all sections of a corpus.
pub(crate) type Found = RefCell<Vec<Diagnostic>>;

/// A table with its place and the keys that were asked for.
pub(crate) struct Section<'a> {
    file: &'a Arc<str>,
    table: &'a DeTable<'a>,
    span: Range<usize>,
    /// What a person would call it: `[register.prescription]`.
    called: String,
    asked: RefCell<BTreeSet<&'static str>>,
    found: &'a Found,
}

impl<'a> Section<'a> {
    pub(crate) fn whole(file: &'a Arc<str>, table: &'a DeTable<'a>, found: &'a Found) -> Self {
        Self::new(file, table, 0..0, "this file".to_owned(), found)
    }

    fn new(
        file: &'a Arc<str>,
        table: &'a DeTable<'a>,
        span: Range<usize>,
        called: String,
        found: &'a Found,
    ) -> Self {
        Self { file, table, span, called, asked: RefCell::default(), found }
    }

    pub(crate) fn place(&self) -> Place {
        self.at(self.span.clone())
    }

    fn at(&self, span: Range<usize>) -> Place {
        Place { file: Arc::clone(self.file), span }
    }

    pub(crate) fn say(&self, diagnostic: Diagnostic) {
        self.found.borrow_mut().push(diagnostic);
    }

    fn get(&self, key: &'static str) -> Option<&'a Spanned<DeValue<'a>>> {
        self.asked.borrow_mut().insert(key);
        self.table.get(key)
    }

    pub(crate) fn has(&self, key: &'static str) -> bool {
        self.get(key).is_some()
    }

    fn wrong<T>(&self, key: &str, span: Range<usize>, wanted: &str) -> Option<T> {
        let sentence = format!("`{key}` is {wanted}");
        self.say(Diagnostic::new(&codes::WRONG_KIND, self.at(span), sentence));
        None
    }

    pub(crate) fn missing(&self, key: &str) {
        let sentence = format!("{} has no `{key}`", self.called);
        self.say(
            Diagnostic::new(&codes::MISSING_KEY, self.place(), sentence).help(format!("add `{key} = ...`")),
        );
    }

    fn to_word(&self, key: &str, value: &Spanned<DeValue<'a>>) -> Option<Word> {
        match value.get_ref() {
            DeValue::String(text) => Some(Word { text: text.to_string(), place: self.at(value.span()) }),
            _other => self.wrong(key, value.span(), "a text in quotation marks"),
        }
    }

    pub(crate) fn word(&self, key: &'static str) -> Option<Word> {
        self.to_word(key, self.get(key)?)
    }

    pub(crate) fn text(&self, key: &'static str) -> Option<String> {
        self.word(key).map(|word| word.text)
    }

    pub(crate) fn required(&self, key: &'static str) -> Option<Word> {
        if !self.has(key) {
            self.missing(key);
        }
        self.word(key).filter(|word| {
            let empty = word.text.trim().is_empty();
            if empty {
                self.say(Diagnostic::new(
                    &codes::MISSING_KEY,
                    word.place.clone(),
                    format!("`{key}` is empty"),
                ));
            }
            !empty
        })
    }

    /// A list of texts; one text alone is a list of one.
    pub(crate) fn words(&self, key: &'static str) -> Vec<Word> {
        let Some(value) = self.get(key) else { return Vec::new() };
        match value.get_ref() {
            DeValue::Array(items) => items.iter().filter_map(|item| self.to_word(key, item)).collect(),
            DeValue::String(_) => self.to_word(key, value).into_iter().collect(),
            _other => {
                self.wrong::<()>(key, value.span(), "a list of texts");
                Vec::new()
            }
        }
    }

    pub(crate) fn required_words(&self, key: &'static str) -> Vec<Word> {
        let words = self.words(key);
        if words.is_empty() {
            self.missing(key);
        }
        words
    }

    pub(crate) fn flag(&self, key: &'static str) -> bool {
        let Some(value) = self.get(key) else { return false };
        value
            .get_ref()
            .as_bool()
            .or_else(|| self.wrong(key, value.span(), "`true` or `false`"))
            .unwrap_or(false)
    }

    pub(crate) fn number(&self, key: &'static str) -> Option<(u64, Place)> {
        let value = self.get(key)?;
        let number = value.get_ref().as_integer().and_then(|number| number.as_str().parse().ok());
        match number {
            Some(number) => Some((number, self.at(value.span()))),
            None => self.wrong(key, value.span(), "a whole number"),
        }
    }

    /// `{ da = "...", en = "..." }`
    pub(crate) fn bilingual(&self, key: &'static str) -> Option<Bilingual> {
        let value = self.get(key)?;
        self.to_bilingual(key, value)
    }

    pub(crate) fn required_bilingual(&self, key: &'static str) -> Bilingual {
        if !self.has(key) {
            self.missing(key);
        }
        self.bilingual(key).unwrap_or_default()
    }

    fn to_bilingual(&self, key: &str, value: &'a Spanned<DeValue<'a>>) -> Option<Bilingual> {
        let DeValue::Table(table) = value.get_ref() else {
            return self.wrong(
                key,
                value.span(),
                "a text in two languages: `{ da = \"...\", en = \"...\" }`",
            );
        };
        let section = Section::new(self.file, table, value.span(), format!("`{key}`"), self.found);
        let text = section.both_languages();
        section.finish();
        Some(text)
    }

    /// The keys `da` and `en` of this section.
    pub(crate) fn both_languages(&self) -> Bilingual {
        let get = |key| match self.text(key).filter(|text| !text.trim().is_empty()) {
            Some(text) => text,
            None => {
                let sentence = format!("{} has no text in `{key}`", self.called);
                self.say(Diagnostic::new(&codes::MISSING_LANGUAGE, self.place(), sentence));
                String::new()
            }
        };
        Bilingual { da: get("da"), en: get("en") }
    }

    /// A word of a closed vocabulary.
    pub(crate) fn chosen<T: Copy>(&self, word: &Word, all: &[(&'static str, T)]) -> Option<T> {
        if let Some((_, value)) = all.iter().find(|(name, _)| *name == word.text) {
            return Some(*value);
        }
        let names = all.iter().map(|(name, _)| *name);
        let sentence = format!("`{}` is not a word of the vocabulary", word.text);
        let list = names.clone().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
        let help = match nearest(&word.text, names) {
            Some(name) => format!("did you mean `{name}`? the words are {list}"),
            None => format!("the words are {list}"),
        };
        self.say(Diagnostic::new(&codes::UNKNOWN_WORD, word.place.clone(), sentence).help(help));
        None
    }

    /// `2024-01-01..` or `2024-01-01..2026-12-31`; the last day is the last on which it holds.
    pub(crate) fn valid(&self) -> Valid {
        let Some(word) = self.word("valid") else { return Valid::default() };
        match period(&word.text) {
            Some(valid) => valid,
            None => {
                let sentence = format!("`{}` is not a period", word.text);
                self.say(Diagnostic::new(&codes::BAD_PERIOD, word.place, sentence));
                Valid::default()
            }
        }
    }

    pub(crate) fn duration(&self, key: &'static str) -> Option<Duration> {
        let word = self.word(key)?;
        match Duration::from_str(&word.text) {
            Ok(duration) => Some(duration),
            Err(error) => {
                let sentence = format!("`{}` is not a duration: {error}", word.text);
                self.say(
                    Diagnostic::new(&codes::BAD_PERIOD, word.place, sentence)
                        .help("write `P2Y`, `P6M` or `P14D`"),
                );
                None
            }
        }
    }

    pub(crate) fn table(&self, key: &'static str) -> Option<Section<'a>> {
        let value = self.get(key)?;
        match value.get_ref() {
            DeValue::Table(table) => {
                Some(Section::new(self.file, table, self.header(key), format!("[{key}]"), self.found))
            }
            _other => self.wrong(key, value.span(), "a table"),
        }
    }

    /// The key of a table, which is short, in place of the whole table.
    fn header(&self, key: &str) -> Range<usize> {
        self.table.get_key_value(key).map_or(0..0, |(key, _)| key.span())
    }

    /// The tables below a key, with the name of each: `[party.sds]`.
    pub(crate) fn named(&self, key: &'static str) -> Vec<(Word, Section<'a>)> {
        let Some(section) = self.table(key) else { return Vec::new() };
        section.entries(key)
    }

    /// Every entry of this section as a table with its name.
    pub(crate) fn entries(&self, kind: &str) -> Vec<(Word, Section<'a>)> {
        let entry = |(key, value): (&'a Spanned<_>, &'a Spanned<DeValue<'a>>)| {
            let name: &std::borrow::Cow<'a, str> = key.get_ref();
            let word = Word { text: name.to_string(), place: self.at(key.span()) };
            match value.get_ref() {
                DeValue::Table(table) => {
                    let called = format!("{kind} `{name}`");
                    Some((word, Section::new(self.file, table, key.span(), called, self.found)))
                }
                _other => self.wrong(name, value.span(), "a table"),
            }
        };
        // In the order in which they stand in the file, which is the order in which a person reads them.
        let mut rows: Vec<_> = self.table.iter().collect();
        rows.sort_by_key(|(key, _)| key.span().start);
        rows.into_iter().filter_map(entry).collect()
    }

    /// The tables of a list: `[[use]]`.
    pub(crate) fn list(&self, key: &'static str) -> Vec<Section<'a>> {
        let Some(value) = self.get(key) else { return Vec::new() };
        let DeValue::Array(items) = value.get_ref() else {
            self.wrong::<()>(key, value.span(), "a list of tables");
            return Vec::new();
        };
        let item = |item: &'a Spanned<DeValue<'a>>| match item.get_ref() {
            DeValue::Table(table) => {
                let called = format!("this `{key}`");
                Some(Section::new(self.file, table, short(item.span()), called, self.found))
            }
            _other => self.wrong(key, item.span(), "a list of tables"),
        };
        items.iter().filter_map(item).collect()
    }

    /// Reports every key that nobody asked for.
    pub(crate) fn finish(self) {
        let asked = self.asked.borrow();
        for key in self.table.keys().filter(|key| !asked.contains(key.get_ref().as_ref())) {
            let name = key.get_ref();
            let sentence = format!("{} has no key `{name}`", self.called);
            let help = match nearest(name, asked.iter().copied()) {
                Some(meant) => format!("did you mean `{meant}`?"),
                None => {
                    let known: Vec<_> = asked.iter().map(|key| format!("`{key}`")).collect();
                    format!("the keys are {}", known.join(", "))
                }
            };
            self.say(Diagnostic::new(&codes::UNKNOWN_KEY, self.at(key.span()), sentence).help(help));
        }
    }

    /// Checks an id and says what is wrong with it.
    pub(crate) fn id(&self, word: &Word) -> bool {
        let good = is_id(&word.text);
        if !good {
            self.say(Diagnostic::new(
                &codes::BAD_ID,
                word.place.clone(),
                format!("`{}` is not an id", word.text),
            ));
        }
        good
    }

    /// Says a finding of a kind about a word.
    pub(crate) fn about(&self, code: &'static Code, word: &Word, sentence: String) {
        self.say(Diagnostic::new(code, word.place.clone(), sentence));
    }
}

/// ASCII `[a-z0-9.-]`, beginning with a letter, no empty part.
pub(crate) fn is_id(text: &str) -> bool {
    const LONGEST: usize = 80;
    text.len() <= LONGEST
        && text.starts_with(|sign: char| sign.is_ascii_lowercase())
        && text.bytes().all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'.' | b'-'))
        && text.split('.').all(|part| !part.is_empty() && !part.starts_with('-') && !part.ends_with('-'))
}

fn period(text: &str) -> Option<Valid> {
    let (from, until) = text.split_once("..")?;
    let day = |text: &str| if text.is_empty() { Ok(None) } else { text.parse::<Date>().map(Some) };
    let (from, last) = (day(from).ok()?, day(until).ok()?);
    let until = match last {
        Some(last) => Some(last.tomorrow().ok()?),
        None => None,
    };
    let ordered = match (from, until) {
        (Some(from), Some(until)) => from < until,
        (Some(_), None) | (None, Some(_)) => true,
        (None, None) => false,
    };
    ordered.then_some(Valid { from, until })
}

/// The first bytes of a table in a list, enough to point at its header.
fn short(span: Range<usize>) -> Range<usize> {
    const HEADER: usize = 7;
    span.start..span.end.min(span.start + HEADER)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn a_period_names_its_first_and_its_last_day() {
        let year = period("2024-01-01..2024-12-31").unwrap();
        assert_eq!((year.from, year.until), (Some(date(2024, 1, 1)), Some(date(2025, 1, 1))));
        assert_eq!(period("2024-01-01..").unwrap().until, None);
        assert_eq!(period("..2024-02-29").unwrap().until, Some(date(2024, 3, 1)));
        for text in
            ["", "..", "2024-01-01", "2024-13-01..", "2024-01-02..2024-01-01", "2024-01-01..9999-12-31"]
        {
            assert_eq!(period(text), None, "{text}");
        }
    }

    #[test]
    fn an_id_is_plain_ascii() {
        for id in ["a", "fmk", "fmk.read-card", "of-15", "subject.died"] {
            assert!(is_id(id), "{id}");
        }
        for id in
            ["", "1a", "A", "a_b", "a..b", ".a", "a.", "-a", "a-", "a.-b", "\u{e5}", "a b", &"a".repeat(81)]
        {
            assert!(!is_id(id), "{id}");
        }
    }
}
