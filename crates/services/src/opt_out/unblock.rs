//! Whoever can block can lift the block.

use notice::Id;
use notice::id::{self, Person};

use crate::{Call, NoSuchRecord, agreement};

/// Use of the notice.
pub const USE: &str = "nsp.unblock";

/// What is asked for.
#[derive(Clone, Debug)]
pub struct Request {
    /// Whose: the caller herself, her child under 15, or the person she represents.
    pub person: Id<Person>,
    /// Which.
    pub block: Id<id::Record>,
}

/// Why not.
pub type Error = crate::Error<NoSuchRecord>;

/// Whoever can block can lift the block.
///
/// # Errors
/// Refused, or what was sent cannot be taken.
pub fn run(at: &Call<'_>, request: Request) -> Result<(), Error> {
    let no_such = || Error::Not(NoSuchRecord);
    agreement::end(at, USE, request.person, request.block, super::LIFTED, no_such)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Whom;
    use crate::opt_out::{What, block};
    use crate::testing::Country;

    fn blocked(country: &Country) -> Request {
        let (person, whom) = (country.nancy, Whom::Everyone);
        let request = block::Request { person, whom, what: What::Everything, from: None, until: None };
        let block = country.act(&country.citizen(person), |at| block::run(at, request)).unwrap().id;
        Request { person, block }
    }

    #[test]
    fn a_block_that_is_lifted_holds_nobody_back_and_twice_is_once() {
        let country = Country::new();
        let request = blocked(&country);
        assert!(matches!(country.opens(&country.doctor(), country.nancy), Err(crate::Error::Refused(_))));
        let nancy = country.citizen(country.nancy);
        country.act(&nancy, |at| run(at, request.clone())).unwrap();
        assert!(country.opens(&country.doctor(), country.nancy).is_ok());
        country.act(&nancy, |at| run(at, request)).unwrap();
        assert!(country.opens(&country.doctor(), country.nancy).is_ok());
    }

    #[test]
    fn strangers_and_staff_are_refused_and_a_block_that_is_none_is_not_lifted() {
        let country = Country::new();
        let request = blocked(&country);
        for caller in [country.citizen(country.einer), country.doctor(), country.pharmacist()] {
            let answer = country.act(&caller, |at| run(at, request.clone()));
            assert!(matches!(answer, Err(Error::Refused(_))), "{answer:?}");
        }
        let unknown = Request { block: Id::from_bits(4), ..request.clone() };
        let answer = country.act(&country.citizen(country.nancy), |at| run(at, unknown));
        assert!(matches!(answer, Err(Error::Not(NoSuchRecord))), "{answer:?}");
        let foreign = Request { person: country.einer, ..request };
        let answer = country.act(&country.citizen(country.einer), |at| run(at, foreign));
        assert!(matches!(answer, Err(Error::Not(NoSuchRecord))), "{answer:?}");
        assert!(matches!(country.opens(&country.doctor(), country.nancy), Err(crate::Error::Refused(_))));
    }
}
