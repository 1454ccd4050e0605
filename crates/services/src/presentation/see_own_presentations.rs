//! A citizen sees which pharmacies may see her prescriptions.

use jiff::Timestamp;
use notice::id::{self, Person};
use notice::{Id, Target};

use register::Unavailable;

use super::{PresentationContent, REGISTER};
use crate::{Call, content};

/// Use of the notice.
pub const USE: &str = "nsp.read-own-blocks";

/// What is asked for.
#[derive(Clone, Debug)]
pub struct Request {
    /// Whose: the caller herself, her child under 15, or the person she represents.
    pub person: Id<Person>,
}

/// A presentation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Presentation {
    /// The record.
    pub id: Id<id::Record>,
    /// Name of the pharmacy.
    pub pharmacy_name: String,
    /// From when.
    pub from: Timestamp,
    /// Until when.
    pub until: Timestamp,
}

/// Why not.
pub type Error = crate::Error;

/// A citizen sees which pharmacies may see her prescriptions.
///
/// # Errors
/// Refused, or what was sent cannot be taken.
pub fn run(at: &Call<'_>, request: Request) -> Result<Vec<Presentation>, Error> {
    let records = at.read(USE, Target::Person(request.person), None)?;
    let own = records.iter().filter(|record| at.is_in(record, REGISTER)).map(|record| {
        let fields: PresentationContent = content::read_whole(record)?;
        let PresentationContent { pharmacy_name, from, until, .. } = fields;
        Ok(Presentation { id: record.id, pharmacy_name, from, until })
    });
    let mut own = own.collect::<Result<Vec<_>, Unavailable>>()?;
    own.sort_by_key(|found| std::cmp::Reverse(found.from));
    Ok(own)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::Country;

    #[test]
    fn a_person_and_the_parent_of_a_child_see_them_the_latest_first_and_nobody_else() {
        let country = Country::new();
        country.presents(country.bo);
        country.house.clock.pass(jiff::Span::new().hours(2));
        country.presents(country.bo);
        let request = Request { person: country.bo };
        let parent = country.act(&country.citizen(country.max), |at| run(at, request.clone())).unwrap();
        assert_eq!(parent.len(), 2);
        assert!(parent[0].from > parent[1].from);
        assert_eq!(parent[0].pharmacy_name, "Torvets Apotek");
        let unknown = Request { person: Id::from_bits(9) };
        for asked in [request, unknown] {
            let stranger = country.act(&country.citizen(country.einer), |at| run(at, asked));
            assert!(matches!(stranger, Err(Error::Refused(_))));
        }
    }
}
