//! A citizen marks a record of her card private: others see that it is there, not what it is. Independent of the card's version; twice is once.

use notice::Id;
use notice::id::{self, Person};

use super::import::Mark;
use super::{CardError, private_mark};
use crate::Call;

/// Use of the notice.
pub const USE: &str = "fmk.mark-private";

/// What is asked for.
#[derive(Clone, Debug)]
pub struct Request {
    /// Whose card.
    pub person: Id<Person>,
    /// Which order. The mark covers its prescriptions and dispensings.
    pub order: Id<id::Record>,
}

/// How many records carry a new mark; 0 if all did already.
pub type Output = usize;

/// Why not.
pub type Error = CardError;

/// A citizen marks a record of her card private: others see that it is there, not what it is. Independent of the card's version; twice is once.
///
/// # Errors
/// Refused, or no such record on the caller's card.
pub fn run(at: &Call<'_>, request: Request) -> Result<Output, Error> {
    private_mark::set(at, USE, request.person, request.order, Mark::Private)
}
