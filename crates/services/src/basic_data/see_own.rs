//! A citizen sees her own basic data.

use notice::Target;

use super::{Basic, NSP_BASIC};
use crate::Call;

/// Use of the notice.
pub const USE: &str = "nsp.read-own-basic";

/// What is asked for.
#[derive(Clone, Debug)]
pub struct Request {}

/// Why not.
pub type Error = crate::Error;

/// A citizen sees her own basic data.
///
/// # Errors
/// Refused, or what was sent cannot be taken.
pub fn run(at: &Call<'_>, Request {}: Request) -> Result<Basic, Error> {
    let records = at.read(USE, Target::Person(at.me()), None)?;
    let basic = records.iter().find(|record| at.is_in(record, NSP_BASIC)).map(Basic::of);
    Ok(basic.unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use notice::Id;

    use super::*;
    use crate::testing::Country;

    #[test]
    fn a_citizen_sees_her_own_data_and_one_whom_nobody_knows_sees_nothing() {
        // proves rule N-03
        let country = Country::new();
        let own = country.act(&country.citizen(country.nancy), |at| run(at, Request {})).unwrap();
        assert_eq!(own.name.as_deref(), Some("Nancy Ann Berggren"));
        assert_eq!(own.cpr.as_deref(), Some(crate::testing::NANCY));
        let unknown = country.act(&country.citizen(Id::from_bits(9)), |at| run(at, Request {})).unwrap();
        assert!(unknown.name.is_none() && unknown.cpr.is_none());
    }

    #[test]
    fn staff_and_systems_have_no_data_of_their_own_here() {
        let country = Country::new();
        for caller in [country.doctor(), country.pharmacist(), country.caller("system", None, None)] {
            let answer = country.act(&caller, |at| run(at, Request {}));
            assert!(matches!(answer, Err(Error::Refused(_))), "{:?}", answer.err());
        }
    }
}
