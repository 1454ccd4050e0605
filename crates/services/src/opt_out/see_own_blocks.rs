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
    blocks.sort_by(|a, b| b.from.cmp(&a.from));
    Ok(blocks)
}
