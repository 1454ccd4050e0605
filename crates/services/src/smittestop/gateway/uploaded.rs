//! The gateway answered about keys of ours: what became of them is written down, so that they do not go up again.

use exposure::gateway::FederatedKey;
use notice::{Target, Writing};

use super::{Delivery, Fate, USE};
use crate::gateway_records::{self as records, Kind, Note};
use crate::smittestop::closing::is_closed;
use crate::{Call, Nothing};

/// What happened.
#[derive(Clone, Debug)]
pub struct Request {
    /// The tag under which they were sent.
    pub tag: String,
    /// The keys, as they were sent.
    pub keys: Vec<FederatedKey>,
    /// What became of them.
    pub fate: Fate,
    /// Our own country.
    pub own: String,
}

/// Why not.
pub type Error = crate::Error<Nothing>;

/// Writes down what became of some keys.
///
/// # Errors
/// Refused, or the register cannot take it. Then they are sent again, and the gateway says that it has them.
// rule SS-43: the fourteen days begin with the upload.
pub fn run(at: &Call<'_>, request: &Request) -> Result<(), Error> {
    // Rule SS-45: the app was closed meanwhile; of this too nothing is kept.
    if is_closed::run::<Nothing>(at)? {
        return Ok(());
    }
    let (tag, fate) = (request.tag.as_str(), request.fate);
    let person = records::nobody(at, &subject(tag));
    let day = records::day_of(at.now());
    let kind = match fate {
        Fate::Stored | Fate::Known => Kind::Up,
        Fate::Refused => Kind::Refused,
    };
    let note = Note { kind, day, tag: tag.to_owned() };
    let keys = u64::try_from(request.keys.len()).unwrap_or(u64::MAX);
    let said = Delivery::Up { tag: tag.to_owned(), day, keys, fate };
    let changes = vec![
        records::keys(
            person,
            records::id_of(&record(tag, fate)),
            (&note, &request.own),
            &request.keys,
            at.now(),
        ),
        records::delivery(person, records::id_of(&["up", tag, word(fate)]), &said, at.now()),
    ];
    let grant = at.ask::<Writing, Nothing>(USE, Target::Person(person), None)?;
    at.change_under(grant, |_| Ok((changes.clone(), ())))
}

/// What the subject of the records of an upload follows from.
pub(super) const fn subject(tag: &str) -> [&str; 2] {
    ["upload", tag]
}

/// What the id of the record of its keys follows from.
pub(super) const fn record(tag: &str, fate: Fate) -> [&str; 3] {
    ["upload-keys", tag, word(fate)]
}

const fn word(fate: Fate) -> &'static str {
    match fate {
        Fate::Stored => "stored",
        Fate::Known => "known",
        Fate::Refused => "refused",
    }
}
