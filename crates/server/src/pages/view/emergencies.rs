//! Pages of the reviewer: emergency accesses, what was done with each, and what was found.

use askama::Template;
use jiff::Timestamp;

use super::citizen::Look;
use super::{Field, Problems, Shell};

/// Emergency accesses of the last year.
#[derive(Debug, Template)]
#[template(path = "officer_emergencies.html")]
pub struct Emergencies {
    /// What stands around.
    pub p: Shell,
    /// Nobody has looked at them; the oldest first.
    pub waiting: Vec<Access>,
    /// Somebody has; the latest first.
    pub reviewed: Vec<Access>,
}

/// One emergency access with what was done.
#[derive(Debug, Template)]
#[template(path = "officer_emergency.html")]
pub struct Emergency {
    /// What stands around.
    pub p: Shell,
    /// The access.
    pub access: Access,
    /// The looks under it, the latest first.
    pub looks: Vec<Look>,
    /// Whether the looks are kept for five years already.
    pub kept: bool,
    /// What the reviewer writes of it.
    pub note: Field,
    /// Why the looks are to be kept.
    pub reason: Field,
    /// What is wrong.
    pub problems: Problems,
    /// How many letters each text has at least.
    pub letters: usize,
}

/// An emergency access.
#[derive(Clone, Debug)]
pub struct Access {
    /// Id.
    pub id: String,
    /// Id of the patient.
    pub patient: String,
    /// Who took it.
    pub who: String,
    /// Where.
    pub place: Option<String>,
    /// Why.
    pub reason: String,
    /// When.
    pub from: Timestamp,
    /// Until when it lasts.
    pub until: Timestamp,
    /// How many the professional has taken on that day.
    pub number_that_day: usize,
    /// When it must have been looked at.
    pub review_by: Timestamp,
    /// Whether that time is over.
    pub late: Lateness,
    /// What the review found.
    pub found: Option<Found>,
}

impl Access {
    /// Whether the review found that it was not right.
    #[must_use]
    pub fn was_wrong(&self) -> bool {
        self.found.as_ref().is_some_and(|found| found.judged == Judged::Wrong)
    }

    /// The address of its page.
    #[must_use]
    pub fn page(&self, p: &Shell) -> String {
        p.to(&format!("officer/people/{}/emergencies/{}", self.patient, self.id))
    }
}

/// What a review found.
#[derive(Clone, Debug)]
pub struct Found {
    /// The verdict.
    pub judged: Judged,
    /// In the reviewer's words.
    pub note: String,
    /// When.
    pub at: Timestamp,
}

/// A verdict.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Judged {
    /// It was right.
    Right,
    /// It was not.
    Wrong,
}

impl Judged {
    /// Key of the word.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Self::Right => "judged-right",
            Self::Wrong => "judged-wrong",
        }
    }

    /// Class of the badge.
    #[must_use]
    pub fn badge(self) -> &'static str {
        match self {
            Self::Right => "badge-success",
            Self::Wrong => "badge-error",
        }
    }
}

/// Whether a time is over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lateness {
    /// There is time.
    InTime,
    /// It is late.
    Late,
}

impl Lateness {
    /// Whether it is late.
    #[must_use]
    pub fn is_late(self) -> bool {
        self == Self::Late
    }
}
