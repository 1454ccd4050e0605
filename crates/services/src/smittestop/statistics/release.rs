//! The helper gives its sum of a day away: once, with its own noise, and only if there are reports enough.

use statistics::Day;
use statistics::sum::{Terms, Withheld};

use super::counted::not_alike;
use super::{Answers, COUNT, KeptSum, NotCounted, RECEIVED, SUMS};
use super::{at_daybreak, day_of, draft, found, once, sum_of_day, to_bytes, to_text, whole_day, written};
use crate::Call;

/// What is asked for.
#[derive(Clone, Copy, Debug)]
pub struct Request {
    /// Which day.
    pub day: Day,
    /// How many reports the leader counts.
    pub reports: u64,
    /// Which.
    pub checksum: [u8; 32],
    /// On which terms the helper gives its sum away.
    pub terms: Terms,
}

/// Why not.
pub type Error = crate::Error<NotCounted>;

/// The sum of the helper with its noise. Asked again, it gives the very same bytes: noise that is drawn anew could be averaged away.
///
/// # Errors
/// The day is open or over, there are too few reports, or the leader counts others.
pub fn run(at: &Call<'_>, request: Request) -> Result<Vec<u8>, Error> {
    // Of a day that is over nothing is remembered, not even that its sum was given away: there is no second one.
    let today = day_of(at.now());
    if !request.day.is_closed_on(today) || request.day.is_over_on(today) {
        return Err(Error::Not(NotCounted::WrongDay));
    }
    let about = whole_day(at, request.day)?;
    let asked = (request.reports, to_text(&request.checksum));
    for kept in found::<NotCounted>(at, about)?.sums {
        if let Answers::Released { reports, checksum } = kept.answers {
            // A day is given away over one set of reports: another one, and the two could be subtracted.
            let same = asked == (reports, checksum);
            return if same { Ok(to_bytes(&kept.sum)?) } else { Err(Error::Not(NotCounted::Mismatch)) };
        }
    }
    let sum = sum_of_day::run(at, sum_of_day::Request { day: request.day })?;
    if (sum.reports, sum.checksum) != (request.reports, request.checksum) {
        return Err(Error::Not(NotCounted::Mismatch));
    }
    let released = sum.released(request.terms).map_err(withheld)?.encode().map_err(not_alike)?;
    let call = at_daybreak(at.call);
    let at = Call { call: &call, ..*at };
    let day = written(request.day).to_string();
    let kept = KeptSum {
        day: day.clone(),
        answers: Answers::Released { reports: asked.0, checksum: asked.1 },
        sum: to_text(&released),
    };
    let id = once(SUMS, &[b"released", day.as_bytes()]);
    // Durable before it is answered.
    at.import::<NotCounted>(COUNT, vec![(about, vec![draft(SUMS, id, about, (RECEIVED, at.now()), &kept)])])?;
    Ok(released)
}

pub(super) fn withheld(why: Withheld) -> Error {
    match why {
        Withheld::TooFew => Error::Not(NotCounted::TooFew),
        Withheld::NoNoise => Error::Unavailable(register::Unavailable::Engine),
    }
}
