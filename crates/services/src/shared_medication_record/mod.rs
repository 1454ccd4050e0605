//! The Shared Medication Record: what medicine a person gets, from the order to the box handed over.
//!
//! Invariant: every write carries the version of the card that the writer has read.
//! Invariant: an update replaces the whole order; nothing is merged, and the writer sees before what will change.

mod active_period;
pub mod cancel_prescription;
mod card;
mod card_version;
pub mod change_order;
mod diff;
pub mod dispense;
mod dispensing;
mod dosage;
mod drug;
mod edit;
pub mod find_prescriptions;
pub mod import;
pub mod mark_private;
pub mod open_card;
pub mod open_card_in_emergency;
pub mod open_card_with_consent;
pub mod open_private_in_emergency;
mod order;
mod order_words;
pub mod pause;
pub mod prescribe;
mod prescription;
mod private_mark;
mod private_prescriptions;
mod records;
pub mod resume;
pub mod review;
pub mod see_child_card;
pub mod see_own_card;
pub mod see_represented_card;
pub mod stop;
pub mod undo_stop;
pub mod unmark_private;

pub use card::MedicineCard;
pub use card_version::{CardVersion, NotACardVersion};
pub use diff::{FieldChange, Preview, Warning};
pub use dispensing::Dispensing;
pub use dosage::{Dosage, Dose, DoseTime, Period, Quantity, Structure, When};
pub use drug::Drug;
pub use order::{
    ActivePeriod, Ended, EndedReason, Handover, NewOrder, Order, OrderKind, OrderStatus, Pause, Reviewed,
    Substitution,
};
pub use prescription::{NewPrescription, Prescription, PrescriptionStatus};

use notice::Lang;

use crate::Explain;

/// Why the card cannot be changed as asked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotNow {
    /// The order is on no card that the caller may change.
    NoSuchOrder,
    /// The prescription is none that the caller may use.
    NoSuchPrescription,
    /// The order is stopped or has ended.
    AlreadyEnded,
    /// The order is not stopped, so a stop cannot be undone.
    NotStopped,
    /// The order is paused already.
    AlreadyPaused,
    /// The order is not paused.
    NotPaused,
    /// The prescription is closed, cancelled or expired.
    NotOpen,
    /// No more is left on the prescription than this many packages.
    NothingLeft {
        /// Packages that may still be handed over now.
        packages: u32,
    },
}

impl Explain for NotNow {
    fn code(&self) -> &'static str {
        match self {
            Self::NoSuchOrder => "no-such-order",
            Self::NoSuchPrescription => "no-such-prescription",
            Self::AlreadyEnded => "already-ended",
            Self::NotStopped => "not-stopped",
            Self::AlreadyPaused => "already-paused",
            Self::NotPaused => "not-paused",
            Self::NotOpen => "not-open",
            Self::NothingLeft { .. } => "nothing-left",
        }
    }

    fn words(&self, lang: Lang) -> String {
        match (self, lang) {
            (Self::NoSuchOrder, Lang::Da) => {
                "Ordinationen findes ikke, eller du må ikke ændre den. Åbn medicinkortet igen.".into()
            }
            (Self::NoSuchOrder, Lang::En) => {
                "There is no such order, or you may not change it. Open the card again.".into()
            }
            (Self::NoSuchPrescription, Lang::Da) => {
                "Recepten findes ikke, eller du må ikke bruge den. Søg recepterne frem igen.".into()
            }
            (Self::NoSuchPrescription, Lang::En) => {
                "There is no such prescription, or you may not use it. Look the prescriptions up again."
                    .into()
            }
            (Self::AlreadyEnded, Lang::Da) => {
                "Ordinationen er allerede stoppet eller udløbet. Lav en ny ordination, eller fortryd stoppet."
                    .into()
            }
            (Self::AlreadyEnded, Lang::En) => {
                "The order is stopped or has ended already. Make a new order, or undo the stop.".into()
            }
            (Self::NotStopped, Lang::Da) => {
                "Ordinationen er ikke stoppet, så der er intet at fortryde.".into()
            }
            (Self::NotStopped, Lang::En) => "The order is not stopped, so there is nothing to undo.".into(),
            (Self::AlreadyPaused, Lang::Da) => {
                "Ordinationen er allerede på pause. Genoptag den, eller ret pausen.".into()
            }
            (Self::AlreadyPaused, Lang::En) => {
                "The order is paused already. Resume it, or change the pause.".into()
            }
            (Self::NotPaused, Lang::Da) => "Ordinationen er ikke på pause.".into(),
            (Self::NotPaused, Lang::En) => "The order is not paused.".into(),
            (Self::NotOpen, Lang::Da) => "Recepten er ikke åben. Bed lægen om en ny.".into(),
            (Self::NotOpen, Lang::En) => "The prescription is not open. Ask the doctor for a new one.".into(),
            (Self::NothingLeft { packages }, Lang::Da) => {
                format!("Der kan højst udleveres {packages} pakninger nu. Ret antallet.")
            }
            (Self::NothingLeft { packages }, Lang::En) => {
                format!("At most {packages} packages may be handed over now. Correct the number.")
            }
        }
    }
}

/// The error of every action that changes a card.
pub type CardError = crate::Error<NotNow>;

/// A new number for paper: thirteen digits, unguessable.
fn number(at: &crate::Call<'_>) -> String {
    let mut bytes = [0; 8];
    at.randomness.fill(&mut bytes);
    format!("{:013}", u64::from_be_bytes(bytes) % 10_000_000_000_000)
}
