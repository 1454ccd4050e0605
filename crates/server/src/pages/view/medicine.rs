//! A medicine card as its reader sees it.

use jiff::Timestamp;
use jiff::civil::Date;

/// One person's medicine.
#[derive(Clone, Debug, Default)]
pub struct Card {
    /// Taken, paused or about to begin.
    pub current: Vec<Item>,
    /// Stopped or run out, still kept.
    pub former: Vec<Item>,
    /// How much is marked private and not shown to this reader.
    pub hidden_private: usize,
    /// Who went through the card last: name and time.
    pub reviewed: Option<(String, Timestamp)>,
}

/// One medicine.
#[derive(Clone, Debug)]
pub struct Item {
    /// Id of the order.
    pub id: String,
    /// Name, strength and form.
    pub name: String,
    /// How much and when, in words.
    pub dosage: Option<String>,
    /// Against what.
    pub indication: Option<String>,
    /// By mouth, into the eye.
    pub route: Option<String>,
    /// Where it stands.
    pub standing: Standing,
    /// First day.
    pub from: Date,
    /// Last day.
    pub until: Option<Date>,
    /// Why it is paused or was stopped, and by whom.
    pub because: Option<String>,
    /// Who ordered it and where.
    pub by: Option<String>,
    /// When it was changed last.
    pub changed_at: Timestamp,
    /// Whether it changed since the reader last looked.
    pub news: News,
    /// Whether the person has marked it private.
    pub marking: Marking,
    /// Prescriptions of it.
    pub prescriptions: Vec<Prescription>,
    /// When it was last handed over: by whom and when.
    pub last_handed_over: Option<(String, Timestamp)>,
    /// Notes of rectification.
    pub notes: Vec<String>,
    /// When it goes.
    pub due_at: Option<Timestamp>,
}

/// Where an order stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Begins later.
    NotYet,
    /// Taken.
    Current,
    /// Paused.
    Paused,
    /// Stopped.
    Stopped,
    /// Run out.
    Expired,
}

impl Standing {
    /// Key of the word.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::NotYet => "order-not-yet",
            Self::Current => "order-current",
            Self::Paused => "order-paused",
            Self::Stopped => "order-stopped",
            Self::Expired => "order-expired",
        }
    }

    /// Class of the badge.
    #[must_use]
    pub fn badge(self) -> &'static str {
        match self {
            Self::Current => "badge-success",
            Self::NotYet => "badge-info",
            Self::Paused => "badge-warning",
            Self::Stopped | Self::Expired => "badge-plain",
        }
    }

    /// Whether the order is paused.
    #[must_use]
    pub fn is_paused(self) -> bool {
        self == Self::Paused
    }

    /// Whether the order was stopped by somebody.
    #[must_use]
    pub fn is_stopped(self) -> bool {
        self == Self::Stopped
    }
}

/// Whether something changed since the reader last looked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum News {
    /// It is new.
    New,
    /// It changed.
    Changed,
    /// As it was.
    None,
}

impl News {
    /// Key of the word, if there is any news.
    #[must_use]
    pub fn key(self) -> Option<&'static str> {
        match self {
            Self::New => Some("news-new"),
            Self::Changed => Some("news-changed"),
            Self::None => None,
        }
    }
}

/// Whether a person has marked a medicine private.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Marking {
    /// She has.
    Private,
    /// She has not.
    Open,
}

impl Marking {
    /// Whether it is private.
    #[must_use]
    pub fn is_private(self) -> bool {
        self == Self::Private
    }
}

/// A prescription.
#[derive(Clone, Debug)]
pub struct Prescription {
    /// Id.
    pub id: String,
    /// Number on paper.
    pub number: String,
    /// Medicine.
    pub name: String,
    /// How to take it.
    pub dosage: Option<String>,
    /// Against what.
    pub indication: Option<String>,
    /// Key of the word for where it stands.
    pub status: &'static str,
    /// Packages that may still be handed over.
    pub left: u64,
    /// Packages each time.
    pub packages: u64,
    /// Units in a package.
    pub package_size: Option<u64>,
    /// Last day.
    pub valid_until: Date,
    /// Who issued it.
    pub by: Option<String>,
    /// When.
    pub issued_at: Timestamp,
    /// Whether it may be handed over now.
    pub open: Openness,
}

/// Whether a prescription may be handed over now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Openness {
    /// It may.
    Open,
    /// It may not.
    Shut,
}

impl Openness {
    /// Whether it may.
    #[must_use]
    pub fn is_open(self) -> bool {
        self == Self::Open
    }
}
