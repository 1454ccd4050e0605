//! The published notice, printed from what runs: page, Markdown, JSON, the matrix of who may do what, and words.
//!
//! Invariant: nothing is printed that the policy does not do, and all that it does is printed.

mod compose;
pub mod document;
mod html;
mod markdown;
mod markup;
mod matrix;
pub(crate) mod prints;
mod view;
pub mod words;

pub use compose::view;
pub use document::{Block, Document, Figure, Line, Shape, Table};
pub use html::{fragment, html};
pub use markdown::markdown;
pub use matrix::{Cell, Column, Matrix, Row, matrix};
pub use prints::{Article, Print, Scope, is_processor, picture, print};
pub use view::{FieldView, Item, ItemKind, NoticeView, PartyView, Section, SectionId, Time};
pub use words::{clock_words, condition_words, refusal_words, use_sentence};

use crate::policy::{NoticeId, Policy};
use crate::text::Lang;

/// What a notice is printed as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// A whole page.
    Html,
    /// For reading in plain text.
    Markdown,
    /// For programs; its shape is stable.
    Json,
}

/// A notice as it is published; empty for an id of another policy.
#[must_use]
pub fn notice(policy: &Policy, id: NoticeId, lang: Lang, format: Format) -> String {
    match format {
        Format::Html => html(policy, id, lang),
        Format::Markdown => markdown(policy, id, lang),
        // A view holds texts and lists only, so it always has a JSON form.
        Format::Json => serde_json::to_string_pretty(&json(policy, id, lang)).unwrap_or_default(),
    }
}

/// The notice for programs.
#[must_use]
pub fn json(policy: &Policy, id: NoticeId, lang: Lang) -> Option<NoticeView> {
    view(policy, id, lang)
}
