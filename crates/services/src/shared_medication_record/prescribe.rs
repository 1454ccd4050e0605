//! A prescriber orders a medicine, with or without a prescription, or issues a new prescription on an order.

use notice::Id;
use notice::id::{self, Person};

use super::{CardError, CardVersion, NewOrder, NewPrescription, Order, Prescription, Preview};
use crate::Call;

/// Use of the notice.
pub const USE: &str = "fmk.prescribe";

/// What is asked for.
#[derive(Clone, Debug)]
pub struct Request {
    /// Whose card.
    pub patient: Id<Person>,
    /// The version of the card that was read.
    pub version: CardVersion,
    /// What is to be taken.
    pub treatment: Treatment,
    /// The prescription to issue; `None` where the medicine is given or bought without one.
    pub prescription: Option<NewPrescription>,
}

/// A new treatment, or one that goes on.
#[derive(Clone, Debug)]
pub enum Treatment {
    /// A new order.
    New(Box<NewOrder>),
    /// An order that stands on the card.
    Existing(Id<id::Record>),
}

/// What was written.
#[derive(Clone, Debug)]
pub struct Prescribed {
    /// The order.
    pub order: Order,
    /// The prescription.
    pub prescription: Option<Prescription>,
}

/// Why not.
pub type Error = CardError;

/// What it would do; nothing is written.
///
/// # Errors
/// As [`run`].
pub fn preview(at: &Call<'_>, request: &Request) -> Result<Preview, Error> {
    let _ = (at, request);
    Err(Error::Unavailable(register::Unavailable::Closing))
}

/// Writes the order and the prescription, both or none.
///
/// # Errors
/// Refused, in conflict with somebody else's change, or what was sent cannot be taken.
pub fn run(at: &Call<'_>, request: Request) -> Result<Prescribed, Error> {
    let _ = (at, request);
    Err(Error::Unavailable(register::Unavailable::Closing))
}
