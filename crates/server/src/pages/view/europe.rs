//! The page about keys between countries: who takes part, what moved when, what was refused and why, and what goes when.

use askama::Template;
use jiff::Timestamp;
use jiff::civil::Date;

use super::exported::Exported;
use super::{Bars, Shell};

/// For whom the page is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reader {
    /// Anyone: no number tells a single person, so numbers are rounded up to whole hundreds.
    Anyone,
    /// The operator: numbers as they are, and what to do.
    Operator,
}

/// Keys between countries.
#[derive(Debug, Template)]
#[template(path = "europe.html")]
pub struct Europe {
    /// What stands around.
    pub p: Shell,
    /// For whom.
    pub reader: Reader,
    /// When we last sent, and what came of it.
    pub sent: Option<Run>,
    /// When we last fetched, and what came of it.
    pub fetched: Option<Run>,
    /// Keys of ours that the gateway has.
    pub uploaded: u64,
    /// Keys of ours that it refused for good.
    pub refused: u64,
    /// The countries whose keys we take.
    pub countries: Vec<Country>,
    /// Who gives to whom; nothing where we take no part.
    pub star: Option<Star>,
    /// Keys by day.
    pub days: Bars,
    /// What waits for two persons.
    pub held: Vec<Held>,
    /// Key of why nothing was done with what waits.
    pub not_done: Option<&'static str>,
    /// The newest files for phones, where this server makes them.
    pub exported: Option<Exported>,
    /// What was not believed.
    pub unbelieved: Vec<Refusal>,
    /// Days on which keys or lines of the list go, and how many records.
    pub goes: Vec<(Date, u64)>,
    /// The gateway, where it is ours to look at.
    pub gateway: Option<Gateway>,
}

/// A run that ended.
#[derive(Clone, Debug)]
pub struct Run {
    /// When.
    pub at: Timestamp,
    /// Key of what came of it.
    pub key: &'static str,
}

/// A country whose keys we take.
#[derive(Clone, Debug)]
pub struct Country {
    /// Its name.
    pub name: String,
    /// When something last came.
    pub last: Option<Timestamp>,
    /// Keys that it sent.
    pub sent: u64,
    /// Keys that phones here may have.
    pub accepted: u64,
    /// How it stands.
    pub standing: Standing,
}

/// How a country stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Its keys are passed on.
    Well,
    /// Something of it waits.
    Held,
    /// Something of it was not believed.
    Unbelieved,
    /// Nothing has come.
    Nothing,
}

impl Standing {
    /// Key of the word.
    #[must_use]
    pub const fn key(self) -> &'static str {
        match self {
            Self::Well => "europe-well",
            Self::Held => "europe-held-word",
            Self::Unbelieved => "europe-unbelieved-word",
            Self::Nothing => "europe-nothing",
        }
    }

    /// The style of the word.
    #[must_use]
    pub const fn badge(self) -> &'static str {
        match self {
            Self::Well => "badge-success",
            Self::Held => "badge-warning",
            Self::Unbelieved => "badge-error",
            Self::Nothing => "badge-plain",
        }
    }

    /// The style of the line in the picture.
    #[must_use]
    pub const fn line(self) -> &'static str {
        match self {
            Self::Well => "way-well",
            Self::Held => "way-held",
            Self::Unbelieved => "way-bad",
            Self::Nothing => "way-none",
        }
    }
}

/// What one country sent in one batch, and waits.
#[derive(Clone, Debug)]
pub struct Held {
    /// Its name.
    pub name: String,
    /// Its code, for the command.
    pub code: String,
    /// The day of the batch.
    pub day: Date,
    /// The tag of the batch.
    pub tag: String,
    /// How many keys it sent.
    pub keys: u64,
    /// How many of them phones here would get.
    pub accepted: u64,
    /// What somebody has proposed.
    pub proposed: Option<Proposed>,
}

/// What two persons may decide.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Deciding {
    /// Phones get the keys.
    Release,
    /// They are left to be erased.
    Discard,
}

/// Who proposed something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum By {
    /// Who reads the page.
    Reader,
    /// Somebody else.
    Another,
}

/// What somebody has proposed for something that waits.
#[derive(Clone, Debug)]
pub struct Proposed {
    /// Her name.
    pub who: String,
    /// When.
    pub at: Timestamp,
    /// What.
    pub decision: Deciding,
    /// Whether the reader is this person.
    pub by: By,
}

impl Proposed {
    /// Key of what she proposed.
    #[must_use]
    pub const fn key(&self) -> &'static str {
        match self.decision {
            Deciding::Release => "europe-held-proposes-release",
            Deciding::Discard => "europe-held-proposes-discard",
        }
    }

    /// Key of what is needed now.
    #[must_use]
    pub const fn next(&self) -> &'static str {
        match self.by {
            By::Reader => "europe-held-another-must",
            By::Another => "europe-held-you-may",
        }
    }
}

/// A button.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Choice {
    /// What is sent.
    pub word: &'static str,
    /// Key of what it says.
    pub key: &'static str,
    /// How much it stands out.
    pub style: &'static str,
}

impl Held {
    /// What the operator may say of it now.
    #[must_use]
    pub fn choices(&self) -> Vec<Choice> {
        const FIRST: &str = "button-primary";
        const SECOND: &str = "button-secondary";
        let choice = |word, key, style| Choice { word, key, style };
        match self.proposed.as_ref().map(|one| (one.by, one.decision)) {
            None => vec![
                choice("release", "europe-held-propose-release", SECOND),
                choice("discard", "europe-held-propose-discard", SECOND),
            ],
            Some((By::Reader, _)) => vec![choice("take-back", "europe-held-take-back", SECOND)],
            Some((By::Another, Deciding::Release)) => vec![
                choice("release", "europe-held-agree-release", FIRST),
                choice("discard", "europe-held-rather-discard", SECOND),
            ],
            Some((By::Another, Deciding::Discard)) => vec![
                choice("discard", "europe-held-agree-discard", FIRST),
                choice("release", "europe-held-rather-release", SECOND),
            ],
        }
    }
}

/// Something of which nothing was kept.
#[derive(Clone, Debug)]
pub struct Refusal {
    /// When.
    pub at: Timestamp,
    /// The name of the country.
    pub name: String,
    /// How many keys.
    pub keys: u64,
    /// Key of why.
    pub key: &'static str,
}

/// The gateway, where it is ours to look at.
#[derive(Clone, Debug)]
pub struct Gateway {
    /// When the last batch was made.
    pub last_batch: Option<Timestamp>,
    /// How many are kept.
    pub batches: u64,
    /// The certificates: country, what for, digits, until when, whether it is believed.
    pub papers: Vec<Paper>,
    /// What it refused.
    pub refused: Vec<Refusal>,
}

/// A certificate that the gateway holds.
#[derive(Clone, Debug)]
pub struct Paper {
    /// The name of the country.
    pub name: String,
    /// Key of what it is for.
    pub key: &'static str,
    /// The first digits of its SHA-256.
    pub digits: String,
    /// When it ends.
    pub expires: Option<Timestamp>,
    /// Key of whether it is believed.
    pub standing: &'static str,
}

/// Who gives to whom: our country on the left, the gateway in the middle, the others on the right.
#[derive(Clone, Debug)]
pub struct Star {
    /// Our country.
    pub own: String,
    /// What we sent, in words.
    pub own_words: String,
    /// The others.
    pub nodes: Vec<Node>,
}

/// Another country in the picture.
#[derive(Clone, Debug)]
pub struct Node {
    /// Its name.
    pub name: String,
    /// What it sent, in words.
    pub words: String,
    /// How it stands.
    pub standing: Standing,
}

const STEP: u64 = 72;

impl Star {
    /// Height of the drawing.
    #[must_use]
    pub fn height(&self) -> u64 {
        STEP * u64::try_from(self.nodes.len().max(2)).unwrap_or(2) + 16
    }

    /// The middle of the drawing.
    #[must_use]
    pub fn middle(&self) -> u64 {
        self.height() / 2
    }

    /// The middle of a country.
    #[must_use]
    pub fn y(&self, at: impl super::shell::Given<usize>) -> u64 {
        let many = u64::try_from(self.nodes.len()).unwrap_or(0);
        let first = self.height().saturating_sub(STEP * many) / 2;
        first + STEP * u64::try_from(at.given()).unwrap_or(0) + STEP / 2
    }
}

impl Europe {
    /// A number of keys, as this reader is told it.
    #[must_use]
    pub fn keys(&self, keys: impl super::shell::Given<u64>) -> String {
        told(&self.p, self.reader, keys.given())
    }

    /// Whether the reader may do something about what waits.
    #[must_use]
    pub fn for_operator(&self) -> bool {
        self.reader == Reader::Operator
    }

    /// Whether something waits for the reader, or could not be done: it stands before all else then.
    #[must_use]
    pub fn awaits_decision(&self) -> bool {
        self.for_operator() && (!self.held.is_empty() || self.not_done.is_some())
    }

    /// Whether nothing has ever moved.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.sent.is_none() && self.fetched.is_none()
    }
}

/// A number of keys, as a reader is told it.
#[must_use]
pub fn told(p: &Shell, reader: Reader, keys: u64) -> String {
    match reader {
        Reader::Operator => p.n(keys),
        Reader::Anyone if keys == 0 => p.t("europe-none"),
        Reader::Anyone => p.t1("europe-at-most", "n", p.n(hundreds(keys))),
    }
}

/// Rounded up to whole hundreds: a handful of keys is one person.
#[must_use]
pub const fn hundreds(keys: u64) -> u64 {
    keys.div_ceil(100).saturating_mul(100)
}
