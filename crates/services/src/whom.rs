//! Whom a block or a consent concerns: one professional, one organisation, or everyone.

use notice::Id;
use notice::id::{Organisation, Person};
use register::{Holder, Personal, Record};

use crate::check::Check;
use crate::content;

/// The other side of a block or a consent, with the name under which the citizen knows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Whom {
    /// Every professional and organisation.
    Everyone,
    /// One hospital department, practice or pharmacy.
    Organisation {
        /// Its id.
        id: Id<Organisation>,
        /// Its name when the citizen chose it.
        name: String,
    },
    /// One professional.
    Professional {
        /// The person.
        id: Id<Person>,
        /// The name when the citizen chose it.
        name: Personal<String>,
    },
}

const EVERYONE: &str = "everyone";
const ORGANISATION: &str = "organisation:";
const PROFESSIONAL: &str = "professional:";

impl Whom {
    /// The holder of the fact that a record establishes.
    pub(crate) const fn holder(&self) -> Holder {
        match self {
            Self::Everyone => Holder::Everyone,
            Self::Organisation { id, .. } => Holder::Organisation(*id),
            Self::Professional { id, .. } => Holder::Person(*id),
        }
    }

    /// The fields `who` and `who-name`.
    pub(crate) fn fields(&self) -> (String, Option<String>) {
        match self {
            Self::Everyone => (EVERYONE.to_owned(), None),
            Self::Organisation { id, name } => (format!("{ORGANISATION}{id}"), Some(name.clone())),
            Self::Professional { id, name } => (format!("{PROFESSIONAL}{id}"), Some(name.reveal().clone())),
        }
    }

    /// People in the record: the one it is about first, then the professional if it is one by name.
    pub(crate) fn subjects(&self, patient: Id<Person>) -> Vec<(String, Id<Person>)> {
        let professional = match self {
            Self::Professional { id, .. } => Some(("professional".to_owned(), *id)),
            Self::Everyone | Self::Organisation { .. } => None,
        };
        std::iter::once(("patient".to_owned(), patient)).chain(professional).collect()
    }

    /// From the fields `who` and `who-name`.
    pub(crate) fn of(record: &Record) -> Option<Self> {
        let who = content::text(record, "who")?;
        let name = content::text(record, "who-name").unwrap_or_default();
        if who == EVERYONE {
            return Some(Self::Everyone);
        }
        if let Some(id) = who.strip_prefix(ORGANISATION) {
            return Some(Self::Organisation { id: id.parse().ok()?, name });
        }
        let id = who.strip_prefix(PROFESSIONAL)?.parse().ok()?;
        Some(Self::Professional { id, name: Personal::new(name) })
    }

    pub(crate) fn check(&self, check: &mut Check) {
        match self {
            Self::Everyone => {}
            Self::Organisation { name, .. } => {
                check.text("whom.name", name, 200);
            }
            Self::Professional { name, .. } => {
                check.text("whom.name", name.reveal(), 200);
            }
        }
    }
}
