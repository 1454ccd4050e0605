//! `[[use]]`: who may do what with which registers, why, under which condition, with which trace.

use super::{full, listed_id, said};
use crate::check::{codes, field_of};
use crate::condition;
use crate::decide::Verb;
use crate::diagnostic::Diagnostic;
use crate::policy::{Condition, Place, Said};
use crate::source::{Section, Word};
use crate::text::Bilingual;

/// A use as written.
pub(crate) struct Use {
    pub(crate) said: Said,
    pub(crate) who: Vec<Word>,
    pub(crate) may: Vec<Verb>,
    /// Where the verbs stand.
    pub(crate) may_place: Option<Place>,
    pub(crate) of: Vec<Word>,
    pub(crate) fields: Option<Vec<Word>>,
    pub(crate) private_fields: Vec<Word>,
    pub(crate) purpose: Option<Word>,
    pub(crate) when: Condition,
    /// The condition as written, if there is one.
    pub(crate) when_word: Option<Word>,
    pub(crate) log: Option<Word>,
    pub(crate) raises: Vec<Word>,
    pub(crate) step_up: bool,
    pub(crate) refused: Option<Bilingual>,
    pub(crate) instead: Vec<Word>,
}

impl Use {
    pub(super) fn read(notice: &str, section: Section<'_>) -> Self {
        let id = listed_id(&section);
        let title = section.required_bilingual("title");
        let verbs = section.required_words("may");
        let when_word = section.word("when");
        let used = Self {
            said: said(&section, full(notice, &id.text), id.place, title),
            who: section.required_words("who"),
            may: verbs
                .iter()
                .filter_map(|word| section.chosen(word, &Verb::ALL.map(|v| (v.word(), v))))
                .collect(),
            may_place: verbs.first().map(|word| word.place.clone()),
            of: section.required_words("of"),
            fields: section.has("fields").then(|| section.words("fields")),
            private_fields: section.words("private-fields"),
            purpose: section.required("purpose"),
            when: when_word.as_ref().map_or(Condition::Always, |word| when(&section, word)),
            when_word,
            log: section.word("log"),
            raises: section.words("raises"),
            step_up: section.flag("step-up"),
            refused: section.bilingual("refused"),
            instead: section.words("instead"),
        };
        section.finish();
        used
    }
}

impl Use {
    /// Whether the use covers a field of one of its registers: all of them, unless some are named.
    pub(crate) fn covers(&self, register: &str, field: &str) -> bool {
        let own = |word: &&Word| field_of(&word.text, &self.of).is_some_and(|(of, _)| of == register);
        let mut named = self.fields.iter().flatten().filter(own).peekable();
        named.peek().is_none()
            || named.any(|word| field_of(&word.text, &self.of).is_some_and(|(_, name)| name == field))
    }
}

/// Reads a condition; one that cannot be read grants nothing.
fn when(section: &Section<'_>, word: &Word) -> Condition {
    match condition::parse(&word.text) {
        Ok(condition) => condition,
        Err(error) => {
            let place = super::within(word, error.span.clone());
            let finding = Diagnostic::new(codes::condition_found(&error.found, &error.expected), place);
            section.say(finding.meant(error.meant).help(error.help));
            Condition::Any(Vec::new())
        }
    }
}
