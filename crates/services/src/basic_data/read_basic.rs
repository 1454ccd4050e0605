//! A professional sees basic data of a person whom she treats.

use notice::id::Person;
use notice::{Id, Target};

use super::{Basic, NSP_BASIC};
use crate::Call;

/// Use of the notice.
pub const USE: &str = "nsp.read-basic";

/// What is asked for.
#[derive(Clone, Debug)]
pub struct Request {
    /// Whose.
    pub person: Id<Person>,
}

/// Why not.
pub type Error = crate::Error;

/// A professional sees basic data of a person whom she treats.
///
/// # Errors
/// Refused, or what was sent cannot be taken.
pub fn run(at: &Call<'_>, request: Request) -> Result<Basic, Error> {
    let records = at.read(USE, Target::Person(request.person), None)?;
    let basic = records.iter().find(|record| at.is_in(record, NSP_BASIC)).map(Basic::of);
    Ok(basic.unwrap_or_default().without_protected())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::basic_data::{Feed, import_person};
    use crate::testing::{Country, NANCY, imported};

    fn reads(country: &Country, person: Id<Person>) -> Result<Basic, Error> {
        country.act(&country.doctor(), |at| run(at, Request { person }))
    }

    #[test]
    fn who_treats_sees_basic_data_and_a_protected_address_is_not_shown() {
        let country = Country::new();
        let basic = reads(&country, country.nancy).unwrap();
        assert_eq!(basic.name.as_deref(), Some("Nancy Ann Berggren"));
        assert!(basic.address.is_some());
        let mut protected = imported(NANCY, "Nancy Ann Berggren");
        protected.protection = import_person::Protection::Protected;
        let request = import_person::Request { feed: Feed::Again, people: vec![protected] };
        let system = country.caller("system", None, None);
        country.act(&system, |at| import_person::run(at, request)).unwrap();
        let basic = reads(&country, country.nancy).unwrap();
        assert!(basic.protected_address && basic.address.is_none());
    }

    #[test]
    fn who_does_not_treat_is_refused_and_an_unknown_person_is_refused_alike() {
        let country = Country::new();
        let answers = [country.einer, Id::from_bits(9)].map(|person| reads(&country, person));
        let [Err(Error::Refused(known)), Err(Error::Refused(unknown))] = answers else {
            panic!("not refused: {answers:?}");
        };
        assert_eq!(known, unknown);
        let person = country.nancy;
        let pharmacist = country.act(&country.pharmacist(), |at| run(at, Request { person }));
        assert!(matches!(pharmacist, Err(Error::Refused(_))));
    }
}
