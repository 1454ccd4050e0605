//! The corpus as it lies open in an editor: the files, what they declare, and what a place in them points at.

use std::cell::OnceCell;
use std::collections::BTreeMap;
use std::ops::Range;
use std::sync::Arc;

use jiff::civil::Date;

use super::grammar::{self, Kind, Node, Shape};
use super::scan::{self, Name, Scan, Text};
use crate::compile::draft;
use crate::diagnostic::Diagnostic;
use crate::policy::{Place, Policy};
use crate::source::SourceFile;

/// The files of a corpus with every name that they declare.
#[derive(Debug)]
pub struct Workspace {
    as_of: Date,
    files: Vec<SourceFile>,
    sheets: Vec<Sheet>,
    pub(super) declared: BTreeMap<(Kind, String), Declared>,
    compiled: OnceCell<(Policy, Vec<Diagnostic>)>,
}

/// One file, read.
#[derive(Debug)]
pub(super) struct Sheet {
    pub(super) path: Arc<str>,
    pub(super) scan: Scan,
    /// The id of its notice; empty if it has none.
    pub(super) notice: String,
}

/// Where a name is declared.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Declared {
    /// The name itself.
    pub name: Place,
    /// The whole section, in bytes of the same file.
    pub whole: Range<usize>,
}

/// What a place in a file points at.
#[derive(Clone, Debug)]
pub(super) enum Pointed {
    /// A name that is, or should be, declared somewhere.
    Name(Kind, String),
    /// A key of the language.
    Key(&'static grammar::Key),
    /// The name of a file of the language: nothing declares it.
    Word(String),
}

impl Workspace {
    /// Opens a corpus as of a day.
    #[must_use]
    pub fn open(files: Vec<SourceFile>, as_of: Date) -> Self {
        let sheets: Vec<Sheet> = files.iter().filter(|file| !file.is_form()).map(sheet).collect();
        let mut declared = BTreeMap::new();
        sheets.iter().for_each(|sheet| declare(sheet, &files, &mut declared));
        Self { as_of, files, sheets, declared, compiled: OnceCell::new() }
    }

    /// The files.
    #[must_use]
    pub fn files(&self) -> &[SourceFile] {
        &self.files
    }

    /// Everything that the compiler finds.
    #[must_use]
    pub fn diagnostics(&self) -> &[Diagnostic] {
        &self.compiled().1
    }

    /// What could be read, errors or not.
    pub(super) fn policy(&self) -> &Policy {
        &self.compiled().0
    }

    fn compiled(&self) -> &(Policy, Vec<Diagnostic>) {
        self.compiled.get_or_init(|| draft(&self.files, self.as_of))
    }

    /// Where the name at an offset of a file is declared.
    #[must_use]
    pub fn definition(&self, path: &str, offset: usize) -> Option<&Declared> {
        let sheet = self.sheet(path)?;
        match self.pointed(sheet, offset)?.0 {
            // The rule of a register goes by the register's name.
            Pointed::Name(Kind::Clock, name) => {
                let clock = self.declared.get(&(Kind::Clock, name.clone()));
                clock.or_else(|| self.declared.get(&(Kind::Register, name)))
            }
            Pointed::Name(kind, name) => self.declared.get(&(kind, name)),
            Pointed::Key(_) | Pointed::Word(_) => None,
        }
    }

    /// The file that is named at an offset: the form of a register's entries.
    #[must_use]
    pub fn file_named(&self, path: &str, offset: usize) -> Option<&str> {
        let sheet = self.sheet(path)?;
        let here = |text: &&Text| text.inside.start <= offset && offset <= text.inside.end;
        let text = sheet.scan.texts.iter().find(here)?;
        let is_schema = matches!(text.path.as_slice(), [register, _, key] if register.text == "register" && key.text == "schema");
        is_schema
            .then(|| self.slice(sheet, &text.inside))
            .filter(|name| !name.is_empty() && !name.split('/').any(|part| part == ".."))
    }

    /// Every place that means the same name as the one at an offset, its declaration first.
    #[must_use]
    pub fn references(&self, path: &str, offset: usize) -> Vec<Place> {
        let found = self.sheet(path).and_then(|sheet| self.pointed(sheet, offset));
        let Some((Pointed::Name(kind, name), _)) = found else { return Vec::new() };
        let declared = self.declared.get(&(kind, name.clone())).map(|it| it.name.clone());
        let mut places: Vec<Place> = declared.into_iter().collect();
        for sheet in &self.sheets {
            for text in &sheet.scan.texts {
                for (pointed, span) in self.in_text(sheet, text) {
                    let place = Place { file: Arc::clone(&sheet.path), span };
                    let same = matches!(pointed, Pointed::Name(k, n) if k == kind && n == name);
                    if same && !places.contains(&place) {
                        places.push(place);
                    }
                }
            }
        }
        places
    }

    pub(super) fn sheet(&self, path: &str) -> Option<&Sheet> {
        self.sheets.iter().find(|sheet| *sheet.path == *path)
    }

    pub(super) fn text(&self, path: &str) -> &str {
        self.files.iter().find(|file| file.path == path).map_or("", |file| &file.text)
    }

    pub(super) fn slice(&self, sheet: &Sheet, span: &Range<usize>) -> &str {
        self.text(&sheet.path).get(span.clone()).unwrap_or("")
    }

    /// What stands at an offset, and where it begins and ends.
    pub(super) fn pointed(&self, sheet: &Sheet, offset: usize) -> Option<(Pointed, Range<usize>)> {
        let here = |span: &Range<usize>| span.start <= offset && offset <= span.end;
        if let Some(text) = sheet.scan.texts.iter().find(|text| here(&text.inside)) {
            let mut parts = self.in_text(sheet, text);
            let at = parts.iter().position(|(_, span)| here(span));
            return at.map(|at| parts.swap_remove(at));
        }
        let headers = sheet.scan.headers.iter().map(|header| header.path.as_slice());
        let mut paths = headers.chain(sheet.scan.pairs.iter().map(|pair| pair.path.as_slice()));
        paths.find_map(|path| {
            let at = path.iter().position(|name| here(&name.span))?;
            let span = path.get(at)?.span.clone();
            Some((named(sheet, path.get(..=at)?)?, span))
        })
    }

    /// The names in a text, each with its place.
    fn in_text(&self, sheet: &Sheet, text: &Text) -> Vec<(Pointed, Range<usize>)> {
        let path: Vec<&str> = text.path.iter().map(|name| name.text.as_str()).collect();
        let Some(key) = grammar::key_at(&path) else { return Vec::new() };
        let word = self.slice(sheet, &text.inside);
        let whole = || text.inside.clone();
        match key.shape {
            Shape::Name(Kind::Provision) | Shape::Names(Kind::Provision) => cited(word, &text.inside),
            Shape::Name(Kind::Field) | Shape::Names(Kind::Field) => self.field(sheet, text, word),
            Shape::Name(kind) | Shape::Names(kind) => {
                vec![(Pointed::Name(kind, self.full(kind, &sheet.notice, word)), whole())]
            }
            Shape::Id => {
                let kind = listed(path.first().copied().unwrap_or_default());
                kind.map(|kind| (Pointed::Name(kind, own(kind, &sheet.notice, word)), whole()))
                    .into_iter()
                    .collect()
            }
            Shape::Clock | Shape::Answer => super::line::clock(word)
                .into_iter()
                .map(|(kind, part, span)| {
                    let pointed = match kind {
                        Some(kind) => Pointed::Name(kind, part.to_owned()),
                        None => Pointed::Word(part.to_owned()),
                    };
                    (pointed, text.inside.start + span.start..text.inside.start + span.end)
                })
                .collect(),
            Shape::Condition => super::line::condition(word)
                .into_iter()
                .map(|(part, span)| {
                    let span = text.inside.start + span.start..text.inside.start + span.end;
                    (Pointed::Word(part.to_owned()), span)
                })
                .collect(),
            Shape::One(_)
            | Shape::Many(_)
            | Shape::Rules
            | Shape::Duration
            | Shape::Country
            | Shape::Period => {
                vec![(Pointed::Word(word.to_owned()), whole())]
            }
            Shape::Text
            | Shape::Version
            | Shape::Flag
            | Shape::Bilingual
            | Shape::Words
            | Shape::Table(_)
            | Shape::Named(..)
            | Shape::List(_) => Vec::new(),
        }
    }

    /// `register.field`, or a field of the only register of the section.
    fn field(&self, sheet: &Sheet, text: &Text, word: &str) -> Vec<(Pointed, Range<usize>)> {
        let Some((register, field)) = word.rsplit_once('.') else {
            let registers = self.registers_of(sheet, text.header);
            let [only] = registers.as_slice() else { return Vec::new() };
            return vec![(Pointed::Name(Kind::Field, format!("{only}.{word}")), text.inside.clone())];
        };
        let full = self.full(Kind::Register, &sheet.notice, register);
        let cut = text.inside.start + register.len();
        vec![
            (Pointed::Name(Kind::Register, full.clone()), text.inside.start..cut),
            (Pointed::Name(Kind::Field, format!("{full}.{field}")), cut + 1..text.inside.end),
        ]
    }

    /// The registers that the section of a text names in `of`.
    pub(super) fn registers_of(&self, sheet: &Sheet, header: Option<usize>) -> Vec<String> {
        let of =
            |text: &&Text| text.header == header && text.path.last().is_some_and(|name| name.text == "of");
        let words = sheet.scan.texts.iter().filter(of).map(|text| self.slice(sheet, &text.inside));
        words.map(|word| self.full(Kind::Register, &sheet.notice, word)).collect()
    }

    /// The full name of what a notice calls so: its own, else another's.
    pub(super) fn full(&self, kind: Kind, notice: &str, word: &str) -> String {
        let own = match kind {
            // A clock is declared by its full name, and may be called by the last part of it in its notice.
            Kind::Clock if !notice.is_empty() => format!("{notice}.{word}"),
            kind => own(kind, notice, word),
        };
        let known = self.declared.contains_key(&(kind, own.clone()))
            || (kind == Kind::Clock && self.declared.contains_key(&(Kind::Register, own.clone())));
        if own != word && known { own } else { word.to_owned() }
    }
}

fn sheet(file: &SourceFile) -> Sheet {
    let scan = scan::scan(&file.text);
    let is_id = |text: &&Text| matches!(text.path.as_slice(), [notice, id] if notice.text == "notice" && id.text == "id");
    let id = scan.texts.iter().find(is_id).and_then(|text| file.text.get(text.inside.clone()));
    let notice = id.unwrap_or_default().to_owned();
    Sheet { path: file.path.as_str().into(), scan, notice }
}

/// The full name of what a notice declares.
pub(super) fn own(kind: Kind, notice: &str, word: &str) -> String {
    let prefixed = word.strip_prefix(notice).is_some_and(|rest| rest.starts_with('.'));
    if kind.belongs_to_a_notice() && !notice.is_empty() && !prefixed {
        format!("{notice}.{word}")
    } else {
        word.to_owned()
    }
}

/// What the tables of a list are.
pub(super) fn listed(section: &str) -> Option<Kind> {
    match section {
        "notice" => Some(Kind::Notice),
        "use" => Some(Kind::Use),
        "share" => Some(Kind::Share),
        "right" => Some(Kind::Right),
        "measure" => Some(Kind::Measure),
        _named => None,
    }
}

/// What the last name of a path is: a key, or a name that is declared there.
pub(super) fn named(sheet: &Sheet, path: &[Name]) -> Option<Pointed> {
    let (last, before) = path.split_last()?;
    match grammar::follow(before.iter().map(|name| name.text.as_str()))? {
        Node::Section(section) => section.key(&last.text).map(Pointed::Key),
        Node::Names(_, kind, _) => {
            let name = match (kind, before) {
                (Kind::Provision, [_, law, _]) => format!("{}:{}", law.text, last.text),
                (Kind::Field, [_, register, _]) => {
                    format!("{}.{}", own(Kind::Register, &sheet.notice, &register.text), last.text)
                }
                _plain => own(kind, &sheet.notice, &last.text),
            };
            Some(Pointed::Name(kind, name))
        }
        Node::Value => None,
    }
}

fn declare(sheet: &Sheet, files: &[SourceFile], into: &mut BTreeMap<(Kind, String), Declared>) {
    let place = |span: &Range<usize>| Place { file: Arc::clone(&sheet.path), span: span.clone() };
    let headers = sheet.scan.headers.iter().map(|header| (&header.path, header.span.start..header.until));
    let pairs = sheet.scan.pairs.iter().map(|pair| (&pair.path, pair.span.clone()));
    for (path, whole) in headers.chain(pairs) {
        for length in 1..=path.len() {
            let Some(part) = path.get(..length) else { continue };
            if let (Some(Pointed::Name(kind, name)), Some(last)) = (named(sheet, part), part.last()) {
                let declared = Declared { name: place(&last.span), whole: whole.clone() };
                into.entry((kind, name)).or_insert(declared);
            }
        }
    }
    let source = files.iter().find(|file| *file.path == *sheet.path).map_or("", |file| &file.text);
    for text in &sheet.scan.texts {
        let [list, id] = text.path.as_slice() else { continue };
        let (Some(kind), "id") = (listed(&list.text), id.text.as_str()) else { continue };
        let name = own(kind, &sheet.notice, source.get(text.inside.clone()).unwrap_or_default());
        let header = text.header.and_then(|at| sheet.scan.headers.get(at));
        let whole = header.map_or(text.inside.clone(), |header| header.span.start..header.until);
        into.entry((kind, name)).or_insert(Declared { name: place(&text.inside), whole });
    }
}

/// `law:provision`
fn cited(word: &str, inside: &Range<usize>) -> Vec<(Pointed, Range<usize>)> {
    let Some((law, _)) = word.split_once(':') else {
        return vec![(Pointed::Name(Kind::Law, word.to_owned()), inside.clone())];
    };
    let cut = inside.start + law.len();
    vec![
        (Pointed::Name(Kind::Law, law.to_owned()), inside.start..cut),
        (Pointed::Name(Kind::Provision, word.to_owned()), cut + 1..inside.end),
    ]
}
