//! Whom a block or a consent concerns: one professional, one organisation, or everyone.

use notice::Id;
use notice::id::{Organisation, Person};
use register::Personal;

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
