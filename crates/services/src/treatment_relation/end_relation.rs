//! A treatment is over.

use notice::Id;
use notice::id::{self, Person};

use crate::{Call, NoSuchRecord, agreement};

/// Use of the notice.
pub const USE: &str = "nsp.end-treatment-relation";

/// What is asked for.
#[derive(Clone, Debug)]
pub struct Request {
    /// The patient.
    pub patient: Id<Person>,
    /// Which relation.
    pub relation: Id<id::Record>,
}

/// Why not.
pub type Error = crate::Error<NoSuchRecord>;

/// A treatment is over.
///
/// # Errors
/// Refused, or what was sent cannot be taken.
pub fn run(at: &Call<'_>, request: Request) -> Result<(), Error> {
    let no_such = || Error::Not(NoSuchRecord);
    agreement::end(at, USE, request.patient, request.relation, "relation.ended", no_such)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::Country;
    use crate::treatment_relation::Source;

    #[test]
    fn a_treatment_that_is_over_opens_nothing_and_twice_is_once() {
        let country = Country::new();
        let relation = country.treats(country.einer, Source::Referral).relation;
        assert!(country.opens(&country.doctor(), country.einer).is_ok());
        let request = Request { patient: country.einer, relation };
        let system = country.caller("system", None, None);
        country.act(&system, |at| run(at, request.clone())).unwrap();
        assert!(country.opens(&country.doctor(), country.einer).is_err());
        country.act(&system, |at| run(at, request)).unwrap();
    }

    #[test]
    fn only_a_source_ends_a_treatment_and_only_one_that_is_there() {
        let country = Country::new();
        let relation = country.treats(country.einer, Source::Referral).relation;
        let request = Request { patient: country.einer, relation };
        for caller in [country.doctor(), country.citizen(country.einer)] {
            let answer = country.act(&caller, |at| run(at, request.clone()));
            assert!(matches!(answer, Err(Error::Refused(_))));
        }
        let system = country.caller("system", None, None);
        let unknown = Request { relation: Id::from_bits(5), ..request.clone() };
        let of_another = Request { patient: country.nancy, ..request };
        for asked in [unknown, of_another] {
            let answer = country.act(&system, |at| run(at, asked));
            assert!(matches!(answer, Err(Error::Not(NoSuchRecord))), "{answer:?}");
        }
        assert!(country.opens(&country.doctor(), country.einer).is_ok(), "it goes on");
    }
}
