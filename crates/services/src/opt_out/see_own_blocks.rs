//! A citizen sees her blocks, those that ran out among them.

use notice::id::Person;
use notice::{Id, Target};

use super::{Block, REGISTER};
use crate::Call;

/// Use of the notice.
pub const USE: &str = "nsp.read-own-blocks";

/// What is asked for.
#[derive(Clone, Debug)]
pub struct Request {
    /// Whose: the caller herself, her child under 15, or the person she represents.
    pub person: Id<Person>,
}

/// Why not.
pub type Error = crate::Error;

/// A citizen sees her blocks, those that ran out among them.
///
/// # Errors
/// Refused, or what was sent cannot be taken.
pub fn run(at: &Call<'_>, request: Request) -> Result<Vec<Block>, Error> {
    let records = at.read(USE, Target::Person(request.person), None)?;
    let blocks = records.iter().filter(|record| at.is_in(record, REGISTER)).map(Block::of);
    let mut blocks = blocks.collect::<Result<Vec<_>, _>>()?;
    blocks.sort_by_key(|found| std::cmp::Reverse(found.from));
    Ok(blocks)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::Whom;
    use crate::opt_out::{What, block};
    use crate::testing::Country;

    fn blocks(country: &Country, person: Id<Person>, until: Option<&str>) -> Block {
        let until = until.map(|until| until.parse().unwrap());
        let whom = Whom::Organisation { id: country.hospital, name: "Hospitalet".into() };
        let request = block::Request { person, whom, what: What::Everything, from: None, until };
        let parent = if person == country.bo { country.max } else { person };
        country.act(&country.citizen(parent), |at| block::run(at, request)).unwrap()
    }

    #[test]
    fn a_person_and_the_parent_of_a_child_see_the_blocks_those_that_ran_out_among_them() {
        let country = Country::new();
        let first = blocks(&country, country.bo, Some("2026-11-22T09:00:00Z"));
        country.house.clock.pass(jiff::Span::new().days(2));
        let second = blocks(&country, country.bo, None);
        let request = Request { person: country.bo };
        let seen = country.act(&country.citizen(country.max), |at| run(at, request)).unwrap();
        assert_eq!(seen, [second, first], "the latest first");
        let now = "2026-11-23T09:00:00Z".parse().unwrap();
        assert_eq!(seen.iter().map(|block| block.holds(now)).collect::<Vec<_>>(), [true, false]);
    }

    #[test]
    fn nobody_else_learns_of_a_block() {
        let country = Country::new();
        blocks(&country, country.nancy, None);
        for caller in [country.citizen(country.einer), country.doctor(), country.other_doctor()] {
            for person in [country.nancy, Id::from_bits(9)] {
                let answer = country.act(&caller, |at| run(at, Request { person }));
                assert!(matches!(answer, Err(Error::Refused(_))));
            }
        }
    }
}
