//! A citizen takes a consent back. It takes effect at once.

use notice::Id;
use notice::id::{self, Person};

use crate::{Call, NoSuchRecord, agreement};

/// Use of the notice.
pub const USE: &str = "nsp.withdraw-consent";

/// What is asked for.
#[derive(Clone, Debug)]
pub struct Request {
    /// Whose: the caller herself, her child under 15, or the person she represents.
    pub person: Id<Person>,
    /// Which.
    pub consent: Id<id::Record>,
}

/// Why not.
pub type Error = crate::Error<NoSuchRecord>;

/// A citizen takes a consent back. It takes effect at once.
///
/// # Errors
/// Refused, or what was sent cannot be taken.
pub fn run(at: &Call<'_>, request: Request) -> Result<(), Error> {
    let no_such = || Error::Not(NoSuchRecord);
    agreement::end(at, USE, request.person, request.consent, "consent.withdrawn", no_such)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Whom;
    use crate::consent::give;
    use crate::shared_medication_record::open_card_with_consent;
    use crate::testing::Country;

    fn given(country: &Country) -> Id<id::Record> {
        let whom = Whom::Organisation { id: country.hospital, name: "Hospitalet".into() };
        let until = "2026-12-01T09:00:00Z".parse().unwrap();
        let request = give::Request { person: country.nancy, whom, from: None, until };
        country.act(&country.citizen(country.nancy), |at| give::run(at, request)).unwrap().id
    }

    #[test]
    fn what_is_withdrawn_opens_nothing_from_then_on_and_twice_is_once() {
        let country = Country::new();
        let request = Request { person: country.nancy, consent: given(&country) };
        let opens = || {
            let request = open_card_with_consent::Request { patient: country.nancy };
            country.act(&country.other_doctor(), |at| open_card_with_consent::run(at, request))
        };
        assert!(opens().is_ok());
        let nancy = country.citizen(country.nancy);
        country.act(&nancy, |at| run(at, request.clone())).unwrap();
        assert!(matches!(opens(), Err(crate::Error::Refused(_))), "read after a withdrawal");
        country.act(&nancy, |at| run(at, request)).unwrap();
    }

    #[test]
    fn strangers_are_refused_and_what_is_not_there_is_not_withdrawn() {
        let country = Country::new();
        let request = Request { person: country.nancy, consent: given(&country) };
        for stranger in [country.citizen(country.einer), country.other_doctor()] {
            let answer = country.act(&stranger, |at| run(at, request.clone()));
            assert!(matches!(answer, Err(Error::Refused(_))));
        }
        let unknown = Request { consent: Id::from_bits(5), ..request };
        let answer = country.act(&country.citizen(country.nancy), |at| run(at, unknown));
        assert!(matches!(answer, Err(Error::Not(NoSuchRecord))));
    }
}
