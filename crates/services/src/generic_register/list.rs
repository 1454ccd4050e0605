//! The entries of a register that the caller may see.

use jiff::Timestamp;
use notice::{Reading, Target};
use register::{Query, Slice};

use super::{Entry, Form, Wanted, entries, leave};
use crate::{Call, Nothing};

/// What is asked for.
#[derive(Clone, Copy, Debug, Default)]
pub struct Request {
    /// Collected from this time on; from the beginning if `None`.
    pub from: Option<Timestamp>,
    /// Collected before this time; until now if `None`.
    pub until: Option<Timestamp>,
    /// Which part of the list; all of it if `None`.
    pub part: Option<Slice>,
}

/// Why not.
pub type Error = crate::Error;

/// The entries of a register that the caller may see, the first collected first. Each person shown has a line in the log.
///
/// # Errors
/// Refused: the role has no use that searches the register.
pub fn run(at: &Call<'_>, form: &Form, request: Request) -> Result<Vec<Entry>, Error> {
    let grant = leave::<Reading, Nothing>(at, form, Wanted::Search, Target::Query)?;
    let query = Query::CollectedIn {
        register: form.name(),
        from: request.from.unwrap_or(Timestamp::UNIX_EPOCH),
        until: request.until.unwrap_or(Timestamp::MAX),
        part: request.part.unwrap_or(Slice::ALL),
    };
    Ok(entries(at.register.read_query(at.call, grant, query)?, form.id()))
}
