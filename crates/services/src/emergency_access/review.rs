//! A reviewer has looked at an emergency access.

use notice::id::{self, Person};
use notice::{Id, Target};
use register::{Change, Personal};

use super::{AccessContent, REASON_LETTERS_MIN};
use crate::check::Check;
use crate::{Call, NoSuchRecord, content};

/// Use of the notice.
pub const USE: &str = "nsp.review-emergency-access";

/// What is asked for.
#[derive(Clone, Debug)]
pub struct Request {
    /// Whose data.
    pub patient: Id<Person>,
    /// Which.
    pub access: Id<id::Record>,
    /// What was found.
    pub verdict: Verdict,
    /// In the reviewer's words; the person reads it.
    pub note: Personal<String>,
}

/// What the reviewer found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// It was needed.
    Justified,
    /// It was not; the employer is told and the record is kept for five years. Its lines in the log are kept by [`super::keep_longer`].
    NotJustified,
}

/// Why not.
pub type Error = crate::Error<NoSuchRecord>;

/// A reviewer has looked at an emergency access.
///
/// # Errors
/// Refused, or what was sent cannot be taken.
pub fn run(at: &Call<'_>, request: Request) -> Result<(), Error> {
    let mut check = Check::default();
    check.letters("note", request.note.reveal(), REASON_LETTERS_MIN);
    check.done()?;
    let target = Target::Record { person: request.patient, record: request.access };
    at.change(USE, target, Some(&request.note), |records| {
        let record = records.iter().find(|record| record.id == request.access);
        let record = record.ok_or(Error::Not(NoSuchRecord))?;
        let mut fields: AccessContent = content::read_whole(record)?;
        let (da, _) = request.verdict.words();
        fields.review = Some(format!("{da}: {}", request.note.reveal().trim()));
        fields.reviewed_at = Some(at.now());
        let mut changes = vec![Change::Correct {
            record: record.id,
            version: record.version,
            content: content::write(&fields),
            note: None,
        }];
        if request.verdict == Verdict::NotJustified {
            // rule N-18: what is under inquiry is kept for five years.
            changes.push(Change::Flag { record: record.id, flag: "special-case".to_owned(), set: true });
        }
        Ok((changes, ()))
    })
}

impl Verdict {
    /// In words, Danish and English.
    #[must_use]
    pub const fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::Justified => ("i orden", "justified"),
            Self::NotJustified => ("ikke i orden", "not justified"),
        }
    }
}
