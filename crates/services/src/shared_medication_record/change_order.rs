//! A prescriber changes an order. The whole order is replaced; a pause that is left out ends.

use notice::Id;
use notice::id::{self, Person};

use super::{CardError, CardVersion, NewOrder, Order, Preview, pause};
use crate::Call;

/// Use of the notice.
pub const USE: &str = "fmk.change-order";

/// What is asked for.
#[derive(Clone, Debug)]
pub struct Request {
    /// Whose card.
    pub patient: Id<Person>,
    /// The version of the card that was read.
    pub version: CardVersion,
    /// Which order.
    pub order: Id<id::Record>,
    /// The order as it shall be, whole.
    pub to: NewOrder,
    /// The pause as it shall be; `None` ends a pause that runs.
    pub paused: Option<pause::PauseFor>,
    /// Said beside the order ever after, if this corrects an error.
    pub note: Option<String>,
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

/// A prescriber changes an order. The whole order is replaced; a pause that is left out ends.
///
/// # Errors
/// Refused, in conflict with somebody else's change, or not possible as the order stands.
pub fn run(at: &Call<'_>, request: Request) -> Result<Order, Error> {
    let _ = (at, request);
    Err(Error::Unavailable(register::Unavailable::Closing))
}
