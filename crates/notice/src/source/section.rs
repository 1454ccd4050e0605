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
use crate::check::codes::{self, Called, Message};
use crate::clock::{Duration, NotADuration};
use crate::diagnostic::Diagnostic;
use crate::policy::{Place, Valid};
use crate::text::Bilingual;

/// A text with the place where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Word {
    pub(crate) text: String,
    pub(crate) place: Place,
}

/// Most entries of a list.
const LIST_MAX: usize = 512;
/// After so many findings nobody reads a guess at what was meant.
const GUESSED_MAX: usize = 500;

/// Findings, shared by all sections of a corpus.
pub(crate) type Found = RefCell<Vec<Diagnostic>>;

/// A table with its place and the keys that were asked for.
pub(crate) struct Section<'a> {
    file: &'a Arc<str>,
    table: &'a DeTable<'a>,
    span: Range<usize>,
    /// What a person would call it: `[register.prescription]`.
    called: Called<'a>,
    asked: RefCell<BTreeSet<&'static str>>,
    found: &'a Found,
}

impl<'a> Section<'a> {
    pub(crate) fn whole(file: &'a Arc<str>, table: &'a DeTable<'a>, found: &'a Found) -> Self {
        Self::new(file, table, 0..0, Called::File, found)
    }

    fn new(
        file: &'a Arc<str>,
        table: &'a DeTable<'a>,
        span: Range<usize>,
        called: Called<'a>,
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

    fn wrong<T>(&self, key: &str, span: Range<usize>, wanted: fn() -> Bilingual) -> Option<T> {
        self.say(Diagnostic::new(codes::wrong_kind(&key, &wanted()), self.at(span)));
        None
    }

    pub(crate) fn missing(&self, key: &str) {
        let finding = Diagnostic::new(codes::missing_key(&self.called, &key), self.place());
        self.say(finding.help(codes::add_key(&key)));
    }

    fn to_word(&self, key: &str, value: &Spanned<DeValue<'a>>) -> Option<Word> {
        match value.get_ref() {
            DeValue::String(text) => Some(Word { text: text.to_string(), place: self.at(value.span()) }),
            _other => self.wrong(key, value.span(), codes::a_text),
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
                self.say(Diagnostic::new(codes::empty_key(&key), word.place.clone()));
            }
            !empty
        })
    }

    /// A list of texts; one text alone is a list of one.
    pub(crate) fn words(&self, key: &'static str) -> Vec<Word> {
        let Some(value) = self.get(key) else { return Vec::new() };
        match value.get_ref() {
            DeValue::Array(items) => {
                if items.len() > LIST_MAX {
                    self.say(Diagnostic::new(codes::too_long_list(&key, &LIST_MAX), self.at(value.span())));
                }
                items.iter().take(LIST_MAX).filter_map(|item| self.to_word(key, item)).collect()
            }
            DeValue::String(_) => self.to_word(key, value).into_iter().collect(),
            _other => {
                self.wrong::<()>(key, value.span(), codes::a_list_of_texts);
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
            .or_else(|| self.wrong(key, value.span(), codes::true_or_false))
            .unwrap_or(false)
    }

    pub(crate) fn number(&self, key: &'static str) -> Option<(u64, Place)> {
        let value = self.get(key)?;
        let number = value.get_ref().as_integer().and_then(|number| number.as_str().parse().ok());
        match number {
            Some(number) => Some((number, self.at(value.span()))),
            None => self.wrong(key, value.span(), codes::a_whole_number),
        }
    }

    /// `{ da = "...", en = "..." }`
    pub(crate) fn bilingual(&self, key: &'static str) -> Option<Bilingual> {
        let value = self.get(key)?;
        self.to_bilingual(key, value)
    }

    /// `{ da = "...", en = "..." }`; one text alone stands for both languages, and it is told.
    pub(crate) fn bilingual_or_text(&self, key: &'static str) -> Option<Bilingual> {
        let value = self.get(key)?;
        let DeValue::String(text) = value.get_ref() else { return self.to_bilingual(key, value) };
        if text.trim().is_empty() {
            return None;
        }
        self.say(Diagnostic::new(codes::one_text_for_both(&key), self.at(value.span())));
        Some(Bilingual { da: text.to_string(), en: text.to_string() })
    }

    pub(crate) fn required_bilingual(&self, key: &'static str) -> Bilingual {
        if !self.has(key) {
            self.missing(key);
        }
        self.bilingual(key).unwrap_or_default()
    }

    fn to_bilingual(&self, key: &'static str, value: &'a Spanned<DeValue<'a>>) -> Option<Bilingual> {
        let DeValue::Table(table) = value.get_ref() else {
            return self.wrong(key, value.span(), codes::a_text_in_two_languages);
        };
        let section = Section::new(self.file, table, value.span(), Called::Value(key), self.found);
        let text = section.both_languages();
        section.finish();
        Some(text)
    }

    /// The keys `da` and `en` of this section.
    pub(crate) fn both_languages(&self) -> Bilingual {
        let get = |key| match self.text(key).filter(|text| !text.trim().is_empty()) {
            Some(text) => text,
            None => {
                self.say(Diagnostic::new(codes::missing_language(&self.called, &key), self.place()));
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
        let list = names.clone().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
        let finding = Diagnostic::new(codes::unknown_word(&word.text), word.place.clone());
        self.say(match nearest(&word.text, names) {
            meant @ Some(name) => finding.meant(meant).help(codes::did_you_mean_of(&name, &list)),
            None => finding.help(codes::the_words_are(&list)),
        });
        None
    }

    /// `2024-01-01..` or `2024-01-01..2026-12-31`; the last day is the last on which it holds.
    pub(crate) fn valid(&self) -> Valid {
        let Some(word) = self.word("valid") else { return Valid::default() };
        match period(&word.text) {
            Some(valid) => valid,
            None => {
                self.say(Diagnostic::new(codes::not_a_period(&word.text), word.place));
                Valid::default()
            }
        }
    }

    pub(crate) fn duration(&self, key: &'static str) -> Option<Duration> {
        let word = self.word(key)?;
        match Duration::from_str(&word.text) {
            Ok(duration) => Some(duration),
            Err(error) => {
                let message = match error {
                    NotADuration::Malformed => codes::not_a_duration(&word.text),
                    NotADuration::TooLong => codes::duration_too_long(&word.text),
                };
                self.say(Diagnostic::new(message, word.place).help(codes::write_a_duration()));
                None
            }
        }
    }

    pub(crate) fn table(&self, key: &'static str) -> Option<Section<'a>> {
        let value = self.get(key)?;
        match value.get_ref() {
            DeValue::Table(table) => {
                Some(Section::new(self.file, table, self.header(key), Called::Table(key), self.found))
            }
            _other => self.wrong(key, value.span(), codes::a_table),
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
    pub(crate) fn entries(&self, kind: &'static str) -> Vec<(Word, Section<'a>)> {
        let entry = |(key, value): (&'a Spanned<_>, &'a Spanned<DeValue<'a>>)| {
            let name: &std::borrow::Cow<'a, str> = key.get_ref();
            let word = Word { text: name.to_string(), place: self.at(key.span()) };
            match value.get_ref() {
                DeValue::Table(table) => {
                    let called = Called::Entry(kind, name);
                    Some((word, Section::new(self.file, table, key.span(), called, self.found)))
                }
                _other => self.wrong(name, value.span(), codes::a_table),
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
            self.wrong::<()>(key, value.span(), codes::a_list_of_tables);
            return Vec::new();
        };
        let item = |item: &'a Spanned<DeValue<'a>>| match item.get_ref() {
            DeValue::Table(table) => {
                let called = Called::Listed(key);
                Some(Section::new(self.file, table, short(item.span()), called, self.found))
            }
            _other => self.wrong(key, item.span(), codes::a_list_of_tables),
        };
        items.iter().filter_map(item).collect()
    }

    /// Reports every key that nobody asked for.
    pub(crate) fn finish(self) {
        // A file full of strange keys needs no guess at each.
        let is_full = self.found.borrow().len() > GUESSED_MAX;
        let asked = self.asked.borrow();
        for key in self.table.keys().filter(|key| !asked.contains(key.get_ref().as_ref())) {
            let name = key.get_ref();
            let finding = Diagnostic::new(codes::unknown_key(&self.called, name), self.at(key.span()));
            let meant = if is_full { None } else { nearest(name, asked.iter().copied()) };
            self.say(match meant {
                Some(_) => finding.meant(meant),
                None => {
                    let known: Vec<_> = asked.iter().map(|key| format!("`{key}`")).collect();
                    finding.help(codes::the_keys_are(&known.join(", ")))
                }
            });
        }
    }

    /// Checks an id and says what is wrong with it.
    pub(crate) fn id(&self, word: &Word) -> bool {
        let good = is_id(&word.text);
        if !good {
            self.about(codes::bad_id(&word.text), word);
        }
        good
    }

    /// Says a finding about a word.
    pub(crate) fn about(&self, message: Message, word: &Word) {
        self.say(Diagnostic::new(message, word.place.clone()));
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
