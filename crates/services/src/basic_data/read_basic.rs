//! A professional sees basic data of a person whom she treats.

use notice::id::Person;
use notice::{Id, Target};

use super::{Basic, NSP_BASIC};
use crate::Call;

/// Use of the notice.
pub const USE: &str = "nsp.read-basic";

/// What is asked for.
#[derive(Clone, Debug)]
pub struct Request {
    /// Whose.
    pub person: Id<Person>,
}

/// Why not.
pub type Error = crate::Error;

/// A professional sees basic data of a person whom she treats.
///
/// # Errors
/// Refused, or what was sent cannot be taken.
pub fn run(at: &Call<'_>, request: Request) -> Result<Basic, Error> {
    let records = at.read(USE, Target::Person(request.person), None)?;
    let basic = records.iter().find(|record| at.is_in(record, NSP_BASIC)).map(Basic::of);
    Ok(basic.unwrap_or_default().without_protected())
}
