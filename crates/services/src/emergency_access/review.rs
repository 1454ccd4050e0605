//! A reviewer has looked at an emergency access.

use notice::id::{self, Person};
use notice::{Id, Target};
use register::{Change, Personal};

use super::{AccessContent, REASON_LETTERS_MIN};
use crate::check::Check;
use crate::words::both;
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
        if fields.reviewed_at.is_some() {
            // A verdict stands: whoever sends a second one has not read the first.
            let already = both(
                "Nødadgangen er allerede efterprøvet.",
                "The emergency access has been reviewed already.",
            );
            return Err(Error::Conflict(Personal::new(vec![already])));
        }
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
    /// Both.
    pub const ALL: [Self; 2] = [Self::Justified, Self::NotJustified];

    /// In words, Danish and English.
    #[must_use]
    pub const fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::Justified => ("i orden", "justified"),
            Self::NotJustified => ("ikke i orden", "not justified"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::emergency_access::{see_own, take};
    use crate::testing::Country;

    const NOTE: &str = "Bekræftet af skadestuens journal og vagtens plan";

    fn request(country: &Country, verdict: Verdict) -> Request {
        let reason = Personal::new("Bevidstløs efter trafikulykke på motorvejen".to_owned());
        let take = take::Request { patient: country.nancy, reason };
        let access = country.act(&country.other_doctor(), |at| take::run(at, take)).unwrap().access;
        Request { patient: country.nancy, access, verdict, note: Personal::new(NOTE.to_owned()) }
    }

    #[test]
    fn a_verdict_is_given_once() {
        for verdict in Verdict::ALL {
            let country = Country::new();
            let reviewer = country.caller("reviewer", Some(country.einer), None);
            let request = request(&country, verdict);
            country.act(&reviewer, |at| run(at, request.clone())).unwrap();
            let again = country.act(&reviewer, |at| run(at, request));
            assert!(matches!(again, Err(Error::Conflict(_))), "{again:?}");
            let nancy = country.citizen(country.nancy);
            let own = country.act(&nancy, |at| see_own::run(at, see_own::Request {})).unwrap();
            assert_eq!(own[0].review.as_ref().map(|review| review.verdict), Some(verdict));
        }
    }

    #[test]
    fn only_a_reviewer_gives_one_with_a_note_and_about_an_access_that_is_there() {
        let country = Country::new();
        let reviewer = country.caller("reviewer", Some(country.einer), None);
        let request = request(&country, Verdict::Justified);
        for caller in [country.doctor(), country.other_doctor(), country.citizen(country.nancy)] {
            let answer = country.act(&caller, |at| run(at, request.clone()));
            assert!(matches!(answer, Err(Error::Refused(_))), "{answer:?}");
        }
        let short = Request { note: Personal::new("set".to_owned()), ..request.clone() };
        let answer = country.act(&reviewer, |at| run(at, short));
        assert!(matches!(answer, Err(Error::Invalid(_))), "{answer:?}");
        for unknown in [
            Request { access: Id::from_bits(4), ..request.clone() },
            Request { patient: Id::from_bits(9), ..request },
        ] {
            let answer = country.act(&reviewer, |at| run(at, unknown));
            assert!(matches!(answer, Err(Error::Not(NoSuchRecord))), "{answer:?}");
        }
    }
}
