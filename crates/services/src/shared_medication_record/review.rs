//! A professional has gone through the card, or some orders of it, and found it right.

use notice::Id;
use notice::id::{self, Person};

use super::{CardError, CardVersion, FieldChange};
use crate::Call;

/// Use of the notice.
pub const USE: &str = "fmk.review-order";

/// What is asked for.
#[derive(Clone, Debug)]
pub struct Request {
    /// Whose card.
    pub patient: Id<Person>,
    /// The version of the card that was read.
    pub version: CardVersion,
    /// Which orders were gone through; at least one.
    pub orders: Vec<Id<id::Record>>,
}

/// What was, or would be, marked as gone through.
#[derive(Clone, Debug)]
pub struct Output {
    /// The orders.
    pub orders: Vec<Id<id::Record>>,
    /// What changes on them.
    pub changes: Vec<FieldChange>,
}

/// Why not.
pub type Error = CardError;

/// What it would do; nothing is written.
///
/// # Errors
/// As [`run`].
pub fn preview(at: &Call<'_>, request: &Request) -> Result<Output, Error> {
    let _ = (at, request);
    Err(Error::Unavailable(register::Unavailable::Closing))
}

/// Marks the orders as gone through, by this caller and now.
///
/// # Errors
/// Refused, in conflict with somebody else's change, or no such order.
pub fn run(at: &Call<'_>, request: Request) -> Result<Output, Error> {
    let _ = (at, request);
    Err(Error::Unavailable(register::Unavailable::Closing))
}
