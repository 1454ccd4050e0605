//! Source systems send treatment relations, many at a time.

use register::Change;

use super::register_relation::{self, Events, drafted};
use crate::Call;

/// Use of the notice.
pub const USE: &str = "nsp.import-relation";

/// What is asked for.
#[derive(Clone, Debug)]
pub struct Request {
    /// Who treats whom.
    pub relations: Vec<register_relation::Request>,
}

/// Why not.
pub type Error = crate::Error;

/// Source systems send treatment relations, many at a time.
///
/// # Errors
/// Refused, or what was sent cannot be taken.
pub fn run(at: &Call<'_>, request: Request) -> Result<usize, Error> {
    request.relations.iter().try_for_each(register_relation::check)?;
    let people: Vec<_> = request
        .relations
        .iter()
        .map(|relation| {
            let (draft, _) = drafted(at, relation, Events::EndIfKnown);
            (relation.patient, vec![Change::Create(Box::new(draft))])
        })
        .collect();
    let written = people.len();
    at.import(USE, people)?;
    Ok(written)
}

#[cfg(test)]
mod tests {
    use notice::Id;

    use super::*;
    use crate::testing::Country;
    use crate::treatment_relation::{Kind, Source};

    fn relation(country: &Country) -> register_relation::Request {
        register_relation::Request {
            patient: country.einer,
            organisation: country.hospital,
            organisation_name: "Hospitalet".into(),
            professional: None,
            kind: Kind::Visit,
            from: country.house.register.call(country.doctor()).now,
            until: None,
            source: Source::PatientRegister,
        }
    }

    #[test]
    fn a_relation_that_a_source_sends_opens_the_card_to_who_treats() {
        // proves rule N-04
        let country = Country::new();
        let opens = || country.opens(&country.other_doctor(), country.einer);
        assert!(matches!(opens(), Err(crate::Error::Refused(_))));
        let request = Request { relations: vec![relation(&country)] };
        let system = country.caller("system", None, None);
        assert_eq!(country.act(&system, |at| run(at, request)).unwrap(), 1);
        assert!(opens().is_ok());
    }

    #[test]
    fn what_a_professional_would_send_is_refused_and_a_relation_without_a_name_is_not_taken() {
        // threats T12
        let country = Country::new();
        for caller in [country.other_doctor(), country.citizen(country.einer), country.pharmacist()] {
            for relations in [vec![relation(&country)], Vec::new()] {
                let answer = country.act(&caller, |at| run(at, Request { relations }));
                assert!(matches!(answer, Err(Error::Refused(_))), "{answer:?}");
            }
        }
        let system = country.caller("system", None, None);
        let nameless = register_relation::Request { organisation_name: String::new(), ..relation(&country) };
        let bad = Request { relations: vec![relation(&country), nameless] };
        assert!(matches!(country.act(&system, |at| run(at, bad)), Err(Error::Invalid(_))));
        assert!(country.opens(&country.other_doctor(), country.einer).is_err(), "all or none");
        let unknown = register_relation::Request { patient: Id::from_bits(9), ..relation(&country) };
        let written = country.act(&system, |at| run(at, Request { relations: vec![unknown] }));
        assert_eq!(written.unwrap(), 1, "the answer does not say who is known");
    }
}
