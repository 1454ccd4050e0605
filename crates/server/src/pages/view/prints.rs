//! The prints of a notice as pages of the house, to read, to read side by side in both languages, and to take along.

use askama::Template;
use notice::Lang;

use super::Shell;
pub use super::laid::Laid;

/// A print of a notice, in one language or in both side by side.
#[derive(Debug, Template)]
#[template(path = "officer_print.html")]
pub struct PrintPage {
    /// What stands around.
    pub p: Shell,
    /// Which print, and of what.
    pub print: PrintLinks,
    /// The notice that it is of.
    pub notice: String,
    /// Title, for the window.
    pub title: String,
    /// What it says, a column each language.
    pub columns: Vec<(Lang, Laid)>,
}

impl PrintPage {
    /// Whether it stands in both languages.
    #[must_use]
    pub fn is_beside(&self) -> bool {
        self.columns.len() > 1
    }
}

/// A print and where it lies.
#[derive(Clone, Debug)]
pub struct PrintLinks {
    /// What it is, in words.
    pub title: String,
    /// The page, below the language: `officer/notices/fmk/prints/record`.
    pub path: String,
    /// The formats in which it can be taken along.
    pub formats: Vec<&'static str>,
}
