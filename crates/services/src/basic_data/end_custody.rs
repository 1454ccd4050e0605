//! The civil register reports that custody ended.

use jiff::Timestamp;
use notice::id::{self, Person};
use notice::{Id, Target};

use register::Change;

use super::CustodyContent;
use crate::{Call, NoSuchRecord, content};

/// Use of the notice.
pub const USE: &str = "nsp.register-custody";

/// What is asked for.
#[derive(Clone, Debug)]
pub struct Request {
    /// The child.
    pub child: Id<Person>,
    /// Which custody.
    pub custody: Id<id::Record>,
    /// When it ended; at noon means that a look at one second past noon is refused.
    pub at: Timestamp,
}

/// Why not.
pub type Error = crate::Error<NoSuchRecord>;

/// The civil register reports that custody ended.
///
/// # Errors
/// Refused, or what was sent cannot be taken.
pub fn run(at: &Call<'_>, request: Request) -> Result<(), Error> {
    at.change(USE, Target::Record { person: request.child, record: request.custody }, None, |records| {
        let record = records.iter().find(|record| record.id == request.custody);
        let record = record.ok_or(Error::Not(NoSuchRecord))?;
        let mut fields: CustodyContent = content::read_whole(record)?;
        fields.until = Some(fields.until.map_or(request.at, |until| until.min(request.at)));
        let changes = vec![
            Change::Correct {
                record: record.id,
                version: record.version,
                content: content::write(&fields),
                note: None,
            },
            Change::EndLink { record: record.id, at: request.at },
            Change::Raise { record: record.id, event: "custody.ended".to_owned(), at: request.at },
        ];
        Ok((changes, ()))
    })
}
