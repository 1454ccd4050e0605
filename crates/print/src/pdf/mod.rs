//! A document on paper: PDF/A-2a for the archive and PDF/UA-1 for the screen reader, in one file.
//!
//! Two steps. `flow` lays the blocks out as marks on sheets and builds the tree of what they mean; `paper` draws the
//! sheets and ties each mark to its place in the tree. Sheets are counted before the first is drawn, so that each can
//! say *3 of 7*.
//!
//! Invariant: every mark is either part of the tree or an artifact, and is drawn once.

mod figure;
mod flow;
mod letters;
mod paper;
mod sheets;
mod table;
#[cfg(test)]
mod tests;
mod tree;

use jiff::civil::Date;
use notice::render::Document;

/// A document that cannot be put on paper.
#[derive(Debug, thiserror::Error)]
pub enum PdfError {
    /// The letters of this crate cannot be read.
    #[error("the letters of the program cannot be read")]
    Letters,
    /// The file would break the standards that it claims.
    #[error("the file would not be PDF/A and PDF/UA: {0}")]
    Standard(String),
}

/// A document as PDF, dated with the day on which it is printed.
///
/// # Errors
/// If the file would not keep to PDF/A-2a and PDF/UA-1.
pub fn pdf(document: &Document, day: Date) -> Result<Vec<u8>, PdfError> {
    let letters = letters::Letters::load().ok_or(PdfError::Letters)?;
    let laid = flow::lay_out(document, &letters);
    paper::draw(document, laid, &letters, day)
}
