//! The Shared Medication Record over REST.

pub(crate) mod cancel_prescription;
pub(crate) mod change_order;
pub(crate) mod dispense;
pub(crate) mod find_prescriptions;
pub(crate) mod mark_private;
mod on_card;
pub(crate) mod open_card;
pub(crate) mod open_card_in_emergency;
pub(crate) mod open_card_with_consent;
pub(crate) mod open_private_in_emergency;
pub(crate) mod pause;
pub(crate) mod prescribe;
pub(crate) mod resume;
pub(crate) mod review;
pub(crate) mod see_child_card;
pub(crate) mod see_own_card;
pub(crate) mod see_represented_card;
pub(crate) mod stop;
pub(crate) mod undo_stop;
pub(crate) mod unmark_private;
