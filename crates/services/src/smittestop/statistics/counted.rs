//! The leader hears what the helper found of some reports, and keeps its own sum over those that both count.

use statistics::Sum;
use statistics::check::Checker;
use statistics::job::decode_answer;
use statistics::sum::NotAlike;

use super::to_count::Job;
use super::{Answers, COUNT, KeptSum, NotCounted, RECEIVED, SUMS};
use super::{at_daybreak, draft, drawer, number, once, to_text, written};
use crate::Call;

/// What is asked for.
#[derive(Debug)]
pub struct Request<'a> {
    /// The leader at work.
    pub leader: &'a Checker,
    /// What was begun.
    pub job: Job,
    /// What the helper answered.
    pub answer: Vec<u8>,
}

/// How many reports of a job counted, and how many did not.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Outcome {
    /// Counted.
    pub counted: u64,
    /// Refused by one of the two.
    pub refused: u64,
}

/// Why not.
pub type Error = crate::Error<NotCounted>;

/// The leader keeps its sum over a job. Doing it twice changes nothing.
///
/// # Errors
/// The answer is not one to this job.
pub fn run(at: &Call<'_>, request: Request<'_>) -> Result<Outcome, Error> {
    let malformed = || Error::Not(NotCounted::Malformed);
    let answered = decode_answer(&request.answer).map_err(|_| malformed())?;
    let Job { day, drawer: lies_in, id, begun, refused, .. } = request.job;
    if answered.len() != begun.len() {
        return Err(malformed());
    }
    let mut sum = Sum::new().map_err(not_alike)?;
    let mut outcome = Outcome { counted: 0, refused: u64::try_from(refused.len()).unwrap_or(u64::MAX) };
    let mut numbers: Vec<String> = refused.into_iter().map(number).collect();
    for ((report, one), answer) in begun.into_iter().zip(answered) {
        if answer.id != report {
            return Err(malformed());
        }
        numbers.push(number(report));
        match answer.outcome.and_then(|message| request.leader.end(one, &message)) {
            Ok(counted) => {
                sum.add(&counted).map_err(not_alike)?;
                outcome.counted += 1;
            }
            Err(_) => outcome.refused += 1,
        }
    }
    let call = at_daybreak(at.call);
    let at = Call { call: &call, ..*at };
    let about = drawer(&at, day, lies_in)?;
    let kept = KeptSum {
        day: written(day).to_string(),
        answers: Answers::Counted(numbers),
        sum: to_text(&sum.encode().map_err(not_alike)?),
    };
    let change = draft(SUMS, once(SUMS, &[b"leader", &id]), about, (RECEIVED, at.now()), &kept);
    match at.import::<NotCounted>(COUNT, vec![(about, vec![change])]) {
        // Somebody else has kept the same sum.
        Ok(_) | Err(Error::Conflict(_)) => Ok(outcome),
        Err(other) => Err(other),
    }
}

pub(super) fn not_alike(_: NotAlike) -> Error {
    Error::Unavailable(register::Unavailable::Engine)
}
