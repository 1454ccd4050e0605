//! A prescriber ends a pause.

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

/// A prescriber ends a pause.
///
/// # Errors
/// Refused, in conflict with somebody else's change, or not possible as the order stands.
pub fn run(at: &Call<'_>, request: Request) -> Result<Order, Error> {
    let _ = (at, request);
    Err(Error::Unavailable(register::Unavailable::Closing))
}
