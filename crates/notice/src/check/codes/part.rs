//! The named parts of a sentence: most are the same in both languages, some are words themselves.

use std::fmt::Display;

use crate::policy::Class;
use crate::text::{Bilingual, Lang};
use crate::written::{CLASSES, Matter};

/// What may stand in the place of a named part.
pub trait Part {
    /// As it is said in a language.
    fn part(&self, lang: Lang) -> String;
}

/// Names, numbers and dates are the same in every language.
impl<T: Display> Part for T {
    fn part(&self, _: Lang) -> String {
        self.to_string()
    }
}

impl Part for Bilingual {
    fn part(&self, lang: Lang) -> String {
        self.get(lang).to_owned()
    }
}

fn words(da: &str, en: &str) -> Bilingual {
    Bilingual { da: da.to_owned(), en: en.to_owned() }
}

/// A kind of section by its word in the language; in Danish with its article, as it stands before a name.
pub(crate) fn kind(word: &str) -> Bilingual {
    const DANISH: [(&str, &str); 15] = [
        ("party", "parten"),
        ("law", "loven"),
        ("provision", "bestemmelsen"),
        ("role", "rollen"),
        ("event", "hændelsen"),
        ("flag", "beslutningen"),
        ("clock", "fristen"),
        ("notice", "erklæringen"),
        ("purpose", "formålet"),
        ("register", "registret"),
        ("field", "feltet"),
        ("use", "anvendelsen"),
        ("share", "videregivelsen"),
        ("right", "rettigheden"),
        ("measure", "foranstaltningen"),
    ];
    words(DANISH.iter().find(|(en, _)| *en == word).map_or("", |(_, da)| da), word)
}

/// What a person would call a section: `register `prescription``.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Called<'a> {
    /// A whole file.
    File,
    /// `[register]`
    Table(&'a str),
    /// The value of a key.
    Value(&'a str),
    /// A section with a name.
    Entry(&'a str, &'a str),
    /// One of a list: `[[use]]`.
    Listed(&'a str),
}

impl Part for Called<'_> {
    fn part(&self, lang: Lang) -> String {
        match (self, lang) {
            (Self::File, Lang::Da) => "filen".to_owned(),
            (Self::File, Lang::En) => "this file".to_owned(),
            (Self::Table(key), _) => format!("[{key}]"),
            (Self::Value(key), _) => format!("`{key}`"),
            (Self::Entry(of, name), lang) => format!("{} `{name}`", kind(of).get(lang)),
            (Self::Listed(key), Lang::Da) => format!("denne `{key}`"),
            (Self::Listed(key), Lang::En) => format!("this `{key}`"),
        }
    }
}

/// A class of data in words.
pub(crate) fn class(class: Class) -> Bilingual {
    match class {
        Class::Ordinary => words("almindelige oplysninger", "ordinary data"),
        Class::Health => words("helbredsoplysninger", "health data"),
        Class::Special => words("følsomme oplysninger", "special category of data"),
        Class::Criminal => words("oplysninger om strafbare forhold", "data on offences"),
        Class::Cpr => words("CPR-nummeret", "civil registration number"),
    }
}

/// What an act is about: in English the word of the language itself.
pub(crate) fn matter(matter: Matter) -> Bilingual {
    let danish = match matter {
        Matter::Employment => "ansættelse",
        Matter::HealthCare => "behandling i sundhedsvæsenet",
        Matter::PublicHealth => "folkesundhed",
        Matter::Research => "forskning",
        Matter::Archives => "arkiver",
        Matter::Supervision => "tilsyn",
    };
    words(danish, matter.word())
}

/// Several things, each in backticks: ``P1Y` and `P2Y``.
pub(crate) fn all_of<T: Display>(things: impl IntoIterator<Item = T>) -> Bilingual {
    let quoted: Vec<_> = things.into_iter().map(|thing| format!("`{thing}`")).collect();
    words(&quoted.join(" og "), &quoted.join(" and "))
}

/// The word of the language for a class, before `data`; in Danish the class in words.
pub(crate) fn class_of_text(of: Class) -> Bilingual {
    let word = CLASSES.iter().find(|(_, one)| *one == of).map_or("", |(word, _)| word);
    words(&class(of).da, word)
}
