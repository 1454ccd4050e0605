//! What a change would change, in words, before it is made; and what the writer should think of first.

use jiff::civil::Date;
use notice::id;
use notice::{Bilingual, Id, Lang};

use super::{CardVersion, Order};

/// A change as it would be: nothing is written.
#[derive(Clone, PartialEq, Eq)]
pub struct Preview {
    /// The version of the card on which this was worked out; the change itself must carry it.
    pub version: CardVersion,
    /// The order as it stands; `None` if it is new.
    pub before: Option<Order>,
    /// The order as it would be.
    pub after: Order,
    /// What changes, field by field; empty if nothing does.
    pub changes: Vec<FieldChange>,
    /// What to think of first. Nothing is forbidden by a warning.
    pub warnings: Vec<Warning>,
}

/// One field that changes.
#[derive(Clone, PartialEq, Eq)]
pub struct FieldChange {
    /// The field by its name in the register, such as `dosage`.
    pub field: &'static str,
    /// Its title.
    pub title: Bilingual,
    /// What stands now; `None` if nothing does.
    pub before: Option<Bilingual>,
    /// What would stand; `None` if nothing would.
    pub after: Option<Bilingual>,
}

/// Something to think of before the change is made.
#[derive(Clone, PartialEq, Eq)]
pub enum Warning {
    /// Another current order has the same ATC code.
    DuplicateAtc {
        /// That order.
        order: Id<id::Record>,
        /// The name of its medicine.
        drug: String,
        /// The code.
        atc: String,
    },
    /// Current orders are hidden by private marking, so a duplicate cannot be ruled out.
    PrivateHidden {
        /// How many.
        records: usize,
    },
    /// The order is stopped or has ended already.
    AlreadyEnded,
    /// The largest daily amount more than doubles.
    DoseMoreThanDoubled {
        /// In words, now.
        before: String,
        /// In words, after.
        after: String,
    },
    /// The order is paused and the new content leaves the pause out: it is taken again at once.
    PauseLeftOut,
    /// The order ends before its last day and prescriptions of it stay open.
    OpenPrescriptions {
        /// How many.
        prescriptions: usize,
    },
    /// The last day lies in the past.
    EndsInThePast {
        /// The last day.
        until: Date,
    },
}
crate::redacted::redacted!(Preview, FieldChange, Warning);

impl Warning {
    /// Stable code, such as `duplicate-atc`.
    #[must_use]
    pub const fn code(&self) -> &'static str {
        match self {
            Self::DuplicateAtc { .. } => "duplicate-atc",
            Self::PrivateHidden { .. } => "private-hidden",
            Self::AlreadyEnded => "already-ended",
            Self::DoseMoreThanDoubled { .. } => "dose-more-than-doubled",
            Self::PauseLeftOut => "pause-left-out",
            Self::OpenPrescriptions { .. } => "open-prescriptions",
            Self::EndsInThePast { .. } => "ends-in-the-past",
        }
    }

    /// The warning in one sentence.
    #[must_use]
    pub fn words(&self, lang: Lang) -> String {
        let _ = lang;
        String::new()
    }
}
