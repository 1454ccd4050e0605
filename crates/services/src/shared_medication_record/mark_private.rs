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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::shared_medication_record::unmark_private;
    use crate::testing::Country;

    #[test]
    fn a_private_medicine_is_hidden_with_its_prescriptions_and_twice_is_once() {
        // proves rule N-02
        let country = Country::new();
        let (order, _) = country.prescribes(country.nancy, "Amlodipin", "C08CA01");
        let version = country.version(country.nancy);
        let nancy = country.citizen(country.nancy);
        let mark = Request { person: country.nancy, order: order.id };
        assert_eq!(country.act(&nancy, |at| run(at, mark.clone())).unwrap(), 2);
        assert_eq!(country.act(&nancy, |at| run(at, mark.clone())).unwrap(), 0);
        assert_eq!(country.version(country.nancy), version, "the mark is no new version");
        let card = country.opens(&country.doctor(), country.nancy).unwrap();
        assert!(card.orders.is_empty() && card.prescriptions.is_empty());
        assert_eq!(card.hidden_private, 2);
        let lift = unmark_private::Request { person: country.nancy, order: order.id };
        assert_eq!(country.act(&nancy, |at| unmark_private::run(at, lift.clone())).unwrap(), 2);
        assert_eq!(country.act(&nancy, |at| unmark_private::run(at, lift)).unwrap(), 0);
        assert_eq!(country.opens(&country.doctor(), country.nancy).unwrap().orders.len(), 1);
    }

    #[test]
    fn a_stranger_may_not_mark_and_a_doctor_may_not_lift() {
        let country = Country::new();
        let (order, _) = country.prescribes(country.nancy, "Amlodipin", "C08CA01");
        let mark = Request { person: country.nancy, order: order.id };
        let stranger = country.act(&country.citizen(country.einer), |at| run(at, mark.clone()));
        assert!(matches!(stranger, Err(Error::Refused(_))));
        assert_eq!(country.act(&country.doctor(), |at| run(at, mark)).unwrap(), 2);
        let lift = unmark_private::Request { person: country.nancy, order: order.id };
        let doctor = country.act(&country.doctor(), |at| unmark_private::run(at, lift));
        assert!(matches!(doctor, Err(Error::Refused(_))));
        let unknown = Request { person: country.nancy, order: Id::from_bits(4) };
        let answer = country.act(&country.citizen(country.nancy), |at| run(at, unknown));
        assert!(matches!(answer, Err(Error::Not(super::super::NotNow::NoSuchOrder))));
    }
}
