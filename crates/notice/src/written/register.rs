//! `[register.ID]`: what is kept about whom, on which ground, for how long.

use super::shared::{CLASSES, rule};
use super::{Line, full, said};
use crate::check::codes;
use crate::decide::Fact;
use crate::policy::{Class, Said};
use crate::source::{Section, Word};
use crate::text::Bilingual;

/// A register as written.
pub(crate) struct Register {
    pub(crate) said: Said,
    pub(crate) about: Vec<Word>,
    pub(crate) purposes: Vec<Word>,
    pub(crate) basis: Vec<Word>,
    /// Grounds that the published notice does not name.
    pub(crate) basis_unstated: Vec<Word>,
    pub(crate) fields: Vec<Field>,
    pub(crate) keep: Option<Line>,
    /// The rule of several registers that stands in place of `keep`.
    pub(crate) clock: Option<Word>,
    pub(crate) seed: Option<String>,
    pub(crate) hard: Vec<Word>,
    pub(crate) gives: Option<Fact>,
    pub(crate) public: bool,
    pub(crate) unnamed: bool,
    pub(crate) from: Vec<Word>,
    pub(crate) duty: Option<Bilingual>,
    /// The JSON Schema of a record's content, a file beside the notice.
    pub(crate) schema: Option<String>,
}

/// A field as written.
pub(crate) struct Field {
    pub(crate) name: Word,
    pub(crate) title: Bilingual,
    pub(crate) class: Option<Class>,
}

/// Most fields of a register.
pub(crate) const FIELDS_MAX: usize = 64;

impl Register {
    pub(super) fn read(notice: &str, (id, section): (Word, Section<'_>)) -> Self {
        section.id(&id);
        let title = section.required_bilingual("title");
        let gives = section.word("gives");
        let facts: Vec<_> = Fact::in_conditions().map(|fact| (fact.word(), fact)).collect();
        let gives = gives.and_then(|word| section.chosen(&word, &facts));
        let register = Self {
            said: said(&section, full(notice, &id.text), id.place, title),
            about: section.required_words("about"),
            purposes: section.required_words("purpose"),
            basis: section.words("basis"),
            basis_unstated: section.words("basis-unstated"),
            fields: fields(&section),
            keep: rule(&section, "keep"),
            clock: section.word("clock"),
            seed: section.text("seed"),
            hard: section.words("hard"),
            gives,
            public: section.flag("public"),
            unnamed: section.flag("unnamed"),
            from: section.words("from"),
            duty: section.bilingual("duty"),
            schema: schema(&section),
        };
        section.finish();
        register
    }
}

/// A file of the corpus: nothing absolute, nothing that climbs out of its folder.
fn schema(section: &Section<'_>) -> Option<String> {
    let word = section.word("schema")?;
    let inside = |part: &str| !part.is_empty() && !part.starts_with('.') && !part.contains(['\\', ':']);
    if word.text.split('/').all(inside) && word.text.ends_with(".json") {
        return Some(word.text);
    }
    section.about(codes::outside(&word.text), &word);
    None
}

impl Register {
    /// All grounds, published or not.
    pub(crate) fn grounds(&self) -> impl Iterator<Item = &Word> {
        self.basis.iter().chain(&self.basis_unstated)
    }
}

fn fields(section: &Section<'_>) -> Vec<Field> {
    if !section.has("fields") {
        section.missing("fields");
    }
    let entries = section.table("fields").map(|table| table.entries("field")).unwrap_or_default();
    if let Some((word, _)) = entries.get(FIELDS_MAX) {
        section.about(codes::too_many_fields(&FIELDS_MAX), word);
    }
    entries.into_iter().take(FIELDS_MAX).map(field).collect()
}

fn field((name, section): (Word, Section<'_>)) -> Field {
    if section.id(&name) && name.text.contains('.') {
        section.about(codes::field_with_dot(&name.text), &name);
    }
    let class = section.required("class").and_then(|word| section.chosen(&word, &CLASSES));
    let field = Field { name, title: section.both_languages(), class };
    section.finish();
    field
}
