//! The corpus as it was written: every name with its place, nothing resolved yet.
//!
//! Invariant: reading never stops at a problem; what could not be read is left out and reported.

use crate::clock::{ClockError, Rule};
use crate::policy::{Place, Said, Valid};
use crate::source::{Document, Section, Word};
use crate::text::Bilingual;

mod notice;
mod register;
mod right;
mod shared;
mod r#use;

pub(crate) use notice::{Notice, Purpose};
pub(crate) use register::{FIELDS_MAX, Field, Register};
pub(crate) use right::{Limit, Measure, Right, Share};
pub(crate) use shared::{CLASSES, Clock, Event, Flag, KINDS, Law, MATTERS, Matter, Party, Provision, Role};
pub(crate) use r#use::Use;

use crate::check::codes;
use crate::diagnostic::Diagnostic;

/// All that the files declare.
#[derive(Default)]
pub(crate) struct Corpus {
    pub(crate) parties: Vec<Party>,
    pub(crate) laws: Vec<Law>,
    pub(crate) roles: Vec<Role>,
    pub(crate) events: Vec<Event>,
    pub(crate) flags: Vec<Flag>,
    pub(crate) clocks: Vec<Clock>,
    pub(crate) notices: Vec<Notice>,
    register_starts: Vec<usize>,
    purpose_starts: Vec<usize>,
}

impl Corpus {
    /// Where each notice's registers begin among all registers.
    fn starts(notices: &[Notice], count: impl Fn(&Notice) -> usize) -> Vec<usize> {
        let mut next = 0;
        let start = |notice: &Notice| {
            let start = next;
            next += count(notice);
            start
        };
        notices.iter().map(start).collect()
    }

    /// The notice and the place within it of a position among all of a kind.
    fn within(starts: &[usize], position: usize) -> Option<(usize, usize)> {
        let notice = starts.partition_point(|start| *start <= position).checked_sub(1)?;
        Some((notice, position - starts.get(notice)?))
    }

    /// Every register with its notice, in order.
    pub(crate) fn registers(&self) -> impl Iterator<Item = (&Notice, &Register)> {
        self.notices.iter().flat_map(|notice| notice.registers.iter().map(move |register| (notice, register)))
    }

    /// The register at a position among all registers, with its notice.
    pub(crate) fn owned_register(&self, position: usize) -> Option<(&Notice, &Register)> {
        let (notice, own) = Self::within(&self.register_starts, position)?;
        let notice = self.notices.get(notice)?;
        notice.registers.get(own).map(|register| (notice, register))
    }

    /// The register at a position among all registers.
    pub(crate) fn register(&self, position: usize) -> Option<&Register> {
        self.owned_register(position).map(|(_, register)| register)
    }

    /// What every section says, in the order of the files' kinds.
    pub(crate) fn said(&self) -> impl Iterator<Item = &Said> {
        let shared = self.parties.iter().map(|it| &it.said);
        let shared = shared.chain(self.laws.iter().map(|it| &it.said));
        let shared = shared.chain(self.roles.iter().map(|it| &it.said));
        let shared = shared.chain(self.events.iter().map(|it| &it.said));
        let shared = shared.chain(self.flags.iter().map(|it| &it.said));
        let shared = shared.chain(self.clocks.iter().map(|it| &it.said));
        shared.chain(self.notices.iter().flat_map(Notice::all_said))
    }

    /// The purpose at a position among all purposes.
    pub(crate) fn purpose(&self, position: usize) -> Option<&Purpose> {
        let (notice, own) = Self::within(&self.purpose_starts, position)?;
        self.notices.get(notice)?.purposes.get(own)
    }
}

/// A retention rule as it was written, and as it was read if it could be.
#[derive(Clone)]
pub(crate) struct Line {
    pub(crate) word: Word,
    pub(crate) rule: Option<Rule>,
}

/// Reads the sections of all files.
pub(crate) fn corpus(documents: &[Document<'_>], found: &crate::source::Found) -> Corpus {
    let mut corpus = Corpus::default();
    for document in documents {
        let file = Section::whole(&document.file, &document.table, found);
        language(&file);
        if document.table.keys().all(|key| key.get_ref() == "language") {
            file.say(Diagnostic::new(codes::empty_file(&document.file), file.place()));
        }
        corpus.parties.extend(file.named("party").into_iter().map(Party::read));
        corpus.laws.extend(file.named("law").into_iter().map(Law::read));
        corpus.roles.extend(file.named("role").into_iter().map(Role::read));
        corpus.events.extend(file.named("event").into_iter().map(Event::read));
        corpus.flags.extend(file.named("flag").into_iter().map(Flag::read));
        corpus.clocks.extend(file.named("clock").into_iter().map(Clock::read));
        notice::read(&file, &mut corpus.notices);
        file.finish();
    }
    corpus.register_starts = Corpus::starts(&corpus.notices, |notice| notice.registers.len());
    corpus.purpose_starts = Corpus::starts(&corpus.notices, |notice| notice.purposes.len());
    corpus
}

fn language(file: &Section<'_>) {
    if let Some((number, place)) = file.number("language")
        && number != 1
    {
        file.say(Diagnostic::new(codes::language_version(&number), place));
    }
}

/// Reads what every section may say: `title`, `says`, `states`, `unstated`.
fn said(section: &Section<'_>, id: String, place: Place, title: Bilingual) -> Said {
    Said {
        id,
        title,
        says: section.bilingual("says"),
        states: states(section),
        unstated: section.bilingual("unstated"),
        place,
    }
}

/// The ids of rules of the acceptance table, `F-05`.
fn states(section: &Section<'_>) -> Vec<String> {
    let words = section.words("states");
    let good = |text: &str| {
        text.split_once('-').is_some_and(|(group, number)| {
            !group.is_empty()
                && group.bytes().all(|byte| byte.is_ascii_uppercase())
                && !number.is_empty()
                && number.bytes().all(|byte| byte.is_ascii_alphanumeric())
        })
    };
    for word in words.iter().filter(|word| !good(&word.text)) {
        let finding = Diagnostic::new(codes::not_a_rule_id(&word.text), word.place.clone());
        section.say(finding.help(codes::write_it_like(&"F-05")));
    }
    words.into_iter().map(|word| word.text).collect()
}

/// The id of an entry of a list, checked; a section without one is read under an empty name.
fn listed_id(section: &Section<'_>) -> Word {
    match section.required("id") {
        Some(word) => {
            section.id(&word);
            word
        }
        None => Word { text: String::new(), place: section.place() },
    }
}

/// The full name of what a notice declares.
fn full(notice: &str, id: &str) -> String {
    if id.strip_prefix(notice).is_some_and(|rest| rest.starts_with('.')) {
        return id.to_owned();
    }
    format!("{notice}.{id}")
}

/// Reads a line of the clock language.
fn line(section: &Section<'_>, key: &'static str) -> Option<Line> {
    let word = section.word(key)?;
    let rule = match Rule::parse(&word.text) {
        Ok(rule) => Some(rule),
        Err(error) => {
            section.say(clock_error(&word, &error));
            None
        }
    };
    Some(Line { word, rule })
}

/// An error inside a line, at its place in the file.
fn clock_error(word: &Word, error: &ClockError) -> Diagnostic {
    let place = within(word, error.span.clone());
    Diagnostic::new(codes::found_expected(&error.found, &error.expected), place).help(error.help.clone())
}

/// The place of a part of a text. In a text with escapes the whole text is shown.
pub(crate) fn within(word: &Word, part: std::ops::Range<usize>) -> Place {
    let whole = &word.place.span;
    let quotes = whole.len().saturating_sub(word.text.len());
    let span = match quotes {
        2 => {
            let start = whole.start + 1 + part.start;
            start..whole.start + 1 + part.end.max(part.start + 1).min(word.text.len() + 1)
        }
        _more => whole.clone(),
    };
    Place { file: word.place.file.clone(), span }
}

/// Reads `valid`, and keeps its place for findings.
fn valid(section: &Section<'_>) -> Valid {
    section.valid()
}
