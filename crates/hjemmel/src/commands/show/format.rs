//! The format that somebody asks for, by name or by the ending of a file.

use std::path::Path;

use clap::ValueEnum;
use notice::render::Print;
use print::NotMade;

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

impl Format {
    const fn made(self) -> print::Format {
        match self {
            Self::Md => print::Format::Md,
            Self::Html => print::Format::Html,
            Self::Json => print::Format::Json,
            Self::Csv => print::Format::Csv,
            Self::Xlsx => print::Format::Xlsx,
            Self::Pdf => print::Format::Pdf,
            Self::Svg => print::Format::Svg,
            Self::Jsonld => print::Format::Jsonld,
            Self::Tilt => print::Format::Tilt,
        }
    }
}

/// The format that was asked for, or that the name of the file asks for, if the print has it.
pub(super) fn chosen(
    print: &Print,
    asked: Option<Format>,
    file: Option<&Path>,
) -> Result<print::Format, Failure> {
    let all = print::Format::of(print);
    let ending = file.and_then(Path::extension).map(|ending| ending.to_string_lossy().to_lowercase());
    let named = ending.and_then(|ending| all.iter().copied().find(|format| format.word() == ending));
    let format = asked.map(Format::made).or(named).unwrap_or(print::Format::Md);
    if all.contains(&format) {
        return Ok(format);
    }
    let words: Vec<_> = all.iter().map(|format| format!("`{}`", format.word())).collect();
    let sentence = format!("this print has no format `{}`", format.word());
    Err(Failure::usage(sentence, format!("there is {}", words.join(", "))))
}

/// A print that was not made, for people.
pub(super) fn broken(problem: &NotMade) -> Failure {
    let help = match problem {
        NotMade::NoNotice => "this is a fault in the program: report it",
        NotMade::NoPicture => "use `--format md` to read so",
        NotMade::NoTable => "use `--format md` to read it",
        NotMade::Pdf(_) | NotMade::Xlsx(_) => "use `--format html` and print it from there, and report this",
    };
    Failure::cannot(problem.to_string(), help)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_format_of_a_print_can_be_asked_for_by_its_own_word() {
        let asked = Format::value_variants();
        for one in asked {
            let word = one.to_possible_value().unwrap().get_name().to_owned();
            assert_eq!(word, one.made().word());
        }
        for made in print::Format::ALL {
            assert_eq!(asked.iter().filter(|one| one.made() == made).count(), 1, "{made:?}");
        }
    }
}
