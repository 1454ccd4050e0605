//! A treatment is over.

use notice::Id;
use notice::id::{self, Person};

use crate::{Call, NoSuchRecord, agreement};

/// Use of the notice.
pub const USE: &str = "nsp.end-treatment-relation";

/// What is asked for.
#[derive(Clone, Debug)]
pub struct Request {
    /// The patient.
    pub patient: Id<Person>,
    /// Which relation.
    pub relation: Id<id::Record>,
}

/// Why not.
pub type Error = crate::Error<NoSuchRecord>;

/// A treatment is over.
///
/// # Errors
/// Refused, or what was sent cannot be taken.
pub fn run(at: &Call<'_>, request: Request) -> Result<(), Error> {
    let no_such = || Error::Not(NoSuchRecord);
    agreement::end(at, USE, request.patient, request.relation, "relation.ended", no_such)
}
