//! A pharmacy registers that a person stands at its counter and asks for her medicine.

use notice::Id;
use notice::id::Person;

pub use super::present::Output;
use crate::Call;

/// Use of the notice.
pub const USE: &str = "nsp.register-presentation";

/// What is asked for.
#[derive(Clone, Debug)]
pub struct Request {
    /// The person.
    pub person: Id<Person>,
}

/// Why not.
pub type Error = crate::Error;

/// A pharmacy registers that a person stands at its counter and asks for her medicine.
///
/// # Errors
/// Refused, or what was sent cannot be taken.
pub fn run(at: &Call<'_>, request: Request) -> Result<Output, Error> {
    let caller = &at.call.caller;
    // A pharmacy is an organisation; without one the notice's condition can never hold afterwards, and nothing is opened.
    let pharmacy = caller.actor.organisation.unwrap_or(Id::from_bits(0));
    let name = caller.organisation_name.as_deref().unwrap_or_default();
    super::present::write(at, USE, request.person, pharmacy, name, caller.actor.person)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::Country;

    #[test]
    fn who_stands_at_the_counter_is_registered_by_the_pharmacy_and_by_nobody_else() {
        let country = Country::new();
        country.prescribes(country.nancy, "Amlodipin", "C08CA01");
        let request = Request { person: country.nancy };
        let output = country.act(&country.pharmacist(), |at| run(at, request.clone())).unwrap();
        let seen = super::super::see_own_presentations::Request { person: country.nancy };
        let nancy = country.citizen(country.nancy);
        let own = country.act(&nancy, |at| super::super::see_own_presentations::run(at, seen)).unwrap();
        assert_eq!((own.len(), own[0].id), (1, output.presentation));
        for stranger in [country.doctor(), nancy] {
            let answer = country.act(&stranger, |at| run(at, request.clone()));
            assert!(matches!(answer, Err(Error::Refused(_))));
        }
    }

    #[test]
    fn an_unknown_person_is_registered_like_a_known_one() {
        let country = Country::new();
        let unknown = country.house.register.person(&register::testing::cpr("0211223989"));
        let answer = country.act(&country.pharmacist(), |at| run(at, Request { person: unknown }));
        assert!(answer.is_ok(), "the answer does not say who is known: {answer:?}");
    }
}
