//! Which print has which format, and how each is made: the same for the command and for the pages.

use jiff::civil::Date;
use notice::policy::NoticeId;
use notice::render::{self, Document, Print};
use notice::{Lang, Policy, export};

use crate::{PdfError, XlsxError, pdf, xlsx};

/// What a print is written as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Markdown, for reading in plain text.
    Md,
    /// A page that stands alone.
    Html,
    /// For programs; its shape is stable.
    Json,
    /// For spreadsheets, as text.
    Csv,
    /// A workbook.
    Xlsx,
    /// For paper, archive and screen reader.
    Pdf,
    /// A picture.
    Svg,
    /// The record in the Data Privacy Vocabulary.
    Jsonld,
    /// The notice in the Transparency Information Language.
    Tilt,
}

/// What is asked for.
#[derive(Clone, Copy, Debug)]
pub struct Order<'a> {
    /// The notices.
    pub policy: &'a Policy,
    /// Which of them.
    pub notice: NoticeId,
    /// Which print.
    pub print: &'a Print,
    /// In which language.
    pub lang: Lang,
    /// The day that stands on it.
    pub day: Date,
}

/// A print as it goes out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Made {
    /// For a terminal or a file.
    Text(String),
    /// For a file.
    Bytes(Vec<u8>),
}

/// Why a print was not made.
#[derive(Debug, thiserror::Error)]
pub enum NotMade {
    /// The notice belongs to other notices.
    #[error("the notice is not in these notices")]
    NoNotice,
    /// There is nothing to draw.
    #[error("this notice keeps no data itself, so there is nothing to draw")]
    NoPicture,
    /// There is nothing to sort.
    #[error("this print has no table")]
    NoTable,
    /// The paper.
    #[error(transparent)]
    Pdf(#[from] PdfError),
    /// The workbook.
    #[error(transparent)]
    Xlsx(#[from] XlsxError),
}

const READ: [Format; 4] = [Format::Md, Format::Html, Format::Json, Format::Pdf];
const NOTICE: [Format; 5] = [Format::Md, Format::Html, Format::Json, Format::Pdf, Format::Tilt];
const TABLES: [Format; 6] = [Format::Md, Format::Html, Format::Json, Format::Csv, Format::Xlsx, Format::Pdf];
const MATRIX: [Format; 7] =
    [Format::Md, Format::Html, Format::Json, Format::Csv, Format::Xlsx, Format::Pdf, Format::Svg];
const RECORD: [Format; 7] =
    [Format::Md, Format::Html, Format::Json, Format::Csv, Format::Xlsx, Format::Pdf, Format::Jsonld];

impl Format {
    /// All of them.
    pub const ALL: [Self; 9] = [
        Self::Md,
        Self::Html,
        Self::Json,
        Self::Csv,
        Self::Xlsx,
        Self::Pdf,
        Self::Svg,
        Self::Jsonld,
        Self::Tilt,
    ];

    /// The formats of a print, the one of a terminal first.
    #[must_use]
    pub const fn of(print: &Print) -> &'static [Self] {
        match print {
            Print::Notice => &NOTICE,
            Print::Short | Print::Letter(_) | Print::Joint | Print::Dpia => &READ,
            Print::Record(_) => &RECORD,
            Print::Processor(_) | Print::Retention | Print::Parties => &TABLES,
            Print::Matrix => &MATRIX,
        }
    }

    /// Its word: `xlsx`.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Md => "md",
            Self::Html => "html",
            Self::Json => "json",
            Self::Csv => "csv",
            Self::Xlsx => "xlsx",
            Self::Pdf => "pdf",
            Self::Svg => "svg",
            Self::Jsonld => "jsonld",
            Self::Tilt => "tilt",
        }
    }

    /// How a file of it ends.
    #[must_use]
    pub const fn ending(self) -> &'static str {
        match self {
            Self::Tilt => "tilt.json",
            Self::Md
            | Self::Html
            | Self::Json
            | Self::Csv
            | Self::Xlsx
            | Self::Pdf
            | Self::Svg
            | Self::Jsonld => self.word(),
        }
    }

    /// Its media type.
    #[must_use]
    pub const fn media_type(self) -> &'static str {
        match self {
            Self::Md => "text/markdown; charset=utf-8",
            Self::Html => "text/html; charset=utf-8",
            Self::Json | Self::Tilt => "application/json",
            Self::Csv => "text/csv; charset=utf-8",
            Self::Xlsx => "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            Self::Pdf => "application/pdf",
            Self::Svg => "image/svg+xml",
            Self::Jsonld => "application/ld+json",
        }
    }

    /// Whether a terminal cannot show it.
    #[must_use]
    pub const fn is_binary(self) -> bool {
        match self {
            Self::Pdf | Self::Xlsx => true,
            Self::Md | Self::Html | Self::Json | Self::Csv | Self::Svg | Self::Jsonld | Self::Tilt => false,
        }
    }
}

/// Makes a print.
///
/// # Errors
/// [`NotMade`].
pub fn made(format: Format, order: &Order<'_>) -> Result<Made, NotMade> {
    let document = || document(order);
    Ok(match (format, order.print) {
        (Format::Tilt, _) => {
            Made::Text(export::tilt::json(order.policy, order.notice, order.lang, order.day))
        }
        (Format::Jsonld, print) => Made::Text(export::dpv::json_ld(order.policy, order.notice, scope(print))),
        (Format::Svg, _) => Made::Text(picture(order)?),
        // The published notice has a page, a text and a shape for programs of its own, with its promises.
        (Format::Md, Print::Notice) => Made::Text(of_notice(order, render::Format::Markdown)),
        (Format::Html, Print::Notice) => Made::Text(of_notice(order, render::Format::Html)),
        (Format::Json, Print::Notice) => Made::Text(of_notice(order, render::Format::Json)),
        (Format::Md, _) => Made::Text(document()?.markdown()),
        (Format::Html, _) => Made::Text(document()?.html()),
        (Format::Json, _) => Made::Text(document()?.json()),
        (Format::Csv, _) => Made::Text(document()?.csv().ok_or(NotMade::NoTable)?),
        (Format::Xlsx, _) => Made::Bytes(xlsx(&document()?)?),
        (Format::Pdf, _) => Made::Bytes(pdf(&document()?, order.day)?),
    })
}

fn document(order: &Order<'_>) -> Result<Document, NotMade> {
    render::print(order.policy, order.notice, order.print, order.lang).ok_or(NotMade::NoNotice)
}

fn of_notice(order: &Order<'_>, format: render::Format) -> String {
    render::notice(order.policy, order.notice, order.lang, format)
}

const fn scope(print: &Print) -> render::Scope {
    match print {
        Print::Record(scope) => *scope,
        Print::Notice
        | Print::Short
        | Print::Letter(_)
        | Print::Processor(_)
        | Print::Retention
        | Print::Matrix
        | Print::Parties
        | Print::Joint
        | Print::Dpia => render::Scope::Notice,
    }
}

fn picture(order: &Order<'_>) -> Result<String, NotMade> {
    let picture = render::picture(order.policy, order.notice, order.lang);
    picture.map(|picture| picture.svg()).ok_or(NotMade::NoPicture)
}
