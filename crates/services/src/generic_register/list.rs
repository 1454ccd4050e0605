//! The entries of a register that the caller may see.

use jiff::Timestamp;
use notice::{Reading, Target};
use register::{Query, Slice};

use super::{Entry, Form, Wanted, entries, leave};
use crate::{Call, Nothing};

/// What is asked for.
#[derive(Clone, Copy, Debug, Default)]
pub struct Request {
    /// Which of them.
    pub which: Which,
}

/// Which entries of a list.
#[derive(Clone, Copy, Debug)]
pub enum Which {
    /// Those collected in a span of time.
    Collected {
        /// From this time on; from the beginning if `None`.
        from: Option<Timestamp>,
        /// Before this time; until now if `None`.
        until: Option<Timestamp>,
    },
    /// A page of the list.
    Part(Slice),
}

impl Default for Which {
    fn default() -> Self {
        Self::Collected { from: None, until: None }
    }
}

/// What a list holds.
pub struct Listed {
    /// The entries.
    pub entries: Vec<Entry>,
    /// Whether more come after the part that was asked for.
    pub more: bool,
}

/// Why not.
pub type Error = crate::Error;

/// The entries of a register that the caller may see, the first collected first. Each person shown has a line in the log.
///
/// # Errors
/// Refused: the role has no use that searches the register.
pub fn run(at: &Call<'_>, form: &Form, request: Request) -> Result<Listed, Error> {
    let grant = leave::<Reading, Nothing>(at, form, Wanted::Search, Target::Query)?;
    let register = form.name();
    let (records, more) = match request.which {
        Which::Part(part) => {
            let part = at.register.read_part(at.call, grant, register, part)?;
            (part.records, part.more)
        }
        Which::Collected { from, until } => {
            let (from, until) = (from.unwrap_or(Timestamp::UNIX_EPOCH), until.unwrap_or(Timestamp::MAX));
            let query = Query::CollectedIn { register, from, until };
            (at.register.read_query(at.call, grant, query)?, false)
        }
    };
    Ok(Listed { entries: entries(records, form.id()), more })
}
