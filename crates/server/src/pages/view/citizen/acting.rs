//! Whose page it is, and who acts for whom.

use askama::Template;
use jiff::Timestamp;

use super::super::{Field, Problems, Shell};

/// Whose page it is.
#[derive(Clone, Debug)]
pub enum Whose {
    /// One's own.
    Mine,
    /// A child's.
    Child {
        /// Id.
        id: String,
        /// Name.
        name: String,
    },
    /// Of a person for whom one acts.
    Represented {
        /// Id.
        id: String,
        /// Name.
        name: String,
    },
}

impl Whose {
    /// Key of what stands above a log.
    #[must_use]
    pub fn log_lead(&self) -> &'static str {
        match self {
            Self::Mine => "log-lead",
            Self::Child { .. } => "log-child-lead",
            Self::Represented { .. } => "log-represented-lead",
        }
    }

    /// Whether it is one's own.
    #[must_use]
    pub fn is_mine(&self) -> bool {
        matches!(self, Self::Mine)
    }

    /// The other's name.
    #[must_use]
    pub fn name(&self) -> &str {
        match self {
            Self::Mine => "",
            Self::Child { name, .. } | Self::Represented { name, .. } => name,
        }
    }
}

/// Children under 15.
#[derive(Debug, Template)]
#[template(path = "me_children.html")]
pub struct Children {
    /// What stands around.
    pub p: Shell,
    /// The children.
    pub children: Vec<Child>,
}

/// A child.
#[derive(Clone, Debug)]
pub struct Child {
    /// Id.
    pub id: String,
    /// Name.
    pub name: String,
    /// Until when one may look.
    pub until: Option<Timestamp>,
}

/// For whom one acts, and who acts for oneself.
#[derive(Debug, Template)]
#[template(path = "me_represented.html")]
pub struct Representations {
    /// What stands around.
    pub p: Shell,
    /// For whom one acts.
    pub for_whom: Vec<Acts>,
    /// Who acts for oneself, over or not.
    pub given: Vec<Given>,
    /// Number of the one who is to act.
    pub cpr: Field,
    /// Name of the one who is to act.
    pub named: Field,
    /// Last day.
    pub until: Field,
    /// What is wrong.
    pub problems: Problems,
}

/// A person for whom one acts.
#[derive(Clone, Debug)]
pub struct Acts {
    /// Id.
    pub person: String,
    /// Name.
    pub name: String,
    /// Until when.
    pub until: Option<Timestamp>,
}

/// One who acts for oneself.
#[derive(Clone, Debug)]
pub struct Given {
    /// Id of the power of attorney.
    pub id: String,
    /// Name.
    pub name: String,
    /// Key of the kind.
    pub kind: &'static str,
    /// From when.
    pub from: Timestamp,
    /// Until when.
    pub until: Option<Timestamp>,
    /// Whether one can end it oneself.
    pub ends: bool,
}
