//! What may be written at a place: keys of the section, names of the right kind, words of the two small languages.

use std::ops::Range;

use super::grammar::{self, Key, Kind, Need, Node, Section, Shape};
use super::line::{self, Expected};
use super::scan::{self, Next, Scan};
use super::workspace::{Sheet, Workspace};
use crate::decide::Fact;
use crate::policy::Condition;
use crate::render::words::{condition_words, duration};
use crate::text::Lang;

/// Something that may be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Completion {
    /// What is shown and searched.
    pub label: String,
    /// What is written, with `$1`, `$2` where the writing goes on and `$0` at the end.
    pub snippet: String,
    /// What it replaces, in bytes of the file.
    pub replaces: Range<usize>,
    /// What it is.
    pub kind: CompletionKind,
    /// A few words beside the label.
    pub detail: String,
    /// Whether the compiler will ask for it.
    pub wanted: bool,
}

/// What is offered.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CompletionKind {
    /// A section of a file.
    Section,
    /// A key of a section.
    Key,
    /// A declared name.
    Name(Kind),
    /// A word of a closed vocabulary.
    Word,
}

/// Periods that are offered; any other may be written.
const PERIODS: [&str; 11] =
    ["P14D", "P30D", "P1M", "P3M", "P6M", "P1Y", "P2Y", "P5Y", "P10Y", "P30Y", "PT24H"];

impl Workspace {
    /// What may be written at an offset of a file.
    #[must_use]
    pub fn complete(&self, path: &str, offset: usize, lang: Lang) -> Vec<Completion> {
        let text = self.text(path);
        let Some(sheet) = self.sheet(path) else { return Vec::new() };
        let Some(beginning) = text.get(..offset) else { return Vec::new() };
        let (before, next) = scan::next(beginning);
        let offer = Offer { workspace: self, sheet, text, offset, lang, before: &before };
        match next {
            Next::Header { before, from } => offer.headers(&before, from),
            Next::Key { table, from } => offer.keys(&table, from),
            Next::Value { path, from } => offer.values(&path, from, Marks::Missing),
            Next::Text { path, from } => offer.values(&path, from, Marks::There),
            Next::Nothing => Vec::new(),
        }
    }
}

/// Whether the quotation marks stand already.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Marks {
    There,
    Missing,
}

struct Offer<'a> {
    workspace: &'a Workspace,
    sheet: &'a Sheet,
    text: &'a str,
    offset: usize,
    lang: Lang,
    before: &'a Scan,
}

impl Offer<'_> {
    /// The word that is being written, and what follows it without a gap.
    fn word(&self, from: usize, goes_on: impl Fn(char) -> bool) -> Range<usize> {
        let rest = self.text.get(self.offset..).unwrap_or("");
        let more = rest.find(|sign| !goes_on(sign)).unwrap_or(rest.len());
        from..self.offset + more
    }

    fn headers(&self, before: &[String], from: usize) -> Vec<Completion> {
        let line = self.text.get(..from).map_or(0, |text| text.rfind('\n').map_or(0, |at| at + 1));
        let rest = self.text.get(self.offset..).unwrap_or("");
        let end =
            self.offset + rest.find('\n').unwrap_or(rest.len()).min(rest.find('#').unwrap_or(rest.len()));
        match grammar::follow(before.iter().map(String::as_str)) {
            Some(Node::Section(section)) if before.is_empty() => {
                section.keys.iter().filter_map(|key| self.header(key, line..end)).collect()
            }
            Some(Node::Section(section)) => {
                let tables = |key: &&Key| matches!(key.shape, Shape::Table(_) | Shape::Named(..));
                let replaces = self.word(from, is_name);
                section
                    .keys
                    .iter()
                    .filter(tables)
                    .map(|key| {
                        self.completion(
                            key.name,
                            key.name,
                            replaces.clone(),
                            CompletionKind::Section,
                            key.says.get(self.lang),
                        )
                    })
                    .collect()
            }
            Some(Node::Names(_, kind, _)) => {
                let replaces = self.word(from, is_name);
                let prefix = format!("{}.", self.sheet.notice);
                let here = self
                    .workspace
                    .declared
                    .iter()
                    .filter(|((it, _), place)| *it == kind && place.name.file == self.sheet.path);
                here.map(|((_, name), _)| {
                    let name = if kind.belongs_to_a_notice() {
                        name.strip_prefix(&prefix).unwrap_or(name)
                    } else {
                        name
                    };
                    let name = if bare(name) { name.to_owned() } else { format!("\"{name}\"") };
                    self.completion(&name, &name, replaces.clone(), CompletionKind::Name(kind), "")
                })
                .collect()
            }
            Some(Node::Value) | None => Vec::new(),
        }
    }

    /// A section with its header, in place of the line so far.
    fn header(&self, key: &Key, replaces: Range<usize>) -> Option<Completion> {
        let (label, snippet) = match key.shape {
            Shape::Table(section) => {
                (format!("[{}]", key.name), format!("[{}]\n{}$0", key.name, skeleton(section, 1)))
            }
            Shape::Named(_, section) => {
                (format!("[{}.…]", key.name), format!("[{}.$1]\n{}$0", key.name, skeleton(section, 2)))
            }
            Shape::List(section) => {
                (format!("[[{}]]", key.name), format!("[[{}]]\n{}$0", key.name, skeleton(section, 1)))
            }
            _value => return None,
        };
        Some(self.completion(&label, &snippet, replaces, CompletionKind::Section, key.says.get(self.lang)))
    }

    fn keys(&self, table: &[String], from: usize) -> Vec<Completion> {
        let replaces = self.word(from, is_name);
        match grammar::follow(table.iter().map(String::as_str)) {
            Some(Node::Section(section)) => {
                let there = self.there(table);
                let missing = section.keys.iter().filter(|key| !there.contains(&key.name));
                missing.filter_map(|key| self.key(key, table, replaces.clone())).collect()
            }
            Some(Node::Names(key, Kind::Field, _)) => {
                let snippet = "${1:name} = { class = \"${2:ordinary}\", da = \"$3\", en = \"$4\" }$0";
                vec![self.completion(
                    "name = { … }",
                    snippet,
                    replaces,
                    CompletionKind::Key,
                    key.says.get(self.lang),
                )]
            }
            Some(Node::Names(..) | Node::Value) | None => Vec::new(),
        }
    }

    /// A key with a value of its shape to fill in.
    fn key(&self, key: &Key, table: &[String], replaces: Range<usize>) -> Option<Completion> {
        if table.is_empty() && !matches!(key.shape, Shape::Version) {
            return self.header(key, replaces);
        }
        let snippet = match key.shape {
            // Written as a section of its own.
            Shape::Named(..) | Shape::Table(_) => return None,
            shape => format!("{} = {}$0", key.name, value(shape, 1)),
        };
        let says = key.says.get(self.lang);
        let mut offered = self.completion(key.name, &snippet, replaces, CompletionKind::Key, says);
        offered.wanted = key.need == Need::Must;
        Some(offered)
    }

    /// The keys that stand in the same table already, before and after the place.
    fn there(&self, table: &[String]) -> Vec<&str> {
        let header = self.before.headers.len().checked_sub(1);
        let open = self.before.pairs.last().map(|pair| pair.span.start);
        let depth = table.len();
        let same = |pair: &&scan::Pair| {
            pair.header == header
                && pair.path.len() > depth
                && pair.path.iter().zip(table).all(|(name, part)| name.text == *part)
                && pair
                    .path
                    .get(depth)
                    .is_none_or(|name| !(name.span.start..=name.span.end).contains(&self.offset))
        };
        let inner =
            header.and_then(|at| self.before.headers.get(at)).map_or(0, |header| header.path.len()) < depth;
        let scan = &self.sheet.scan;
        // A table in one line is a member of a list: only what stands in the same one counts.
        let near = |pair: &&scan::Pair| {
            !inner || open.is_none_or(|start| pair.span.start >= start || self.table_of(pair, start))
        };
        scan.pairs
            .iter()
            .filter(same)
            .filter(near)
            .filter_map(|pair| pair.path.get(depth))
            .map(|name| name.text.as_str())
            .collect()
    }

    /// Whether no closing bracket stands between a pair before the place and the place.
    fn table_of(&self, pair: &scan::Pair, until: usize) -> bool {
        self.text.get(pair.span.start..until).is_some_and(|between| !between.contains('}'))
    }

    fn values(&self, path: &[String], from: usize, marks: Marks) -> Vec<Completion> {
        let path: Vec<&str> = path.iter().map(String::as_str).collect();
        let Some(key) = grammar::key_at(&path) else { return Vec::new() };
        match (key.shape, marks) {
            (Shape::Clock | Shape::Answer, Marks::There) => self.line(from, line::clock_next),
            (Shape::Condition, Marks::There) => self.line(from, line::condition_next),
            (Shape::Flag, Marks::Missing) => self.words(&["true", "false"], from),
            (Shape::Version, Marks::Missing) => self.words(&["1"], from),
            (Shape::Name(kind) | Shape::Names(kind), marks) => self.names(kind, from, marks),
            (Shape::One(words) | Shape::Many(words), marks) => {
                let replaces = self.replaced(from, marks);
                let marked =
                    |word: &str| if marks == Marks::There { word.to_owned() } else { format!("\"{word}\"") };
                words
                    .words()
                    .into_iter()
                    .map(|word| {
                        let detail = super::hover::word(word, key, self.lang).unwrap_or_default();
                        self.completion(word, &marked(word), replaces.clone(), CompletionKind::Word, &detail)
                    })
                    .collect()
            }
            (Shape::Duration, marks) => {
                let replaces = self.replaced(from, marks);
                let mut offered = self.periods(replaces);
                if marks == Marks::Missing {
                    offered.iter_mut().for_each(|it| it.snippet = format!("\"{}\"", it.snippet));
                }
                offered
            }
            (
                Shape::List(_) | Shape::Bilingual | Shape::Clock | Shape::Answer | Shape::Condition,
                Marks::Missing,
            ) => {
                let form = value(key.shape, 1);
                let label = form.replace(|sign: char| sign == '$' || sign.is_ascii_digit(), "");
                vec![self.completion(
                    &label,
                    &form,
                    from..self.offset,
                    CompletionKind::Word,
                    key.says.get(self.lang),
                )]
            }
            (_text, _) => Vec::new(),
        }
    }

    fn words(&self, words: &[&str], from: usize) -> Vec<Completion> {
        let replaces = self.word(from, char::is_alphanumeric);
        words
            .iter()
            .map(|word| self.completion(word, word, replaces.clone(), CompletionKind::Word, ""))
            .collect()
    }

    /// What a whole word in a text, or before it is one, takes the place of.
    fn replaced(&self, from: usize, marks: Marks) -> Range<usize> {
        match marks {
            Marks::Missing => from..self.offset,
            Marks::There => self.word(from, |sign| !matches!(sign, '"' | '\'' | '\n' | ',' | ']')),
        }
    }

    fn names(&self, kind: Kind, from: usize, marks: Marks) -> Vec<Completion> {
        let replaces = self.replaced(from, marks);
        let written =
            |name: &str| if marks == Marks::There { name.to_owned() } else { format!("\"{name}\"") };
        let prefix = format!("{}.", self.sheet.notice);
        let mut offered = Vec::new();
        let registers = match kind {
            Kind::Field => self.workspace.registers_of(self.sheet, self.before.headers.len().checked_sub(1)),
            _other => Vec::new(),
        };
        for ((_, name), _) in self.workspace.declared.iter().filter(|((it, _), _)| *it == kind) {
            let outside = kind == Kind::Field && !registers.iter().any(|register| below(name, register));
            if outside {
                continue;
            }
            let short =
                if kind.belongs_to_a_notice() { name.strip_prefix(&prefix).unwrap_or(name) } else { name };
            let detail =
                super::hover::title(self.workspace.policy(), kind, name, self.lang).unwrap_or_default();
            let mut it = self.completion(
                short,
                &written(short),
                replaces.clone(),
                CompletionKind::Name(kind),
                &detail,
            );
            it.wanted = kind.belongs_to_a_notice() && short != name;
            offered.push(it);
        }
        offered
    }

    /// The next words of a line.
    fn line(&self, from: usize, next: fn(&str) -> Vec<Expected>) -> Vec<Completion> {
        let beginning = self.text.get(from..self.offset).unwrap_or("");
        let word = beginning.rfind(|sign: char| !is_name(sign)).map_or(0, |at| {
            at + beginning.get(at..).and_then(|rest| rest.chars().next()).map_or(1, char::len_utf8)
        });
        let replaces = self.word(from + word, is_name);
        let mut offered = Vec::new();
        for expected in next(beginning) {
            match expected {
                Expected::Word(word) => {
                    let plain = word.trim_end_matches('(');
                    let says = line::meaning(plain, self.lang).unwrap_or_default();
                    let snippet = if plain == word { word.to_owned() } else { format!("{word}$1)$0") };
                    offered.push(self.completion(
                        plain,
                        &snippet,
                        replaces.clone(),
                        CompletionKind::Word,
                        says,
                    ));
                }
                Expected::Event => offered.extend(self.declared(Kind::Event, &replaces)),
                Expected::Flag => offered.extend(self.declared(Kind::Flag, &replaces)),
                Expected::Party => offered.extend(self.declared(Kind::Party, &replaces)),
                Expected::Duration => offered.extend(self.periods(replaces.clone())),
                Expected::Fact => offered.extend(Fact::in_conditions().map(|fact| {
                    let says = condition_words(&Condition::Holds(fact), self.lang).unwrap_or_default();
                    self.completion(fact.word(), fact.word(), replaces.clone(), CompletionKind::Word, &says)
                })),
            }
        }
        offered
    }

    fn declared(&self, kind: Kind, replaces: &Range<usize>) -> Vec<Completion> {
        let names = self.workspace.declared.keys().filter(|(it, _)| *it == kind);
        names
            .map(|(_, name)| {
                let detail =
                    super::hover::title(self.workspace.policy(), kind, name, self.lang).unwrap_or_default();
                self.completion(name, name, replaces.clone(), CompletionKind::Name(kind), &detail)
            })
            .collect()
    }

    fn periods(&self, replaces: Range<usize>) -> Vec<Completion> {
        let offered = PERIODS.iter().filter_map(|text| {
            let words = duration(text.parse().ok()?, self.lang);
            Some(self.completion(text, text, replaces.clone(), CompletionKind::Word, &words))
        });
        offered.collect()
    }

    fn completion(
        &self,
        label: &str,
        snippet: &str,
        replaces: Range<usize>,
        kind: CompletionKind,
        detail: &str,
    ) -> Completion {
        Completion {
            label: label.to_owned(),
            snippet: snippet.to_owned(),
            replaces,
            kind,
            detail: detail.to_owned(),
            wanted: false,
        }
    }
}

fn is_name(sign: char) -> bool {
    sign.is_ascii_alphanumeric() || matches!(sign, '-' | '.' | '_')
}

fn bare(name: &str) -> bool {
    !name.is_empty() && name.chars().all(|sign| sign.is_ascii_alphanumeric() || matches!(sign, '-' | '_'))
}

fn below(field: &str, register: &str) -> bool {
    field.strip_prefix(register).is_some_and(|rest| rest.starts_with('.'))
}

/// The keys that the compiler asks for, each with an empty value.
fn skeleton(section: &Section, first: usize) -> String {
    let musts = section.keys.iter().filter(|key| key.need == Need::Must);
    let lines = musts
        .filter(|key| !matches!(key.shape, Shape::Named(..)))
        .zip(0..)
        .map(|(key, at)| format!("{} = {}\n", key.name, value(key.shape, first + 2 * at)));
    lines.collect()
}

/// An empty value of a shape, with places to go on writing.
fn value(shape: Shape, stop: usize) -> String {
    let next = stop + 1;
    match shape {
        Shape::Bilingual => format!("{{ da = \"${stop}\", en = \"${next}\" }}"),
        Shape::Rules | Shape::Words | Shape::Many(_) | Shape::Names(_) => format!("[\"${stop}\"]"),
        Shape::Version => "1".to_owned(),
        Shape::Flag => "true".to_owned(),
        Shape::List(section) => {
            let keys = section.keys.iter().zip(stop..).map(|(key, at)| format!("{} = \"${at}\"", key.name));
            format!("[{{ {} }}]", keys.collect::<Vec<_>>().join(", "))
        }
        Shape::Text
        | Shape::Period
        | Shape::Duration
        | Shape::Clock
        | Shape::Answer
        | Shape::Condition
        | Shape::Country
        | Shape::Id
        | Shape::One(_)
        | Shape::Name(_)
        | Shape::Table(_)
        | Shape::Named(..) => format!("\"${stop}\""),
    }
}
