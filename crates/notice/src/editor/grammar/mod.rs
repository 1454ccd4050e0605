//! Every section and key that a notice file may hold, with what each says, in one table.
//!
//! The JSON Schema, completion, hover and the outline are printed from this table. A test asks the parser, section by
//! section, which keys it knows and which it demands, and fails when table and parser differ.

use crate::decide::{Fact, Verb};
use crate::text::Lang;
use crate::written::{CLASSES, KINDS, MATTERS};

mod sections;

pub(super) use sections::{BILINGUAL, FILE};

/// A table of a notice file: `[register.ID]`, `[[use]]`, `{ da = "...", en = "..." }`.
#[derive(Debug)]
pub(super) struct Section {
    /// What it is called in the schema.
    pub(super) name: &'static str,
    pub(super) says: Says,
    pub(super) keys: &'static [Key],
}

/// A key of a section.
#[derive(Debug)]
pub(super) struct Key {
    pub(super) name: &'static str,
    pub(super) need: Need,
    pub(super) shape: Shape,
    pub(super) says: Says,
}

/// One sentence in both languages.
#[derive(Clone, Copy, Debug)]
pub(super) struct Says {
    pub(super) da: &'static str,
    pub(super) en: &'static str,
}

impl Says {
    pub(super) const fn get(&self, lang: Lang) -> &'static str {
        match lang {
            Lang::Da => self.da,
            Lang::En => self.en,
        }
    }
}

/// Whether the compiler asks for a key.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Need {
    Must,
    May,
}

/// What stands behind a key.
#[derive(Clone, Copy, Debug)]
pub(super) enum Shape {
    /// A text for people or for another system.
    Text,
    /// The version of the language.
    Version,
    /// `true` or `false`.
    Flag,
    /// `{ da = "...", en = "..." }`
    Bilingual,
    /// `2024-01-01..`
    Period,
    /// `P2Y`
    Duration,
    /// A line of the clock language.
    Clock,
    /// `P1M`, or `by request.received + P1M`.
    Answer,
    /// Facts joined by `and`, `or`, `not`.
    Condition,
    /// Two capital letters.
    Country,
    /// The id of the section itself.
    Id,
    /// Ids of rules of the acceptance table.
    Rules,
    /// Free words.
    Words,
    /// One word of a closed vocabulary.
    One(Vocabulary),
    /// Words of a closed vocabulary.
    Many(Vocabulary),
    /// The name of something declared.
    Name(Kind),
    /// Names of things declared.
    Names(Kind),
    /// One table: `[notice]`.
    Table(&'static Section),
    /// Tables by name: `[party.ID]`.
    Named(Kind, &'static Section),
    /// A list of tables: `[[use]]`.
    List(&'static Section),
}

/// What a name may stand for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// A notice.
    Notice,
    /// A party.
    Party,
    /// A law.
    Law,
    /// A provision of a law, `law:provision`.
    Provision,
    /// A role.
    Role,
    /// An event.
    Event,
    /// A flag.
    Flag,
    /// A retention rule that stands alone.
    Clock,
    /// A purpose.
    Purpose,
    /// A register.
    Register,
    /// A field, `register.field`.
    Field,
    /// A use.
    Use,
    /// A disclosure.
    Share,
    /// A right.
    Right,
    /// A measure.
    Measure,
}

impl Kind {
    /// Whether the name of such a thing begins with the id of its notice.
    pub(super) const fn belongs_to_a_notice(self) -> bool {
        match self {
            Self::Purpose
            | Self::Register
            | Self::Field
            | Self::Use
            | Self::Share
            | Self::Right
            | Self::Measure => true,
            Self::Notice
            | Self::Party
            | Self::Law
            | Self::Provision
            | Self::Role
            | Self::Event
            | Self::Flag
            | Self::Clock => false,
        }
    }
}

/// A closed list of words.
#[derive(Clone, Copy, Debug)]
pub(super) enum Vocabulary {
    Kinds,
    Classes,
    Verbs,
    Facts,
    Matters,
}

impl Vocabulary {
    /// The words, as the parser has them.
    pub(super) fn words(self) -> Vec<&'static str> {
        match self {
            Self::Kinds => KINDS.iter().map(|(word, ())| *word).collect(),
            Self::Classes => CLASSES.iter().map(|(word, _)| *word).collect(),
            Self::Verbs => Verb::ALL.map(Verb::word).to_vec(),
            Self::Matters => MATTERS.iter().map(|(word, _)| *word).collect(),
            Self::Facts => Fact::in_conditions().map(Fact::word).collect(),
        }
    }
}

impl Section {
    /// The key of a name.
    pub(super) fn key(&self, name: &str) -> Option<&'static Key> {
        let keys: &'static [Key] = self.keys;
        keys.iter().find(|key| key.name == name)
    }
}

/// What stands at a path of keys, counted from the file.
#[derive(Clone, Copy, Debug)]
pub(super) enum Node {
    /// A table.
    Section(&'static Section),
    /// The tables behind a key: their names come next.
    Names(&'static Key, Kind, &'static Section),
    /// A value.
    Value,
}

/// Follows a path from the file down; nothing where the language has nothing.
pub(super) fn follow<'a>(path: impl IntoIterator<Item = &'a str>) -> Option<Node> {
    let mut node = Node::Section(&FILE);
    for name in path {
        node = match node {
            Node::Section(section) => below(section.key(name)?),
            Node::Names(_, _, section) => Node::Section(section),
            Node::Value => return None,
        };
    }
    Some(node)
}

fn below(key: &'static Key) -> Node {
    match key.shape {
        Shape::Table(section) | Shape::List(section) => Node::Section(section),
        Shape::Named(kind, section) => Node::Names(key, kind, section),
        Shape::Bilingual => Node::Section(&BILINGUAL),
        Shape::Text
        | Shape::Version
        | Shape::Flag
        | Shape::Period
        | Shape::Duration
        | Shape::Clock
        | Shape::Answer
        | Shape::Condition
        | Shape::Country
        | Shape::Id
        | Shape::Rules
        | Shape::Words
        | Shape::One(_)
        | Shape::Many(_)
        | Shape::Name(_)
        | Shape::Names(_) => Node::Value,
    }
}

/// The key at the end of a path, whatever its shape.
pub(super) fn key_at(path: &[&str]) -> Option<&'static Key> {
    let (last, before) = path.split_last()?;
    match follow(before.iter().copied())? {
        Node::Section(section) => section.key(last),
        Node::Names(..) | Node::Value => None,
    }
}
