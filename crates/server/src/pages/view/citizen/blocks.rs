//! Blocks, consents and pharmacies: what is in force, and the questions on the way to one.

use askama::Template;
use jiff::Timestamp;
use jiff::civil::Date;

use super::super::{Choice, Field, Problems, Shell};

/// Blocks in force and ended.
#[derive(Debug, Template)]
#[template(path = "me_blocks.html")]
pub struct Blocks {
    /// What stands around.
    pub p: Shell,
    /// In force.
    pub active: Vec<Held>,
    /// Over.
    pub ended: Vec<Held>,
}

/// A block or a consent in a list.
#[derive(Clone, Debug)]
pub struct Held {
    /// Id.
    pub id: String,
    /// Whom it concerns; none for everyone.
    pub whom: Option<String>,
    /// From when.
    pub from: Timestamp,
    /// Until when.
    pub until: Option<Timestamp>,
}

/// One question of the way to a block or a consent.
#[derive(Debug, Template)]
#[template(path = "ask.html")]
pub struct Ask {
    /// What stands around.
    pub p: Shell,
    /// Block or consent.
    pub deed: Deed,
    /// Which question.
    pub step: Step,
    /// What was answered before, carried along: name and value.
    pub carried: Vec<(&'static str, String)>,
    /// What is wrong.
    pub problems: Problems,
}

/// What the questions lead to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Deed {
    /// A block.
    Block,
    /// A consent.
    Consent,
}

impl Deed {
    /// Start of the keys.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Block => "block",
            Self::Consent => "consent",
        }
    }

    /// Page below the language.
    #[must_use]
    pub fn page(self) -> &'static str {
        match self {
            Self::Block => "me/blocks",
            Self::Consent => "me/consents",
        }
    }

    /// Key of a text of this deed.
    #[must_use]
    pub fn key(self, rest: &str) -> String {
        format!("{}-{rest}", self.word())
    }
}

/// A question.
#[derive(Clone, Debug)]
pub enum Step {
    /// A person, an organisation, everyone?
    Whom {
        /// The choices.
        choices: Vec<Choice>,
        /// The answer.
        field: Field,
    },
    /// Which one?
    Which {
        /// Those who have looked lately.
        choices: Vec<Choice>,
        /// The answer.
        field: Field,
        /// A number of one's own: authorisation id, or number of the organisation.
        number: Field,
        /// Whether an organisation is asked for.
        organisation: bool,
    },
    /// Until when?
    Until {
        /// Choices.
        choices: Vec<Choice>,
        /// The answer.
        field: Field,
        /// A day of one's own.
        day: Field,
    },
    /// Is this right?
    Review {
        /// Whom; none for everyone.
        whom: Option<String>,
        /// Until when.
        until: Option<Date>,
    },
}

impl Step {
    /// Its number.
    #[must_use]
    pub fn number(&self) -> usize {
        match self {
            Self::Whom { .. } => 1,
            Self::Which { .. } => 2,
            Self::Until { .. } => 3,
            Self::Review { .. } => 4,
        }
    }
}

/// Consents in force and ended.
#[derive(Debug, Template)]
#[template(path = "me_consents.html")]
pub struct Consents {
    /// What stands around.
    pub p: Shell,
    /// In force.
    pub active: Vec<Held>,
    /// Over.
    pub ended: Vec<Held>,
}

/// Which pharmacies may see the prescriptions.
#[derive(Debug, Template)]
#[template(path = "me_pharmacies.html")]
pub struct Pharmacies {
    /// What stands around.
    pub p: Shell,
    /// Those that may now.
    pub active: Vec<Held>,
    /// Number of the pharmacy.
    pub number: Field,
    /// Its name.
    pub named: Field,
    /// What is wrong.
    pub problems: Problems,
}
