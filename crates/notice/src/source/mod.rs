//! From files to sections with places: TOML is read as far as it goes, and every problem is kept.

use std::ops::Range;
use std::sync::Arc;

use ::toml::de::{DeTable, DeValue};

use crate::check::codes::{self, Message};
use crate::diagnostic::{Diagnostic, inside};
use crate::policy::Place;

mod nearest;
mod section;
mod text;
mod toml;

pub(crate) use nearest::nearest;
pub(crate) use section::{Found, Section, Word};

/// Largest file in bytes.
pub(crate) const FILE_MAX_BYTES: usize = 512 * 1024;
/// Largest corpus in bytes.
pub(crate) const CORPUS_MAX_BYTES: usize = 16 * 1024 * 1024;
/// Deepest nesting of tables and lists.
pub(crate) const DEPTH_MAX: usize = 16;
/// Most keys in a file.
pub(crate) const KEYS_MAX: usize = 20_000;
/// Most keys in a corpus.
pub(crate) const CORPUS_KEYS_MAX: usize = 200_000;
/// Longest text in bytes.
pub(crate) const STRING_MAX_BYTES: usize = 16 * 1024;

/// One file of the corpus.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceFile {
    /// Path within the corpus, with `/`.
    pub path: String,
    /// Its content.
    pub text: String,
}

impl SourceFile {
    /// Whether a file of this name belongs to a corpus: a notice, or the form of a register's entries.
    #[must_use]
    pub fn belongs(path: &std::path::Path) -> bool {
        path.extension().is_some_and(|ending| ending == "toml" || ending == "json")
    }

    /// Whether it is the form of a register's entries and no notice.
    #[must_use]
    pub fn is_form(&self) -> bool {
        self.path.ends_with(".json")
    }
}

/// A file that was read, as far as it could be.
pub(crate) struct Document<'a> {
    pub(crate) file: Arc<str>,
    pub(crate) table: DeTable<'a>,
}

/// Reads all files in the order of their paths.
pub(crate) fn read<'a>(files: &'a [SourceFile], found: &mut Vec<Diagnostic>) -> Vec<Document<'a>> {
    let mut sorted: Vec<_> = files.iter().collect();
    sorted.sort_by(|a, b| a.path.cmp(&b.path));
    let (mut bytes, mut keys) = (0, 0);
    let mut documents = Vec::new();
    for file in sorted {
        let path: Arc<str> = file.path.as_str().into();
        bytes += file.text.len();
        if file.text.len() > FILE_MAX_BYTES || bytes > CORPUS_MAX_BYTES {
            let message = codes::file_too_large(&file.path, &file.text.len(), &bytes);
            found.push(Diagnostic::new(message, Place { file: path, span: 0..0 }));
            continue;
        }
        text::check_signs(&path, &file.text, found);
        if file.is_form() {
            continue;
        }
        let table = parse(&path, &file.text, found);
        if within_limits(&path, &file.text, &table, &mut keys, found) {
            documents.push(Document { file: path, table });
        }
    }
    documents
}

fn parse<'a>(path: &Arc<str>, text: &'a str, found: &mut Vec<Diagnostic>) -> DeTable<'a> {
    let (table, errors) = DeTable::parse_recoverable(text);
    for error in errors {
        let span = inside(text, error.span().unwrap_or(0..0));
        let place = Place { file: Arc::clone(path), span };
        found.push(Diagnostic::new(codes::not_toml(&toml::in_words(error.message())), place));
    }
    table.into_inner()
}

/// Whether a file keeps to the limits; says where it does not.
fn within_limits(
    path: &Arc<str>,
    text: &str,
    table: &DeTable<'_>,
    keys: &mut usize,
    found: &mut Vec<Diagnostic>,
) -> bool {
    let before = found.len();
    let mut walk = Walk { path, text, keys: 0, before: *keys, found };
    walk.table(table, 1);
    *keys += walk.keys;
    let fatal =
        |diagnostic: &Diagnostic| *diagnostic.code == codes::TOO_DEEP || *diagnostic.code == codes::TOO_MANY;
    !found.iter().skip(before).any(fatal)
}

struct Walk<'a> {
    path: &'a Arc<str>,
    text: &'a str,
    /// Keys of this file so far.
    keys: usize,
    /// Keys of the files before it.
    before: usize,
    found: &'a mut Vec<Diagnostic>,
}

impl Walk<'_> {
    fn table(&mut self, table: &DeTable<'_>, depth: usize) {
        for (key, value) in table {
            self.keys += 1;
            if self.keys == KEYS_MAX + 1 {
                self.say(codes::too_many_keys(&KEYS_MAX), key.span());
            }
            if self.before + self.keys == CORPUS_KEYS_MAX + 1 {
                self.say(codes::too_many_keys_in_all(&CORPUS_KEYS_MAX), key.span());
            }
            self.value(value.get_ref(), value.span(), depth);
        }
    }

    fn value(&mut self, value: &DeValue<'_>, span: Range<usize>, depth: usize) {
        if depth > DEPTH_MAX {
            return self.say(codes::too_deep(&DEPTH_MAX), span);
        }
        match value {
            DeValue::Table(table) => self.table(table, depth + 1),
            DeValue::Array(items) => {
                items.iter().for_each(|item| self.value(item.get_ref(), item.span(), depth + 1));
            }
            DeValue::String(text) if text.len() > STRING_MAX_BYTES => {
                self.say(codes::text_too_long(&text.len(), &STRING_MAX_BYTES), span);
            }
            DeValue::String(text) => self.text(text, span),
            DeValue::Integer(_) | DeValue::Float(_) | DeValue::Boolean(_) | DeValue::Datetime(_) => {}
        }
    }

    fn text(&mut self, text: &str, span: Range<usize>) {
        if text::has_markup(text) {
            self.say(codes::markup(), span.clone());
        }
        // What stands there without escapes has been checked with the file.
        if self.text.get(span.clone()).is_some_and(|raw| raw.contains('\\')) {
            text::check_escaped(self.path, text, span, self.found);
        }
    }

    fn say(&mut self, message: Message, span: Range<usize>) {
        let place = Place { file: Arc::clone(self.path), span };
        self.found.push(Diagnostic::new(message, place));
    }
}
