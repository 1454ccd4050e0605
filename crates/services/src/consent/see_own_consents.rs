//! A citizen sees her consents, those that ran out among them.

use notice::id::Person;
use notice::{Id, Target};

use super::{Consent, REGISTER};
use crate::Call;

/// Use of the notice.
pub const USE: &str = "nsp.read-own-consents";

/// What is asked for.
#[derive(Clone, Debug)]
pub struct Request {
    /// Whose: the caller herself, her child under 15, or the person she represents.
    pub person: Id<Person>,
}

/// Why not.
pub type Error = crate::Error;

/// A citizen sees her consents, those that ran out among them.
///
/// # Errors
/// Refused, or what was sent cannot be taken.
pub fn run(at: &Call<'_>, request: Request) -> Result<Vec<Consent>, Error> {
    let records = at.read(USE, Target::Person(request.person), None)?;
    let consents = records.iter().filter(|record| at.is_in(record, REGISTER)).map(Consent::of);
    let mut consents = consents.collect::<Result<Vec<_>, _>>()?;
    consents.sort_by_key(|found| std::cmp::Reverse(found.from));
    Ok(consents)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Whom;
    use crate::consent::{give, withdraw};
    use crate::testing::Country;

    #[test]
    fn a_person_sees_her_consents_those_that_ended_among_them_and_nobody_else_does() {
        let country = Country::new();
        let nancy = country.citizen(country.nancy);
        let person = country.nancy;
        let until = "2026-12-01T09:00:00Z".parse().unwrap();
        let whom = Whom::Organisation { id: country.hospital, name: "Hospitalet".into() };
        let request = give::Request { person, whom, from: None, until };
        let given = country.act(&nancy, |at| give::run(at, request)).unwrap();
        let seen = country.act(&nancy, |at| run(at, Request { person })).unwrap();
        assert_eq!(seen, std::slice::from_ref(&given));
        let request = withdraw::Request { person, consent: given.id };
        country.act(&nancy, |at| withdraw::run(at, request)).unwrap();
        let seen = country.act(&nancy, |at| run(at, Request { person })).unwrap();
        assert_eq!((seen.len(), seen[0].until), (1, "2026-11-21T09:00:00Z".parse().unwrap()));
        for asked in [person, Id::from_bits(9)] {
            let answer =
                country.act(&country.citizen(country.einer), |at| run(at, Request { person: asked }));
            assert!(matches!(answer, Err(Error::Refused(_))));
        }
    }
}
