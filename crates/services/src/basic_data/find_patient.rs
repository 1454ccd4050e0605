//! A professional or a pharmacy finds a person by number, whom she may serve.

use jiff::civil::Date;
use notice::id::Person;
use notice::{Id, Target};
use register::Identifier;

use super::{Basic, NSP_BASIC};
use crate::Call;

/// Use of the notice.
pub const USE: &str = "nsp.find-patient";

/// What is asked for.
#[derive(Clone, Debug)]
pub struct Request {
    /// The number: a civil registration number or a replacement.
    pub number: Identifier,
}

/// The person found.
#[derive(Clone)]
pub struct Found {
    /// The person.
    pub person: Id<Person>,
    /// Name; `None` where it is not known.
    pub name: Option<String>,
    /// Date of birth.
    pub birth_date: Option<Date>,
}
crate::redacted::redacted!(Found);

/// The id behind a number: total, without a look at any record. One whom nobody knows has an id too.
#[must_use]
pub fn identify(at: &Call<'_>, number: &Identifier) -> Id<Person> {
    at.register.person(number)
}

/// Why not.
pub type Error = crate::Error;

/// A professional or a pharmacy finds a person by number, whom she may serve.
///
/// # Errors
/// Refused, or what was sent cannot be taken.
pub fn run(at: &Call<'_>, request: Request) -> Result<Found, Error> {
    let person = identify(at, &request.number);
    let records = at.read(USE, Target::Person(person), None)?;
    let basic = records.iter().find(|record| at.is_in(record, NSP_BASIC)).map(Basic::of).unwrap_or_default();
    Ok(Found { person, name: basic.name, birth_date: basic.birth_date })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::Country;

    #[test]
    fn a_professional_finds_a_person_and_sees_no_more_than_who_it_is() {
        let country = Country::new();
        let number = |text: &str| Request { number: Identifier::person_number(text).unwrap() };
        let found = country.act(&country.other_doctor(), |at| run(at, number("251248-9996"))).unwrap();
        assert_eq!((found.person, found.name.as_deref()), (country.nancy, Some("Nancy Ann Berggren")));
        let citizen = country.act(&country.citizen(country.einer), |at| run(at, number("2512489996")));
        assert!(matches!(citizen, Err(Error::Refused(_))));
        let unknown = country.act(&country.other_doctor(), |at| run(at, number("0211223989"))).unwrap();
        assert!(unknown.name.is_none());
    }
}
