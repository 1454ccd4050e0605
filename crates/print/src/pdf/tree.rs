//! What the marks on paper mean: headings, lists, tables, pictures, in reading order.

use std::num::{NonZeroU16, NonZeroU32};

use krilla::tagging::{Identifier, ListNumbering, TableHeaderScope, Tag, TagGroup, TagKind, TagTree};

/// A part of the document with what belongs to it.
#[derive(Debug)]
pub(super) struct Part {
    pub(super) role: Role,
    pub(super) children: Vec<Child>,
}

/// What belongs to a part.
#[derive(Debug)]
pub(super) enum Child {
    /// A smaller part.
    Part(Part),
    /// A mark on a sheet, by its number.
    Mark(usize),
}

/// What a part is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Role {
    Heading(u16, String),
    Paragraph,
    List,
    Item,
    Label,
    Body,
    Table(String),
    Caption,
    Head,
    Rows,
    Row,
    ColumnHead,
    RowHead,
    Cell,
    Figure(String),
}

impl Part {
    pub(super) const fn new(role: Role) -> Self {
        Self { role, children: Vec::new() }
    }

    pub(super) fn with(role: Role, marks: impl IntoIterator<Item = usize>) -> Self {
        Self { role, children: marks.into_iter().map(Child::Mark).collect() }
    }

    pub(super) fn push(&mut self, part: Self) {
        self.children.push(Child::Part(part));
    }
}

/// The tree for the file; `drawn` tells under which name each mark was drawn.
pub(super) fn tagged(parts: Vec<Part>, drawn: &[Option<Identifier>], lang: &str) -> TagTree {
    let mut tree = TagTree::new().with_lang(Some(lang.to_owned()));
    for part in parts {
        tree.push(group(part, drawn));
    }
    tree
}

fn group(part: Part, drawn: &[Option<Identifier>]) -> TagGroup {
    let mut group = TagGroup::new(kind(part.role));
    for child in part.children {
        match child {
            Child::Part(part) => group.push(self::group(part, drawn)),
            Child::Mark(mark) => {
                if let Some(Some(name)) = drawn.get(mark) {
                    group.push(*name);
                }
            }
        }
    }
    group
}

fn kind(role: Role) -> TagKind {
    match role {
        Role::Heading(level, text) => {
            Tag::Hn(NonZeroU16::new(level).unwrap_or(NonZeroU16::MIN), Some(text)).into()
        }
        Role::Paragraph => Tag::P.into(),
        Role::List => Tag::L(ListNumbering::None).into(),
        Role::Item => Tag::LI.into(),
        Role::Label => Tag::Lbl.into(),
        Role::Body => Tag::LBody.into(),
        Role::Table(summary) => Tag::Table.with_summary(Some(summary)).into(),
        Role::Caption => Tag::Caption.into(),
        Role::Head => Tag::THead.into(),
        Role::Rows => Tag::TBody.into(),
        Role::Row => Tag::TR.into(),
        Role::ColumnHead => Tag::TH(TableHeaderScope::Column).with_col_span(NonZeroU32::new(1)).into(),
        Role::RowHead => Tag::TH(TableHeaderScope::Row).with_col_span(NonZeroU32::new(1)).into(),
        Role::Cell => Tag::TD.into(),
        Role::Figure(words) => Tag::Figure(Some(words)).into(),
    }
}
