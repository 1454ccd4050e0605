//! The formats, and which print has which.

use std::path::Path;

use clap::ValueEnum;
use jiff::civil::Date;
use notice::policy::NoticeId;
use notice::render::{self, Document, Print};
use notice::{Lang, Policy, export};

use crate::answer::Failure;

/// What a print is written as.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    /// Markdown, for reading in a terminal
    Md,
    /// A page that stands alone
    Html,
    /// For programs; its shape is stable
    Json,
    /// For spreadsheets, as text
    Csv,
    /// A workbook
    Xlsx,
    /// For paper, archive and screen reader
    Pdf,
    /// A picture
    Svg,
    /// The record in the Data Privacy Vocabulary
    Jsonld,
    /// The notice in the Transparency Information Language
    Tilt,
}

/// What is asked for.
pub(super) struct Order<'a> {
    pub(super) policy: &'a Policy,
    pub(super) notice: NoticeId,
    pub(super) print: &'a Print,
    pub(super) lang: Lang,
    pub(super) day: Date,
}

/// A print as it goes out.
pub(super) enum Made {
    /// For a terminal or a file.
    Text(String),
    /// For a file.
    Bytes(Vec<u8>),
}

const READ: [Format; 4] = [Format::Md, Format::Html, Format::Json, Format::Pdf];
const NOTICE: [Format; 5] = [Format::Md, Format::Html, Format::Json, Format::Pdf, Format::Tilt];
const TABLES: [Format; 6] = [Format::Md, Format::Html, Format::Json, Format::Csv, Format::Xlsx, Format::Pdf];
const MATRIX: [Format; 7] =
    [Format::Md, Format::Html, Format::Json, Format::Csv, Format::Xlsx, Format::Pdf, Format::Svg];
const RECORD: [Format; 7] =
    [Format::Md, Format::Html, Format::Json, Format::Csv, Format::Xlsx, Format::Pdf, Format::Jsonld];

impl Format {
    const fn word(self) -> &'static str {
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

    /// Whether a terminal cannot show it.
    pub(super) const fn is_binary(self) -> bool {
        match self {
            Self::Pdf | Self::Xlsx => true,
            Self::Md | Self::Html | Self::Json | Self::Csv | Self::Svg | Self::Jsonld | Self::Tilt => false,
        }
    }
}

/// The formats of a print, the one of a terminal first.
const fn formats(print: &Print) -> &'static [Format] {
    match print {
        Print::Notice => &NOTICE,
        Print::Short | Print::Letter(_) | Print::Joint | Print::Dpia => &READ,
        Print::Record(_) => &RECORD,
        Print::Processor(_) | Print::Retention | Print::Parties => &TABLES,
        Print::Matrix => &MATRIX,
    }
}

/// The format that was asked for, or that the name of the file asks for, if the print has it.
pub(super) fn chosen(print: &Print, asked: Option<Format>, file: Option<&Path>) -> Result<Format, Failure> {
    let all = formats(print);
    let ending = file.and_then(Path::extension).map(|ending| ending.to_string_lossy().to_lowercase());
    let named = ending.and_then(|ending| all.iter().copied().find(|format| format.word() == ending));
    let format = asked.or(named).unwrap_or(Format::Md);
    if all.contains(&format) {
        return Ok(format);
    }
    let words: Vec<_> = all.iter().map(|format| format!("`{}`", format.word())).collect();
    let sentence = format!("this print has no format `{}`", format.word());
    Err(Failure::usage(sentence, format!("there is {}", words.join(", "))))
}

/// Makes a print.
pub(super) fn made(format: Format, order: &Order<'_>) -> Result<Made, Failure> {
    let document = || super::document(order);
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
        (Format::Csv, _) => Made::Text(csv(&document()?)?),
        (Format::Xlsx, _) => Made::Bytes(print::xlsx(&document()?).map_err(broken)?),
        (Format::Pdf, _) => Made::Bytes(print::pdf(&document()?, order.day).map_err(broken)?),
    })
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

fn picture(order: &Order<'_>) -> Result<String, Failure> {
    let picture = render::picture(order.policy, order.notice, order.lang);
    picture.map(|picture| picture.svg()).ok_or_else(|| {
        Failure::cannot(
            "this notice keeps no data itself, so there is nothing to draw",
            "use `--format md` to read so",
        )
    })
}

fn csv(document: &Document) -> Result<String, Failure> {
    document.csv().ok_or_else(|| Failure::cannot("this print has no table", "use `--format md` to read it"))
}

fn broken(problem: impl std::fmt::Display) -> Failure {
    Failure::cannot(problem.to_string(), "use `--format html` and print it from there, and report this")
}
