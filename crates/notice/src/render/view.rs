//! A notice as a document: sections of items, each item one thing that the notice says and the program does.
//!
//! Invariant: the shape is stable; a field may be added, none changes its meaning.

use jiff::civil::Date;
use serde::Serialize;

use super::words::Citation;
use crate::text::Lang;

/// A whole notice in one language.
#[derive(Clone, Debug, Serialize)]
pub struct NoticeView {
    /// `hjemmel/notice/1`
    pub schema: &'static str,
    /// Id of the notice.
    pub id: String,
    /// Language of all texts.
    pub lang: Lang,
    /// What identifies the corpus that this was printed from.
    pub version: String,
    /// Title.
    pub title: String,
    /// Introduction.
    pub intro: Option<String>,
    /// Rules of the acceptance table that title and introduction state.
    pub promises: Vec<String>,
    /// First day on which it holds.
    pub valid_from: Option<Date>,
    /// First day on which it holds no longer.
    pub valid_until: Option<Date>,
    /// The published original.
    pub source: Option<String>,
    /// Who is responsible.
    pub controller: PartyView,
    /// To whom a person may complain.
    pub supervisor: Option<PartyView>,
    /// The sections in order.
    pub sections: Vec<Section>,
}

/// A party by function.
#[derive(Clone, Debug, Serialize)]
pub struct PartyView {
    /// Id.
    pub id: String,
    /// Title.
    pub title: String,
    /// What is said of it.
    pub text: Option<String>,
    /// The data protection officer.
    pub officer: Option<String>,
    /// Label and value.
    pub contact: Vec<(String, String)>,
    /// Who takes over.
    pub successor: Option<String>,
    /// Rules of the acceptance table.
    pub promises: Vec<String>,
}

/// The sections of a notice, in the order in which people ask.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum SectionId {
    /// What we hold.
    What,
    /// Why we have it, and on which ground.
    Why,
    /// Who sees it and who gets it.
    Who,
    /// What people can do themselves.
    Yourself,
    /// How long we keep it.
    HowLong,
    /// Rights.
    Rights,
    /// How we look after it.
    Care,
    /// Complaint.
    Complaint,
}

impl SectionId {
    /// Every section in order.
    pub const ALL: [Self; 8] = [
        Self::What,
        Self::Why,
        Self::Who,
        Self::Yourself,
        Self::HowLong,
        Self::Rights,
        Self::Care,
        Self::Complaint,
    ];

    /// The anchor in a page.
    #[must_use]
    pub const fn anchor(self) -> &'static str {
        match self {
            Self::What => "what",
            Self::Why => "why",
            Self::Who => "who",
            Self::Yourself => "yourself",
            Self::HowLong => "how-long",
            Self::Rights => "rights",
            Self::Care => "care",
            Self::Complaint => "complaint",
        }
    }

    /// The heading.
    #[must_use]
    pub const fn title(self, lang: Lang) -> &'static str {
        let (da, en) = match self {
            Self::What => ("Hvad vi har om dig", "What we hold about you"),
            Self::Why => ("Hvorfor vi har det", "Why we have it"),
            Self::Who => ("Hvem der ser det", "Who sees it"),
            Self::Yourself => ("Det kan du selv", "What you can do yourself"),
            Self::HowLong => ("Hvor længe vi har det", "How long we keep it"),
            Self::Rights => ("Dine rettigheder", "Your rights"),
            Self::Care => ("Sådan passer vi på det", "How we look after it"),
            Self::Complaint => ("Hvis du vil klage", "If you want to complain"),
        };
        match lang {
            Lang::Da => da,
            Lang::En => en,
        }
    }
}

/// One section.
#[derive(Clone, Debug, Serialize)]
pub struct Section {
    /// Which.
    pub id: SectionId,
    /// Heading.
    pub title: String,
    /// What it says.
    pub items: Vec<Item>,
}

/// What an item stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum ItemKind {
    /// A register.
    Register,
    /// A purpose.
    Purpose,
    /// The grounds of the notice as a whole.
    Law,
    /// A use.
    Use,
    /// A disclosure.
    Share,
    /// A party that works for the controller.
    Party,
    /// A retention rule.
    Clock,
    /// A right.
    Right,
    /// A measure.
    Measure,
}

impl ItemKind {
    /// The first part of an anchor.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Register => "register",
            Self::Purpose => "purpose",
            Self::Law => "law",
            Self::Use => "use",
            Self::Share => "share",
            Self::Party => "party",
            Self::Clock => "keep",
            Self::Right => "right",
            Self::Measure => "measure",
        }
    }
}

/// One thing that the notice says and the program does.
#[derive(Clone, Debug, Serialize)]
pub struct Item {
    /// Unique in the page: `use-fmk.read-card`.
    pub anchor: String,
    /// What it stands for.
    pub kind: ItemKind,
    /// Full name in the corpus.
    pub id: String,
    /// Title.
    pub title: String,
    /// The sentence.
    pub text: Option<String>,
    /// Label and value, in order.
    pub facts: Vec<(String, String)>,
    /// Fields of a register.
    pub fields: Vec<FieldView>,
    /// Grounds in law.
    pub laws: Vec<Citation>,
    /// When it is erased, blocked, archived.
    pub time: Option<Time>,
    /// The condition of a use, to be read after *when*.
    pub condition: Option<String>,
    /// Where the published notice is silent: who chose this.
    pub unstated: Option<String>,
    /// Rules of the acceptance table that this states.
    pub promises: Vec<String>,
    /// The file of the corpus in which it stands.
    pub file: String,
}

/// A field.
#[derive(Clone, Debug, Serialize)]
pub struct FieldView {
    /// Key in the content of a record.
    pub name: String,
    /// For people.
    pub title: String,
    /// Its class in words.
    pub class: String,
}

/// A retention rule in words and as written.
#[derive(Clone, Debug, Serialize)]
pub struct Time {
    /// In words.
    pub words: String,
    /// In the language of rules.
    pub rule: String,
    /// Lines of the published notice.
    pub seed: Option<String>,
}
