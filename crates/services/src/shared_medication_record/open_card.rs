//! A professional opens the card of a person whom she treats.

use notice::id::Person;
use notice::{Id, Target};

use super::MedicineCard;
use crate::Call;

/// Use of the notice.
pub const USE: &str = "fmk.read-card";

/// What is asked for.
#[derive(Clone, Debug)]
pub struct Request {
    /// Whose card.
    pub patient: Id<Person>,
}

/// Why not.
pub type Error = crate::Error;

/// A professional opens the card of a person whom she treats.
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
    use crate::testing::Country;

    #[test]
    fn who_treats_the_person_sees_the_card() {
        // proves rule F-14, rule F-05, rule F-04
        let country = Country::new();
        let (order, prescription) = country.prescribes(country.nancy, "Amlodipin", "C08CA01");
        let card = country.opens(&country.doctor(), country.nancy).unwrap();
        assert_eq!(card.orders.len(), 1);
        assert_eq!(card.orders[0].identifier, order.identifier);
        assert_eq!(card.prescriptions[0].identifier, prescription.identifier);
        assert_eq!(card.prescriptions[0].issued_by.as_deref(), Some("Test doctor"));
        assert_eq!(card.prescriptions[0].issued_by_authorisation.as_deref(), Some("0TST1"));
        assert_eq!(card.prescriptions[0].issued_by_organisation.as_deref(), Some("Lægerne Torvet"));
    }

    #[test]
    fn who_treats_nobody_is_refused_with_the_way_forward() {
        let country = Country::new();
        let refused = country.opens(&country.other_doctor(), country.nancy).unwrap_err();
        let Error::Refused(refusal) = refused else { panic!("{refused}") };
        let policy = &country.house.policy;
        let ways: Vec<_> = refusal.instead.iter().map(|way| policy.use_name(*way)).collect();
        assert!(ways.contains(&"nsp.take-emergency-access"), "{ways:?}");
    }

    #[test]
    fn a_person_whom_nobody_knows_is_refused_like_any_other() {
        let country = Country::new();
        let unknown = country.house.register.person(&register::testing::cpr("0211223989"));
        let (known, unknown) = (country.einer, unknown);
        let refused =
            [known, unknown].map(|person| country.opens(&country.other_doctor(), person).unwrap_err());
        let [Error::Refused(known), Error::Refused(unknown)] = refused else { panic!("not refused") };
        assert_eq!(known, unknown);
    }
}
