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
