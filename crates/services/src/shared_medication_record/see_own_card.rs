//! A citizen sees her own card.

use notice::Target;

use super::MedicineCard;
use crate::Call;

/// Use of the notice.
pub const USE: &str = "fmk.read-own-card";

/// What is asked for.
#[derive(Clone, Debug)]
pub struct Request {}

/// Why not.
pub type Error = crate::Error;

/// A citizen sees her own card.
///
/// # Errors
/// Refused, or the register cannot answer.
pub fn run(at: &Call<'_>, Request {}: Request) -> Result<MedicineCard, Error> {
    let records = at.read(USE, Target::Person(at.me()), None)?;
    Ok(MedicineCard::of(at, at.me(), &records)?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::Country;

    #[test]
    fn a_citizen_sees_her_own_card_and_only_that() {
        // proves rule F-08, rule F-06
        let country = Country::new();
        country.prescribes(country.nancy, "Amlodipin", "C08CA01");
        let own = country.act(&country.citizen(country.nancy), |at| run(at, Request {})).unwrap();
        assert_eq!(own.orders[0].drug.name, "Amlodipin");
        let other = country.act(&country.citizen(country.einer), |at| run(at, Request {})).unwrap();
        assert!(other.orders.is_empty());
    }

    #[test]
    fn a_doctor_in_the_role_of_a_doctor_is_refused_the_page_of_citizens() {
        let country = Country::new();
        let answer = country.act(&country.doctor(), |at| run(at, Request {}));
        assert!(matches!(answer, Err(Error::Refused(_))));
    }
}
