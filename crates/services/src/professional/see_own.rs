//! A professional sees her own authorisations.

use notice::Target;

use super::{Professional, REGISTER};
use crate::Call;

/// Use of the notice.
pub const USE: &str = "nsp.read-own-professional";

/// What is asked for.
#[derive(Clone, Debug)]
pub struct Request {}

/// Why not.
pub type Error = crate::Error;

/// A professional sees her own authorisations.
///
/// # Errors
/// Refused, or what was sent cannot be taken.
pub fn run(at: &Call<'_>, Request {}: Request) -> Result<Vec<Professional>, Error> {
    let records = at.read(USE, Target::Person(at.me()), None)?;
    let own = records.iter().filter(|record| at.is_in(record, REGISTER)).map(Professional::of);
    Ok(own.collect::<Result<Vec<_>, _>>()?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::Country;

    #[test]
    fn a_professional_sees_her_own_authorisations() {
        let country = Country::new();
        let own = country.act(&country.doctor(), |at| run(at, Request {})).unwrap();
        assert_eq!((own.len(), own[0].person), (1, country.doctor));
        assert_eq!((own[0].authorisation_id.as_str(), own[0].profession.as_str()), ("0TST1", "doctor"));
    }

    #[test]
    fn a_system_and_a_doctor_whom_no_register_knows_are_refused() {
        let country = Country::new();
        let system = country.act(&country.caller("system", None, None), |at| run(at, Request {}));
        assert!(matches!(system, Err(Error::Refused(_))));
        let unknown = country.caller("doctor", Some(notice::Id::from_bits(9)), Some(country.practice));
        assert!(matches!(country.act(&unknown, |at| run(at, Request {})), Err(Error::Refused(_))));
        let citizen = country.act(&country.citizen(country.einer), |at| run(at, Request {})).unwrap();
        assert!(citizen.is_empty(), "who is no professional has no authorisation");
    }
}
