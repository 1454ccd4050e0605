//! A citizen sees for whom she may act.

use notice::Fact;
use register::{Holder, Links, Query, Unavailable};

use super::{REGISTER, Representation};
use crate::Call;

/// Use of the notice.
pub const USE: &str = "nsp.my-children";

/// What is asked for.
#[derive(Clone, Debug)]
pub struct Request {}

/// Why not.
pub type Error = crate::Error;

/// A citizen sees for whom she may act, by power of attorney or as a guardian, by name.
///
/// # Errors
/// Refused, or the register cannot answer.
pub fn run(at: &Call<'_>, Request {}: Request) -> Result<Vec<Representation>, Error> {
    let holder = Holder::Person(at.me());
    let held = Query::LinksHeldBy { fact: Fact::Represents, holder, at: at.now(), links: Links::All };
    let records = at.find(USE, held)?;
    let all = records.iter().filter(|record| at.is_in(record, REGISTER)).map(Representation::of);
    let mut all = all.collect::<Result<Vec<_>, Unavailable>>()?;
    all.sort_by(|a, b| a.represented_name.cmp(&b.represented_name));
    all.dedup_by_key(|one| one.represented);
    Ok(all)
}

#[cfg(test)]
mod tests {
    use notice::Id;

    use super::*;
    use crate::testing::Country;

    #[test]
    fn who_represents_nobody_and_who_is_unknown_see_an_empty_list_and_staff_see_none() {
        let country = Country::new();
        for citizen in [country.einer, Id::from_bits(9)] {
            assert!(country.act(&country.citizen(citizen), |at| run(at, Request {})).unwrap().is_empty());
        }
        for caller in [country.doctor(), country.pharmacist(), country.caller("system", None, None)] {
            let answer = country.act(&caller, |at| run(at, Request {}));
            assert!(matches!(answer, Err(Error::Refused(_))), "{:?}", answer.err());
        }
    }
}
