//! A pharmacy has served the prescriptions: it sees them no longer.

use notice::Id;
use notice::id::{self, Person};

use crate::{Call, NoSuchRecord, agreement};

/// Use of the notice.
pub const USE: &str = "nsp.end-presentation";

/// What is asked for.
#[derive(Clone, Debug)]
pub struct Request {
    /// The person.
    pub person: Id<Person>,
    /// Which.
    pub presentation: Id<id::Record>,
}

/// Why not.
pub type Error = crate::Error<NoSuchRecord>;

/// A pharmacy has served the prescriptions: it sees them no longer.
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
    use crate::testing::Country;

    #[test]
    fn a_pharmacy_that_has_served_sees_nothing_more() {
        let country = Country::new();
        let presentation = country.presents(country.nancy).presentation;
        let request = Request { person: country.nancy, presentation };
        let stranger = country.act(&country.doctor(), |at| run(at, request.clone()));
        assert!(matches!(stranger, Err(Error::Refused(_))));
        country.act(&country.pharmacist(), |at| run(at, request.clone())).unwrap();
        let again = country.act(&country.pharmacist(), |at| run(at, request));
        assert!(matches!(again, Err(Error::Refused(_))), "it is presented no longer: {again:?}");
    }

    #[test]
    fn a_presentation_that_is_none_is_told_apart_from_no_other() {
        let country = Country::new();
        country.presents(country.nancy);
        let request = Request { person: country.nancy, presentation: Id::from_bits(5) };
        let answer = country.act(&country.pharmacist(), |at| run(at, request));
        assert!(matches!(answer, Err(Error::Not(NoSuchRecord))));
    }
}
