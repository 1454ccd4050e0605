//! Source systems send treatment relations, many at a time.

use register::Change;

use super::register_relation::{self, Events, drafted};
use crate::Call;

/// Use of the notice.
pub const USE: &str = "nsp.import-relation";

/// What is asked for.
#[derive(Clone, Debug)]
pub struct Request {
    /// Who treats whom.
    pub relations: Vec<register_relation::Request>,
}

/// Why not.
pub type Error = crate::Error;

/// Source systems send treatment relations, many at a time.
///
/// # Errors
/// Refused, or what was sent cannot be taken.
pub fn run(at: &Call<'_>, request: Request) -> Result<usize, Error> {
    request.relations.iter().try_for_each(register_relation::check)?;
    let people: Vec<_> = request
        .relations
        .iter()
        .map(|relation| {
            let (draft, _) = drafted(at, relation, Events::EndIfKnown);
            (relation.patient, vec![Change::Create(Box::new(draft))])
        })
        .collect();
    let written = people.len();
    at.import(USE, people)?;
    Ok(written)
}
