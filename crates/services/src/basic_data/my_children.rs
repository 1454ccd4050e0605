//! A citizen sees for which children she may look: in her custody, under 15, born in May 2004 or later.

use jiff::Timestamp;
use notice::id::Person;
use notice::{Fact, Id};
use register::{Holder, Links, Query, Unavailable};

use super::{BORN_FROM, CUSTODY, CustodyContent, turns_15};
use crate::{Call, content};

/// Use of the notice.
pub const USE: &str = "nsp.my-children";

/// What is asked for.
#[derive(Clone, Debug)]
pub struct Request {}

/// A child for whom the caller may look.
#[derive(Clone)]
pub struct Child {
    /// The child.
    pub person: Id<Person>,
    /// Name.
    pub name: String,
    /// Until when the caller may look: the 15th birthday, or earlier.
    pub until: Option<Timestamp>,
}
crate::redacted::redacted!(Child);

/// Why not.
pub type Error = crate::Error;

/// A citizen sees for which children she may look: in her custody, under 15, born in May 2004 or later.
///
/// # Errors
/// Refused, or what was sent cannot be taken.
pub fn run(at: &Call<'_>, Request {}: Request) -> Result<Vec<Child>, Error> {
    let (fact, holder) = (Fact::Guardian, Holder::Person(at.me()));
    let held = Query::LinksHeldBy { fact, holder, at: at.now(), links: Links::All };
    let records = at.find(USE, held)?;
    let custodies = records.iter().filter(|record| at.is_in(record, CUSTODY)).map(|record| {
        let fields: CustodyContent = content::read_whole(record)?;
        let person = content::in_role(record, "child").ok_or(Unavailable::Tampered)?;
        Ok(Child { person, name: fields.child_name, until: fields.until })
    });
    let mut children = custodies.collect::<Result<Vec<_>, Unavailable>>()?;
    let oldest = turns_15(BORN_FROM);
    children.retain(|child| child.until.is_none_or(|until| until >= oldest && at.now() < until));
    children.sort_by(|a, b| a.name.cmp(&b.name));
    children.dedup_by_key(|child| child.person);
    Ok(children)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::Country;

    #[test]
    fn a_parent_sees_a_child_until_its_fifteenth_birthday_and_not_a_moment_longer() {
        let country = Country::new();
        let children = || country.act(&country.citizen(country.max), |at| run(at, Request {})).unwrap();
        assert_eq!((children().len(), children()[0].name.as_str()), (1, "Bo Berggren"));
        country.house.clock.pass_until("2030-12-01T22:59:59Z".parse().unwrap());
        assert_eq!(children().len(), 1);
        country.house.clock.pass_until("2030-12-01T23:00:00Z".parse().unwrap());
        assert!(children().is_empty());
    }

    #[test]
    fn who_has_no_child_and_who_is_unknown_see_an_empty_list_and_staff_see_none() {
        let country = Country::new();
        for citizen in [country.einer, Id::from_bits(9)] {
            let children = country.act(&country.citizen(citizen), |at| run(at, Request {})).unwrap();
            assert!(children.is_empty());
        }
        for caller in [country.doctor(), country.pharmacist(), country.caller("system", None, None)] {
            let answer = country.act(&caller, |at| run(at, Request {}));
            assert!(matches!(answer, Err(Error::Refused(_))), "{:?}", answer.err());
        }
    }
}
