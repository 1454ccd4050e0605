//! Every diagnostic of the language, each in one place in both languages: its number, what it says, why, and how to mend it.
//!
//! Invariant: a number is never given to another meaning.
//!
//! Invariant: nothing that the compiler says is written elsewhere. A code, a sentence, a line of help or a label that
//! lacks a language does not compile.

use crate::diagnostic::Severity::{self, Error, Note, Warning};
use crate::text::{Bilingual, Lang};

mod part;

pub use part::Part;
pub(crate) use part::{Called, all_of, class, class_of_text, kind, matter};

/// Words of the compiler in both languages.
#[derive(Debug, PartialEq, Eq)]
pub struct Both {
    /// In Danish.
    pub da: &'static str,
    /// In English.
    pub en: &'static str,
}

impl Both {
    /// The words in one language.
    #[must_use]
    pub const fn get(&self, lang: Lang) -> &'static str {
        match lang {
            Lang::Da => self.da,
            Lang::En => self.en,
        }
    }
}

/// A sentence, a line of help or a label as it is written here, with its named parts in braces.
pub type Pattern = Both;

/// One kind of diagnostic.
#[derive(Debug, PartialEq, Eq)]
pub struct Code {
    /// `N101`
    pub id: &'static str,
    /// How grave it is.
    pub severity: Severity,
    /// What is wrong, in a few words.
    pub title: Both,
    /// Why it matters, with the law where there is one.
    pub why: Both,
    /// How to mend it.
    pub mend: Both,
    /// Everything else that is said of it.
    pub patterns: &'static [Pattern],
}

/// A sentence with its parts, and the code that it belongs to.
#[derive(Clone, Debug)]
pub struct Message {
    /// The code.
    pub code: &'static Code,
    /// The sentence.
    pub sentence: Bilingual,
}

impl Code {
    /// The code of a number, `N101`, in capital or small letters.
    #[must_use]
    pub fn find(id: &str) -> Option<&'static Self> {
        all().find(|code| code.id.eq_ignore_ascii_case(id))
    }

    /// What it is, why, and how to mend it, as Markdown with a heading.
    #[must_use]
    pub fn page(&self, lang: Lang) -> String {
        let gravity = match (self.severity, lang) {
            (Error, Lang::En) => "Error: the notices do not compile until somebody decides.",
            (Error, Lang::Da) => "Fejl: erklæringerne kan ikke bruges, før nogen har taget stilling.",
            (Warning, Lang::En) => "Warning: the notices compile; it is listed, and somebody answers for it.",
            (Warning, Lang::Da) => {
                "Advarsel: erklæringerne kan bruges; det står på listen, og nogen står inde for det."
            }
            (Note, Lang::En) => "Note: shown in the editor and in lists.",
            (Note, Lang::Da) => "Bemærkning: vises i editoren og i lister.",
        };
        let [reason, remedy] = match lang {
            Lang::En => ["Why", "How to mend it"],
            Lang::Da => ["Hvorfor", "Hvad man gør"],
        };
        let (id, title) = (self.id, self.title.get(lang));
        let (why, mend) = (sentence(self.why.get(lang)), sentence(self.mend.get(lang)));
        format!("## {id}: {title}\n\n{gravity}\n\n**{reason}.** {why}.\n\n**{remedy}.** {mend}.\n")
    }
}

/// With a capital letter, unless it begins with a piece of a notice.
fn sentence(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

/// Fills a pattern in both languages.
macro_rules! filled {
    ($en:literal / $da:literal $(, $part:ident)*) => {{
        let said = |lang: $crate::text::Lang| {
            $(let $part = $part.part(lang);)*
            match lang {
                $crate::text::Lang::En => format_args!($en).to_string(),
                $crate::text::Lang::Da => format_args!($da).to_string(),
            }
        };
        $crate::text::Bilingual { da: said($crate::text::Lang::Da), en: said($crate::text::Lang::En) }
    }};
}

/// Words that belong to no code, or to many, each a function of its named parts.
macro_rules! phrases {
    ($($name:ident ( $($part:ident),* ) $en:literal / $da:literal;)*) => {
        $(
            #[doc = $en]
            #[must_use]
            pub fn $name($($part: &dyn Part),*) -> Bilingual {
                filled!($en / $da $(, $part)*)
            }
        )*
        #[cfg(test)]
        static PHRASES: &[Pattern] = &[$(Both { da: $da, en: $en }),*];
    };
}

/// Codes, each with what it says: `says` makes the sentence, `help` another line of help, `at` the label of a second place.
macro_rules! codes {
    ($(
        $name:ident $id:literal $severity:ident $title_en:literal / $title_da:literal {
            why $why_en:literal / $why_da:literal;
            mend $mend_en:literal / $mend_da:literal;
            $(says $says:ident ( $($said:ident),* ) $says_en:literal / $says_da:literal;)*
            $(help $help:ident ( $($helped:ident),* ) $help_en:literal / $help_da:literal;)*
            $(at $at:ident ( $($shown:ident),* ) $at_en:literal / $at_da:literal;)*
        }
    )*) => {
        $(
            #[doc = $title_en]
            pub static $name: Code = Code {
                id: $id,
                severity: $crate::diagnostic::Severity::$severity,
                title: Both { da: $title_da, en: $title_en },
                why: Both { da: $why_da, en: $why_en },
                mend: Both { da: $mend_da, en: $mend_en },
                patterns: &[
                    $(Both { da: $says_da, en: $says_en },)*
                    $(Both { da: $help_da, en: $help_en },)*
                    $(Both { da: $at_da, en: $at_en },)*
                ],
            };
            $(
                #[doc = $says_en]
                #[must_use]
                pub fn $says($($said: &dyn Part),*) -> Message {
                    Message { code: &$name, sentence: filled!($says_en / $says_da $(, $said)*) }
                }
            )*
            $(
                #[doc = $help_en]
                #[must_use]
                pub fn $help($($helped: &dyn Part),*) -> $crate::text::Bilingual {
                    filled!($help_en / $help_da $(, $helped)*)
                }
            )*
            $(
                #[doc = $at_en]
                #[must_use]
                pub fn $at($($shown: &dyn Part),*) -> $crate::text::Bilingual {
                    filled!($at_en / $at_da $(, $shown)*)
                }
            )*
        )*
        pub(super) static ALL: &[&Code] = &[$(&$name),*];
    };
}

mod between;
mod clocks;
mod files;
mod grounds;
mod names;
mod rights;
mod shares;
mod uses;

pub use between::*;
pub use clocks::*;
pub use files::*;
pub use grounds::*;
pub use names::*;
pub use rights::*;
pub use shares::*;
pub use uses::*;

phrases! {
    did_you_mean(meant)
        "did you mean `{meant}`?" / "mente du `{meant}`?";
    write_it_like(example)
        "write it like `{example}`" / "skriv det som `{example}`";
    quoted(text)
        "`{text}`" / "`{text}`";
    declared_here()
        "declared here" / "oplyst her";
}

/// All codes in order.
pub fn all() -> impl Iterator<Item = &'static Code> {
    const FAMILIES: [&[&Code]; 8] = [
        files::ALL,
        names::ALL,
        grounds::ALL,
        clocks::ALL,
        uses::ALL,
        shares::ALL,
        rights::ALL,
        between::ALL,
    ];
    FAMILIES.into_iter().flatten().copied()
}

#[cfg(test)]
mod tests;
