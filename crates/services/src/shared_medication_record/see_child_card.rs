//! A parent sees the card of a child under 15.

use notice::id::Person;
use notice::{Id, Target};

use super::MedicineCard;
use crate::Call;

/// Use of the notice.
pub const USE: &str = "fmk.read-child-card";

/// What is asked for.
#[derive(Clone, Debug)]
pub struct Request {
    /// Whose card.
    pub child: Id<Person>,
}

/// Why not.
pub type Error = crate::Error;

/// A parent sees the card of a child under 15.
///
/// # Errors
/// Refused, or the register cannot answer.
pub fn run(at: &Call<'_>, request: Request) -> Result<MedicineCard, Error> {
    let records = at.read(USE, Target::Person(request.child), None)?;
    Ok(MedicineCard::of(at, request.child, &records)?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::basic_data::end_custody;
    use crate::basic_data::my_children;
    use crate::testing::Country;

    fn sees(country: &Country) -> Result<MedicineCard, Error> {
        let request = Request { child: country.bo };
        country.act(&country.citizen(country.max), |at| run(at, request))
    }

    #[test]
    fn a_parent_sees_the_card_without_the_place() {
        let country = Country::new();
        country.prescribes(country.bo, "Amoxicillin", "J01CA04");
        let card = sees(&country).unwrap();
        assert_eq!(card.orders[0].drug.name, "Amoxicillin");
        assert_eq!(card.orders[0].created_by_organisation, None);
        assert_eq!(card.prescriptions[0].issued_by_organisation, None);
    }

    #[test]
    fn who_is_no_parent_is_refused_as_for_an_unknown_child() {
        let country = Country::new();
        for child in [country.bo, notice::Id::from_bits(5)] {
            let request = Request { child };
            let answer = country.act(&country.citizen(country.einer), |at| run(at, request));
            assert!(matches!(answer, Err(Error::Refused(_))));
        }
    }

    #[test]
    fn custody_lost_at_noon_is_refused_one_second_later() {
        let country = Country::new();
        let children = country
            .act(&country.citizen(country.max), |at| my_children::run(at, my_children::Request {}))
            .unwrap();
        assert_eq!(children.len(), 1);
        let custody = custody_of(&country);
        let noon = "2026-11-21T12:00:00Z".parse().unwrap();
        let ended = end_custody::Request { child: country.bo, custody, at: noon };
        let cpr = country.caller("cpr", None, None);
        country.act(&cpr, |at| end_custody::run(at, ended)).unwrap();
        country.house.clock.pass_until("2026-11-21T11:59:59Z".parse().unwrap());
        assert!(sees(&country).is_ok());
        country.house.clock.pass_until("2026-11-21T12:00:01Z".parse().unwrap());
        assert!(matches!(sees(&country), Err(Error::Refused(_))));
    }

    fn custody_of(country: &Country) -> Id<notice::id::Record> {
        let held = register::Query::LinksHeldBy {
            fact: notice::Fact::Guardian,
            holder: register::Holder::Person(country.max),
            at: "2026-11-21T09:00:00Z".parse().unwrap(),
            links: register::Links::All,
        };
        country
            .act(&country.citizen(country.max), |at| at.find::<crate::Nothing>(my_children::USE, held))
            .unwrap()[0]
            .id
    }

    #[test]
    fn access_ends_with_the_15th_birthday() {
        let country = Country::new();
        country.house.clock.pass_until("2030-12-01T22:59:59Z".parse().unwrap());
        assert!(sees(&country).is_ok());
        country.house.clock.pass_until("2030-12-01T23:00:00Z".parse().unwrap());
        assert!(matches!(sees(&country), Err(Error::Refused(_))));
    }
}
