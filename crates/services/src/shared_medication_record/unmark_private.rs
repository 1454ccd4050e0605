//! A citizen lifts a private mark. Independent of the card's version; twice is once.

use notice::Id;
use notice::id::{self, Person};

use super::import::Mark;
use super::{CardError, private_mark};
use crate::Call;

/// Use of the notice.
pub const USE: &str = "fmk.unmark-private";

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

/// A citizen lifts a private mark. Independent of the card's version; twice is once.
///
/// # Errors
/// Refused, or no such record on the caller's card.
pub fn run(at: &Call<'_>, request: Request) -> Result<Output, Error> {
    private_mark::set(at, USE, request.person, request.order, Mark::Plain)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::Country;

    #[test]
    fn lifting_a_mark_needs_a_fresh_login() {
        let country = Country::new();
        let (order, _) = country.prescribes(country.nancy, "Amlodipin", "C08CA01");
        let nancy = country.citizen(country.nancy);
        country.house.clock.pass(jiff::Span::new().minutes(6));
        let lift = Request { person: country.nancy, order: order.id };
        let answer = country.act(&nancy, |at| run(at, lift));
        assert!(matches!(answer, Err(Error::Refused(_))));
    }
}
