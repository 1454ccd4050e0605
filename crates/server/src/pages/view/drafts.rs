//! A changed notice tried out: the form to send it, what the compiler finds in it, and its effect.

use askama::Template;
use notice::Lang;

use super::{Bars, Choice, Field, Problems, Shell};
use crate::i18n::Texts;

/// The form: which file, its changed text, or files to send.
#[derive(Debug, Template)]
#[template(path = "officer_draft.html")]
pub struct DraftForm {
    /// What stands around.
    pub p: Shell,
    /// The files that run: path, and whose they are.
    pub files: Vec<(String, String)>,
    /// Which file the text is.
    pub file: Field,
    /// The files to choose from.
    pub choices: Vec<Choice>,
    /// The text.
    pub text: Field,
    /// The files that were sent.
    pub upload: Field,
    /// What is wrong.
    pub problems: Problems,
    /// How long a draft is held, in minutes.
    pub minutes: usize,
}

/// What a draft comes to.
#[derive(Debug, Template)]
#[template(path = "officer_effect.html")]
pub struct DraftPage {
    /// What stands around.
    pub p: Shell,
    /// Its number in the address.
    pub id: String,
    /// The files that differ from what runs, or are new.
    pub files: Vec<String>,
    /// Errors, and warnings that what runs does not have.
    pub findings: Vec<FindingView>,
    /// How many more there are.
    pub more: usize,
    /// How many of all are errors.
    pub errors: usize,
    /// How many warnings of what runs are gone.
    pub mended: usize,
    /// The effect in the language of the page, or in both side by side; nothing where there are errors.
    pub effect: Vec<Effect>,
    /// How many records on file move.
    pub on_file: OnFileView,
    /// How long a draft is held, in minutes.
    pub minutes: usize,
}

impl DraftPage {
    /// Whether the effect stands in both languages.
    #[must_use]
    pub fn is_beside(&self) -> bool {
        self.effect.len() > 1
    }
}

/// Something that the compiler finds, in its own words, which are English.
#[derive(Clone, Debug)]
pub struct FindingView {
    /// Code.
    pub code: &'static str,
    /// What kind of fault it is.
    pub title: &'static str,
    /// Whether it is an error or a warning.
    pub gravity: Gravity,
    /// Why it matters.
    pub why: &'static str,
    /// What is the matter.
    pub sentence: String,
    /// What to do.
    pub help: String,
    /// In which file.
    pub file: String,
    /// On which line.
    pub line: usize,
    /// The line and its neighbours: number, text, whether it is the one.
    pub near: Vec<(usize, String, Tells)>,
}

/// How grave a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gravity {
    /// It does not run.
    Error,
    /// Somebody answers for it.
    Warning,
}

impl Gravity {
    /// Key of the word.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Error => "draft-error",
            Self::Warning => "draft-warning",
        }
    }

    /// Class of the badge.
    #[must_use]
    pub fn badge(self) -> &'static str {
        match self {
            Self::Error => "badge-error",
            Self::Warning => "badge-warning",
        }
    }
}

/// Whether a line is the one that a finding is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tells {
    /// It is.
    It,
    /// It stands beside it.
    Beside,
}

impl Tells {
    /// Whether it is the one.
    #[must_use]
    pub fn is_it(self) -> bool {
        self == Self::It
    }
}

/// The effect in one language.
#[derive(Clone, Debug)]
pub struct Effect {
    /// The language.
    pub lang: Lang,
    /// What changes, widening first: key of the heading, and the sections.
    pub turns: Vec<(&'static str, Vec<Changed>)>,
    /// Clocks that move.
    pub clocks: Vec<ClockMoved>,
    /// Rules that are stated no longer.
    pub lost: Vec<RuleMoved>,
    /// Rules that are stated now.
    pub gained: Vec<RuleMoved>,
    /// Whom to inform, a line each.
    pub inform: Vec<String>,
    /// Whether it may take effect at once or must wait.
    pub waits: Waits,
}

impl Effect {
    /// A text in the language of the effect.
    #[must_use]
    pub fn t(&self, key: &str) -> String {
        Texts::of(self.lang).get(key, &[])
    }

    /// Whether nothing changes.
    #[must_use]
    pub fn is_none(&self) -> bool {
        self.turns.is_empty() && self.clocks.is_empty() && self.lost.is_empty() && self.gained.is_empty()
    }
}

/// When a change may take effect.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Waits {
    /// A period becomes shorter: seven days after the second signature.
    SevenDays,
    /// When two have signed.
    Signatures,
}

impl Waits {
    /// Key of the text.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::SevenDays => "draft-waits",
            Self::Signatures => "draft-signs",
        }
    }
}

/// A section that changes.
#[derive(Clone, Debug)]
pub struct Changed {
    /// Title.
    pub title: String,
    /// Full name and file.
    pub place: String,
    /// What changes, a sentence each.
    pub says: Vec<String>,
}

/// A clock that moves.
#[derive(Clone, Debug)]
pub struct ClockMoved {
    /// Title.
    pub title: String,
    /// Full name.
    pub id: String,
    /// Key of how it moves.
    pub moves: &'static str,
    /// The rule before, in words.
    pub old: String,
    /// The rule after, in words.
    pub new: String,
    /// What happened, and the date before and after, in words.
    pub examples: Vec<(String, String, String)>,
}

/// A rule of the acceptance table that loses or gains its statement.
#[derive(Clone, Debug)]
pub struct RuleMoved {
    /// Its number.
    pub rule: String,
    /// What it says, in English.
    pub words: String,
    /// How many tests name it.
    pub tests: usize,
}

/// How many records on file move.
#[derive(Clone, Debug)]
pub enum OnFileView {
    /// There is nothing to count.
    NoneMoves,
    /// It is being counted: so many of so many.
    Counting(Progress),
    /// The count.
    Counted(Moved),
    /// The register did not answer.
    Failed,
}

impl OnFileView {
    /// Whether it is still being counted.
    #[must_use]
    pub fn is_counting(&self) -> bool {
        matches!(self, Self::Counting(_))
    }
}

/// How far a count is.
#[derive(Clone, Copy, Debug)]
pub struct Progress {
    /// How many are counted.
    pub done: usize,
    /// Of how many; 0 while others count.
    pub all: usize,
}

/// Records on file that move.
#[derive(Clone, Debug)]
pub struct Moved {
    /// By month or year of the new date.
    pub picture: Bars,
    /// Register, month of the new date in words, sooner, later.
    pub rows: Vec<(String, String, u64, u64)>,
    /// All that come sooner.
    pub sooner: u64,
    /// All that come later.
    pub later: u64,
    /// All that stay.
    pub same: u64,
}
