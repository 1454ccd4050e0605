//! A professional opens the whole card, private marks included, with the consent that the person gives.

use notice::id::Person;
use notice::{Id, Target};

use super::MedicineCard;
use crate::Call;

/// Use of the notice.
pub const USE: &str = "fmk.read-with-consent";

/// What is asked for.
#[derive(Clone, Debug)]
pub struct Request {
    /// Whose card.
    pub patient: Id<Person>,
}

/// Why not.
pub type Error = crate::Error;

/// A professional opens the whole card, private marks included, with the consent that the person gives.
///
/// # Errors
/// Refused, or the register cannot answer.
pub fn run(at: &Call<'_>, request: Request) -> Result<MedicineCard, Error> {
    let records = at.read(USE, Target::Person(request.patient), None)?;
    Ok(MedicineCard::of(at, request.patient, &records)?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::shared_medication_record::mark_private;
    use crate::testing::Country;
    use crate::{Whom, consent};

    fn consents(country: &Country) -> consent::Consent {
        let request = consent::give::Request {
            person: country.nancy,
            whom: Whom::Organisation { id: country.hospital, name: "Hospitalet".into() },
            from: None,
            until: "2026-12-01T00:00:00Z".parse().unwrap(),
        };
        country.act(&country.citizen(country.nancy), |at| consent::give::run(at, request)).unwrap()
    }

    #[test]
    fn with_consent_the_private_medicine_is_seen_and_without_it_nothing() {
        let country = Country::new();
        let (order, _) = country.prescribes(country.nancy, "Amlodipin", "C08CA01");
        let mark = mark_private::Request { person: country.nancy, order: order.id };
        country.act(&country.citizen(country.nancy), |at| mark_private::run(at, mark)).unwrap();
        let open = || {
            let request = Request { patient: country.nancy };
            country.act(&country.other_doctor(), |at| run(at, request))
        };
        assert!(matches!(open(), Err(Error::Refused(_))));
        let given = consents(&country);
        assert_eq!(open().unwrap().orders[0].drug.name, "Amlodipin");
        let request = consent::withdraw::Request { person: country.nancy, consent: given.id };
        country.act(&country.citizen(country.nancy), |at| consent::withdraw::run(at, request)).unwrap();
        assert!(matches!(open(), Err(Error::Refused(_))), "read after a withdrawal");
    }

    #[test]
    fn a_consent_ends_on_its_day() {
        let country = Country::new();
        consents(&country);
        country.house.clock.pass_until("2026-12-01T00:00:00Z".parse().unwrap());
        let request = Request { patient: country.nancy };
        let answer = country.act(&country.other_doctor(), |at| run(at, request));
        assert!(matches!(answer, Err(Error::Refused(_))));
    }
}
