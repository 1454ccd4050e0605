//! Prints and pictures of the notices as markup on a page: the one way in which text that we did not write here is not escaped again.
//!
//! Invariant: it is made from a document or a figure, which escape every text when they are laid out, and from nothing else.

use askama::filters::HtmlSafe;
use notice::render::{Document, Figure};

/// A print laid out as markup. It comes from nothing but a print, in which every text is escaped when it is laid out.
#[derive(Clone, Debug)]
pub struct Laid(String);

impl Laid {
    /// A document whose title is the heading of the page.
    #[must_use]
    pub fn alone(document: &Document) -> Self {
        Self(document.fragment())
    }

    /// A document that stands on a page beside another.
    #[must_use]
    pub fn beside(document: &Document) -> Self {
        Self(document.fragment_beside())
    }

    /// A picture.
    #[must_use]
    pub fn picture(figure: &Figure) -> Self {
        Self(figure.svg())
    }
}

impl std::fmt::Display for Laid {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

impl HtmlSafe for Laid {}
