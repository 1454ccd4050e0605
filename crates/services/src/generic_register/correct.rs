//! Somebody corrects an entry: a new version, with a note beside the one before.

use notice::id::{self, Person};
use notice::{Id, Target, Writing};
use register::{Change, Content, Personal};

use super::{Closed, Form, Wanted, covered, fit, leave, open_entry};
use crate::Call;
use crate::check::Check;

/// What is asked for.
#[derive(Clone, Debug)]
pub struct Request {
    /// The one whom it is about.
    pub person: Id<Person>,
    /// The entry.
    pub record: Id<id::Record>,
    /// The version that the caller has read.
    pub version: u32,
    /// The whole content that the caller's use covers; what it does not cover stays.
    pub content: Personal<Content>,
    /// What was wrong: shown beside the entry ever after.
    pub note: Personal<String>,
}

/// Why not.
pub type Error = crate::Error<Closed>;

/// Somebody corrects an entry. Returns the number of the new version.
///
/// # Errors
/// Refused, what was sent cannot be taken, somebody else was first, or the entry is closed.
pub fn run(at: &Call<'_>, form: &Form, request: Request) -> Result<u32, Error> {
    let target = Target::Record { person: request.person, record: request.record };
    let grant = leave::<Writing, Closed>(at, form, Wanted::Correct, target)?;
    let mask = covered(at, form, &grant);
    let mut check = Check::default();
    check.text("note", request.note.reveal(), fit::NOTE_CHARACTERS_MAX);
    for problem in fit::problems(at.register.policy(), form, mask, request.content.reveal()) {
        check.that(false, || problem);
    }
    check.done::<Closed>()?;
    at.change_under(grant, |records| {
        let record = open_entry(records, form, request.record)?;
        if record.version != request.version {
            return Err(Error::Conflict(Personal::default()));
        }
        let change = Change::Correct {
            record: record.id,
            version: record.version,
            content: request.content.clone(),
            note: Some(request.note.clone().map(|note| note.trim().to_owned())),
        };
        Ok((vec![change], record.version + 1))
    })
}
