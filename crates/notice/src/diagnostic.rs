//! What the compiler has to say, as rustc would say it: a code, the place, one sentence, one line of help.

use std::collections::HashMap;
use std::ops::Range;

use ariadne::{CharSet, Config, IndexType, Label, Report, ReportKind, Source};
use serde::Serialize;

use crate::check::codes::{self, Code, Message};
use crate::policy::Place;
use crate::source::SourceFile;
use crate::text::{Bilingual, Lang};

/// How grave it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// The corpus does not compile until a person decides.
    Error,
    /// It compiles and is listed; somebody must answer for it.
    Warning,
    /// For the editor.
    Note,
}

impl Severity {
    /// The word for programs, and in English reports.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Note => "note",
        }
    }

    /// The word in reports.
    #[must_use]
    pub const fn told(self, lang: Lang) -> &'static str {
        match (self, lang) {
            (_, Lang::En) => self.word(),
            (Self::Error, Lang::Da) => "fejl",
            (Self::Warning, Lang::Da) => "advarsel",
            (Self::Note, Lang::Da) => "bemærkning",
        }
    }
}

/// Whether a report is printed in colour.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Colour {
    /// With ANSI colours.
    On,
    /// Plain text.
    Off,
}

/// One finding.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// Its kind.
    pub code: &'static Code,
    /// How grave it is.
    pub severity: Severity,
    /// Where.
    pub place: Place,
    /// What is wrong.
    pub sentence: Bilingual,
    /// What to do.
    pub help: Bilingual,
    /// The name that was probably meant, to be written in place of the one that stands there.
    pub meant: Option<String>,
    /// A second place, and what stands there.
    pub second: Option<(Place, Bilingual)>,
}

impl Diagnostic {
    /// A finding at a place, with the help of its kind.
    #[must_use]
    pub fn new(message: Message, place: Place) -> Self {
        let Message { code, sentence } = message;
        let help = Bilingual { da: code.mend.da.to_owned(), en: code.mend.en.to_owned() };
        Self { code, severity: code.severity, place, sentence, help, meant: None, second: None }
    }

    /// With help of its own.
    #[must_use]
    pub fn help(mut self, help: Bilingual) -> Self {
        self.help = help;
        self
    }

    /// With the name that was probably meant, if there is one, as its help.
    #[must_use]
    pub fn meant(mut self, name: Option<&str>) -> Self {
        if let Some(name) = name {
            self.help = codes::did_you_mean(&name);
            self.meant = Some(name.to_owned());
        }
        self
    }

    /// With a second place.
    #[must_use]
    pub fn second(mut self, place: Place, says: Bilingual) -> Self {
        self.second = Some((place, says));
        self
    }

    /// As text with the lines of the source.
    #[must_use]
    pub fn render(&self, files: &[SourceFile], lang: Lang, colour: Colour) -> String {
        let shown = [Some(&self.place), self.second.as_ref().map(|(place, _)| place)];
        let sources = Sources::over(files, |path| shown.iter().flatten().any(|place| *place.file == *path));
        let kind = match self.severity {
            Severity::Error => ReportKind::Error,
            Severity::Warning => ReportKind::Warning,
            Severity::Note => ReportKind::Advice,
        };
        let config = Config::default()
            .with_color(colour == Colour::On)
            .with_char_set(CharSet::Unicode)
            .with_index_type(IndexType::Byte);
        let text =
            |place: &Place| files.iter().find(|file| *file.path == *place.file).map_or("", |file| &file.text);
        let span = |place: &Place| (place.file.to_string(), inside(text(place), place.span.clone()));
        let mut report = Report::build(kind, span(&self.place))
            .with_config(config)
            .with_code(self.code.id)
            .with_message(self.sentence.get(lang))
            .with_label(Label::new(span(&self.place)).with_message(self.code.title.get(lang)))
            .with_help(self.help.get(lang));
        if let Some((place, says)) = &self.second {
            report.add_label(Label::new(span(place)).with_message(says.get(lang)));
        }
        let mut text = Vec::new();
        match report.finish().write(sources, &mut text) {
            Ok(()) => in_tongue(&String::from_utf8_lossy(&text), lang),
            Err(_) => self.line(files, lang),
        }
    }

    /// As one line: `error[N101] parties.toml:3:1: sentence`.
    #[must_use]
    pub fn line(&self, files: &[SourceFile], lang: Lang) -> String {
        let (line, column) = position(files, &self.place);
        format!(
            "{}[{}] {}:{line}:{column}: {}",
            self.severity.told(lang),
            self.code.id,
            self.place.file,
            self.sentence.get(lang)
        )
    }

    /// As an object for programs; `severity` is the same word in every language.
    #[must_use]
    pub fn json(&self, files: &[SourceFile], lang: Lang) -> serde_json::Value {
        let place = |place: &Place| {
            let (line, column) = position(files, place);
            serde_json::json!({
                "file": place.file.as_ref(),
                "line": line,
                "column": column,
                "start": place.span.start,
                "end": place.span.end,
            })
        };
        let second = self.second.as_ref().map(|(at, says)| {
            let mut object = place(at);
            if let Some(map) = object.as_object_mut() {
                map.insert("says".to_owned(), says.get(lang).into());
            }
            object
        });
        serde_json::json!({
            "code": self.code.id,
            "severity": self.severity.word(),
            "title": self.code.title.get(lang),
            "why": self.code.why.get(lang),
            "place": place(&self.place),
            "sentence": self.sentence.get(lang),
            "help": self.help.get(lang),
            "meant": self.meant,
            "second": second,
        })
    }
}

/// The words at the head and before the line of help, which the printer of reports knows in English only.
fn in_tongue(report: &str, lang: Lang) -> String {
    let (head, rest) = report.split_once(':').unwrap_or((report, ""));
    match (lang, rest.rsplit_once("Help")) {
        (Lang::Da, Some((before, after))) => {
            let head =
                head.replace("Error", "Fejl").replace("Warning", "Advarsel").replace("Advice", "Bemærkning");
            format!("{head}:{before}Hjælp{after}")
        }
        (Lang::Da, None) | (Lang::En, _) => report.to_owned(),
    }
}

/// Line and column of a place, both from 1; the column in characters.
#[must_use]
pub fn position(files: &[SourceFile], place: &Place) -> (usize, usize) {
    let text = files.iter().find(|file| *file.path == *place.file).map_or("", |file| file.text.as_str());
    let before = text.get(..place.span.start).unwrap_or(text);
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().unwrap_or("").chars().count() + 1;
    (line, column)
}

/// The files, as the printer of reports wants them.
struct Sources<'a> {
    by_path: HashMap<&'a str, Source<&'a str>>,
    empty: Source<&'a str>,
}

impl<'a> Sources<'a> {
    fn over(files: &'a [SourceFile], shown: impl Fn(&str) -> bool) -> Self {
        let shown = files.iter().filter(|file| shown(&file.path));
        let by_path = shown.map(|file| (file.path.as_str(), Source::from(file.text.as_str()))).collect();
        Self { by_path, empty: Source::from("") }
    }
}

impl<'a> ariadne::Cache<String> for Sources<'a> {
    type Storage = &'a str;

    fn fetch(&mut self, id: &String) -> Result<&Source<&'a str>, impl std::fmt::Debug> {
        Ok::<_, std::convert::Infallible>(self.by_path.get(id.as_str()).unwrap_or(&self.empty))
    }

    fn display<'b>(&self, id: &'b String) -> Option<impl std::fmt::Display + 'b> {
        Some(id.as_str())
    }
}

/// Puts a range inside a text, on the borders of characters.
#[must_use]
pub(crate) fn inside(text: &str, span: Range<usize>) -> Range<usize> {
    let floor = |mut at: usize| {
        at = at.min(text.len());
        while !text.is_char_boundary(at) {
            at -= 1;
        }
        at
    };
    let start = floor(span.start);
    start..floor(span.end).max(start)
}
