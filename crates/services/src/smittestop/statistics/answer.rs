//! The helper answers the leader about some reports, and keeps its own sum over those that count.

use std::collections::BTreeSet;

use sha2::{Digest as _, Sha256};
use statistics::check::Checker;
use statistics::job::{Answered, Asked, Rejected, decode_job, encode_answer};
use statistics::report::Head;
use statistics::{Day, Sum};

use super::counted::not_alike;
use super::{Answers, COUNT, Found, Halves, KeptReport, KeptSum, NotCounted, RECEIVED, REPORTS, SUMS};
use super::{at_daybreak, day_of, draft, drawer, found, number, once, to_bytes, to_text, whole_day, written};
use crate::Call;
use crate::smittestop::closing::is_closed;

/// What is asked for.
#[derive(Clone, Debug)]
pub struct Request<'a> {
    /// The helper at work.
    pub helper: &'a Checker,
    /// The number of the job.
    pub job: [u8; 16],
    /// What the leader sent.
    pub body: Vec<u8>,
}

/// Why not.
pub type Error = crate::Error<NotCounted>;

/// The helper answers a job. The same job again gets the same answer, and nothing is counted twice.
///
/// # Errors
/// The app is closed; or the job is none, spans several drawers, or comes again with other reports.
pub fn run(at: &Call<'_>, request: &Request<'_>) -> Result<Vec<u8>, Error> {
    let malformed = || Error::Not(NotCounted::Malformed);
    let asked = decode_job(&request.body).map_err(|_| malformed())?;
    let first = asked.first().ok_or_else(malformed)?.half.head;
    let lies_in = request.helper.drawer(first.id);
    let together = |one: &Head| one.day == first.day && request.helper.drawer(one.id) == lies_in;
    if !asked.iter().all(|one| together(&one.half.head)) {
        return Err(malformed());
    }
    // Rule SS-45: what is no longer needed is not collected either.
    if is_closed::run::<NotCounted>(at)? {
        return Err(Error::Not(NotCounted::Closed));
    }
    let print = to_text(&Sha256::digest(&request.body));
    let job = to_text(&request.job);
    let about = drawer(at, first.day, lies_in)?;
    let known = found::<NotCounted>(at, about)?;
    if let Some(answer) = answered_before(&known, &job, &print)? {
        return Ok(answer);
    }
    let released = is_released(at, first.day)?;
    let open = Open { today: day_of(at.now()), released, seen: numbers(&known) };
    let (answered, sum) = open.check(request.helper, &asked)?;
    let answer = encode_answer(&answered);
    let day = written(first.day).to_string();
    let call = at_daybreak(at.call);
    let at = Call { call: &call, ..*at };
    let kept = KeptSum {
        day: day.clone(),
        answers: Answers::Job { job, asked: print, answer: to_text(&answer) },
        sum: to_text(&sum.encode().map_err(not_alike)?),
    };
    let received = (RECEIVED, at.now());
    let mut changes = vec![draft(SUMS, once(SUMS, &[b"helper", &request.job]), about, received, &kept)];
    for one in answered.iter().filter(|one| one.outcome.is_ok()) {
        let kept = KeptReport { day: day.clone(), halves: Halves::Number { number: number(one.id) } };
        changes.push(draft(REPORTS, once(REPORTS, &[one.id.bytes()]), about, received, &kept));
    }
    // One commit: either the answer is kept with its sum and its numbers, or the job has not been.
    at.import::<NotCounted>(COUNT, vec![(about, changes)])?;
    Ok(answer)
}

fn answered_before(known: &Found, job: &str, print: &str) -> Result<Option<Vec<u8>>, Error> {
    for sum in &known.sums {
        let Answers::Job { job: other, asked, answer } = &sum.answers else { continue };
        if other == job {
            let same = if asked == print { Ok(()) } else { Err(Error::Not(NotCounted::Malformed)) };
            return same.and_then(|()| Ok(Some(to_bytes(answer)?)));
        }
    }
    Ok(None)
}

fn numbers(known: &Found) -> BTreeSet<String> {
    let number = |kept: &KeptReport| match &kept.halves {
        Halves::Number { number } => Some(number.clone()),
        Halves::Whole(_) => None,
    };
    known.reports.iter().filter_map(number).collect()
}

/// Whether the sum of a day has been given away.
pub(super) fn is_released(at: &Call<'_>, day: Day) -> Result<bool, Error> {
    let about = whole_day(at, day)?;
    Ok(!found::<NotCounted>(at, about)?.sums.is_empty())
}

/// What may be counted now.
struct Open {
    today: Day,
    released: bool,
    seen: BTreeSet<String>,
}

impl Open {
    fn check(mut self, helper: &Checker, asked: &[Asked]) -> Result<(Vec<Answered>, Sum), Error> {
        let mut sum = Sum::new().map_err(not_alike)?;
        let mut answered = Vec::with_capacity(asked.len());
        for one in asked {
            let outcome = self.may(one.half.head).and_then(|()| helper.answer(&one.half, &one.message));
            let outcome = match outcome {
                Ok((counted, message)) => {
                    sum.add(&counted).map_err(not_alike)?;
                    self.seen.insert(number(one.half.head.id));
                    Ok(message)
                }
                Err(rejected) => Err(rejected),
            };
            answered.push(Answered { id: one.half.head.id, outcome });
        }
        Ok((answered, sum))
    }

    fn may(&self, head: Head) -> Result<(), Rejected> {
        // Of a day that is over nothing is remembered: it would be counted anew, and its noise averaged away.
        if self.released || head.day.is_over_on(self.today) {
            return Err(Rejected::DayCounted);
        }
        if head.day >= self.today {
            return Err(Rejected::TooEarly);
        }
        if self.seen.contains(&number(head.id)) {
            return Err(Rejected::Replayed);
        }
        Ok(())
    }
}
