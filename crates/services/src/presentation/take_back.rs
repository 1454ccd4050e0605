//! A citizen changes her mind about a pharmacy.

use notice::Id;
use notice::id::{self, Person};

use crate::{Call, NoSuchRecord, agreement};

/// Use of the notice.
pub const USE: &str = "nsp.take-back-presentation";

/// What is asked for.
#[derive(Clone, Debug)]
pub struct Request {
    /// Whose: the caller herself, her child under 15, or the person she represents.
    pub person: Id<Person>,
    /// Which.
    pub presentation: Id<id::Record>,
}

/// Why not.
pub type Error = crate::Error<NoSuchRecord>;

/// A citizen changes her mind about a pharmacy.
///
/// # Errors
/// Refused, or what was sent cannot be taken.
pub fn run(at: &Call<'_>, request: Request) -> Result<(), Error> {
    let no_such = || Error::Not(NoSuchRecord);
    agreement::end(at, USE, request.person, request.presentation, "presentation.ended", no_such)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::shared_medication_record::find_prescriptions;
    use crate::testing::Country;

    #[test]
    fn what_is_taken_back_opens_nothing_and_twice_is_once() {
        let country = Country::new();
        let presentation = country.presents(country.nancy).presentation;
        let request = Request { person: country.nancy, presentation };
        let nancy = country.citizen(country.nancy);
        country.act(&nancy, |at| run(at, request.clone())).unwrap();
        country.act(&nancy, |at| run(at, request)).unwrap();
        let find = find_prescriptions::Request { patient: country.nancy };
        let found = country.act(&country.pharmacist(), |at| find_prescriptions::run(at, find));
        assert!(matches!(found, Err(crate::Error::Refused(_))));
    }

    #[test]
    fn strangers_are_refused_and_what_is_not_there_is_not_taken_back() {
        let country = Country::new();
        let presentation = country.presents(country.nancy).presentation;
        let request = Request { person: country.nancy, presentation };
        let stranger = country.act(&country.citizen(country.einer), |at| run(at, request.clone()));
        assert!(matches!(stranger, Err(Error::Refused(_))));
        let unknown = Request { presentation: Id::from_bits(5), ..request.clone() };
        let answer = country.act(&country.citizen(country.nancy), |at| run(at, unknown));
        assert!(matches!(answer, Err(Error::Not(NoSuchRecord))));
        let of_another = Request { person: country.einer, ..request };
        let answer = country.act(&country.citizen(country.einer), |at| run(at, of_another));
        assert!(matches!(answer, Err(Error::Not(NoSuchRecord))), "another person's: {answer:?}");
    }
}
