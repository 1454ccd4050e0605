//! A print before it has a format: headings, sentences, tables and pictures in order, in one language.
//!
//! Every print is made as a document once; the formats only lay it out. What is a heading, a label or a table is
//! known to each of them, so that a screen reader hears the same structure in HTML and in PDF.
//!
//! Invariant: a table has as many cells in each row as it has columns, and headings never skip a level.

mod csv;
mod figure;
mod html;
mod markdown;

use serde::Serialize;

pub use figure::{Align, Figure, Shade, Shape};

use super::words::Citation;
use crate::text::Lang;

/// One print of one notice in one language.
#[derive(Clone, Debug, Serialize)]
pub struct Document {
    /// `hjemmel/print/1`
    pub schema: &'static str,
    /// Which print: `record`, `retention`.
    pub kind: &'static str,
    /// Id of the notice.
    pub notice: String,
    /// Language of all texts.
    pub lang: Lang,
    /// What identifies the corpus that this was printed from.
    pub version: String,
    /// Title.
    pub title: String,
    /// One sentence that says what this is.
    pub about: Option<String>,
    /// What it says, in order.
    pub blocks: Vec<Block>,
    /// The same for a spreadsheet, one table a sheet; empty where there is nothing to calculate or sort.
    pub sheets: Vec<Table>,
}

/// One part of a document.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(rename_all = "kebab-case", tag = "block")]
pub enum Block {
    /// A heading; the title of the document is level 1.
    Heading {
        /// 2 or 3.
        level: u8,
        /// Unique in the document.
        anchor: String,
        /// The words.
        text: String,
    },
    /// A paragraph.
    Paragraph {
        /// The words.
        text: String,
    },
    /// A remark that must not be read as what the published notice says: the controller's own choice, a gap.
    Remark {
        /// Who speaks: *Our own choice*.
        label: String,
        /// The words.
        text: String,
    },
    /// Label and value, in order.
    Pairs {
        /// Label and value.
        pairs: Vec<(String, String)>,
    },
    /// A list.
    List {
        /// The lines.
        lines: Vec<Line>,
    },
    /// A table.
    Table(Table),
    /// A picture; the table or text beside it says the same.
    Figure(Figure),
    /// A second layer: in a page behind a click; elsewhere a line that says where it stands.
    More {
        /// The words to click on.
        summary: String,
        /// Where it stands in the whole notice.
        stands: String,
        /// What it says.
        lines: Vec<Line>,
    },
}

/// A line of a list.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Line {
    /// The words.
    pub text: String,
    /// In brackets and small: where it stands in law.
    pub note: Option<String>,
    /// Where the note leads.
    pub link: Option<String>,
}

/// A table; the first cell of each row names it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Table {
    /// Unique in the document; the name of the sheet.
    pub name: String,
    /// What it shows.
    pub caption: String,
    /// The columns.
    pub columns: Vec<String>,
    /// The rows.
    pub rows: Vec<Vec<String>>,
}

impl Document {
    /// For programs; the shape is stable.
    #[must_use]
    pub fn json(&self) -> String {
        // Texts, numbers and lists always have a JSON form.
        serde_json::to_string_pretty(self).unwrap_or_default()
    }

    /// Adds a heading of the second level.
    pub(super) fn heading(&mut self, anchor: &str, text: impl Into<String>) {
        self.blocks.push(Block::Heading { level: 2, anchor: anchor.to_owned(), text: text.into() });
    }

    /// Adds a heading of the third level.
    pub(super) fn subheading(&mut self, anchor: impl Into<String>, text: impl Into<String>) {
        self.blocks.push(Block::Heading { level: 3, anchor: anchor.into(), text: text.into() });
    }

    /// Adds a paragraph.
    pub(super) fn paragraph(&mut self, text: impl Into<String>) {
        self.blocks.push(Block::Paragraph { text: text.into() });
    }

    /// Adds a remark.
    pub(super) fn remark(&mut self, label: &str, text: impl Into<String>) {
        self.blocks.push(Block::Remark { label: label.to_owned(), text: text.into() });
    }

    /// Adds labels and values, if there are any.
    pub(super) fn pairs(&mut self, pairs: Vec<(String, String)>) {
        if !pairs.is_empty() {
            self.blocks.push(Block::Pairs { pairs });
        }
    }

    /// Adds a list; one sentence in its place if it is empty.
    pub(super) fn list_or(&mut self, lines: Vec<Line>, none: &str) {
        if lines.is_empty() {
            self.paragraph(none);
        } else {
            self.blocks.push(Block::List { lines });
        }
    }

    /// Adds a table; one sentence in its place if it is empty.
    pub(super) fn table_or(&mut self, table: Table, none: &str) {
        if table.rows.is_empty() {
            self.paragraph(none);
        } else {
            self.blocks.push(Block::Table(table));
        }
    }
}

impl Line {
    /// A line without a note.
    pub(super) fn plain(text: impl Into<String>) -> Self {
        Self { text: text.into(), note: None, link: None }
    }

    /// What a law means, with the place where it stands in brackets.
    pub(super) fn law(law: Citation) -> Self {
        let note = (law.number != law.words).then_some(law.number);
        Self { text: super::words::sentence(&law.words), note, link: law.eli }
    }
}

impl Table {
    /// A table without rows.
    pub(super) fn new(name: &str, caption: impl Into<String>, columns: &[&str]) -> Self {
        Self {
            name: name.to_owned(),
            caption: caption.into(),
            columns: columns.iter().map(|column| (*column).to_owned()).collect(),
            rows: Vec::new(),
        }
    }
}
