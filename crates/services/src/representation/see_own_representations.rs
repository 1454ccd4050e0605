//! A citizen sees to whom she has given a power of attorney, and who is her guardian.

use notice::Target;
use register::Unavailable;

use super::{REGISTER, Representation};
use crate::Call;

/// Use of the notice.
pub const USE: &str = "nsp.read-own-basic";

/// What is asked for.
#[derive(Clone, Debug)]
pub struct Request {}

/// Why not.
pub type Error = crate::Error;

/// A citizen sees to whom she has given a power of attorney, those that are over among them; the latest first.
///
/// # Errors
/// Refused, or the register cannot answer.
pub fn run(at: &Call<'_>, Request {}: Request) -> Result<Vec<Representation>, Error> {
    let records = at.read(USE, Target::Person(at.me()), None)?;
    let own = records.iter().filter(|record| at.is_in(record, REGISTER)).map(Representation::of);
    let mut own = own.collect::<Result<Vec<_>, Unavailable>>()?;
    own.retain(|one| one.represented == at.me());
    own.sort_by_key(|one| std::cmp::Reverse(one.from));
    Ok(own)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::Country;

    #[test]
    fn who_has_given_none_sees_none_and_staff_are_refused() {
        let country = Country::new();
        let own = country.act(&country.citizen(country.nancy), |at| run(at, Request {})).unwrap();
        assert!(own.is_empty());
        let doctor = country.act(&country.doctor(), |at| run(at, Request {}));
        assert!(matches!(doctor, Err(Error::Refused(_))), "{:?}", doctor.err());
    }
}
