//! A prescriber pauses an order: it stays on the card, nothing is taken.

use jiff::civil::Date;
use notice::Id;
use notice::id::{self, Person};

use super::{CardError, CardVersion, Order, Preview};
use crate::Call;

/// Use of the notice.
pub const USE: &str = "fmk.pause-order";

/// What is asked for.
#[derive(Clone, Debug)]
pub struct Request {
    /// Whose card.
    pub patient: Id<Person>,
    /// The version of the card that was read.
    pub version: CardVersion,
    /// Which order.
    pub order: Id<id::Record>,
    /// From when to when, and why.
    pub pause: PauseFor,
}

/// A pause as its writer decides it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PauseFor {
    /// First day without the medicine.
    pub from: Date,
    /// Last day without it; open if `None`.
    pub until: Option<Date>,
    /// Why.
    pub reason: Option<String>,
}

/// Why not.
pub type Error = CardError;

/// What the change would do; nothing is written.
///
/// # Errors
/// As [`run`].
pub fn preview(at: &Call<'_>, request: &Request) -> Result<Preview, Error> {
    let _ = (at, request);
    Err(Error::Unavailable(register::Unavailable::Closing))
}

/// A prescriber pauses an order: it stays on the card, nothing is taken.
///
/// # Errors
/// Refused, in conflict with somebody else's change, or not possible as the order stands.
pub fn run(at: &Call<'_>, request: Request) -> Result<Order, Error> {
    let _ = (at, request);
    Err(Error::Unavailable(register::Unavailable::Closing))
}
