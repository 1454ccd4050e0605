//! The leader takes a report from a phone and keeps it, sealed, until its day is counted.

use statistics::Report;
use statistics::check::Checker;

use super::{COUNT, Halves, KeptReport, NotCounted, RECEIVED, REPORTS};
use super::{at_daybreak, day_of, draft, drawer, once, to_text, written};
use crate::Call;
use crate::smittestop::closing::is_closed;

/// What is asked for.
#[derive(Clone, Debug)]
pub struct Request<'a> {
    /// The leader at work.
    pub leader: &'a Checker,
    /// The report as the phone sent it.
    pub report: Report,
}

/// Why not.
pub type Error = crate::Error<NotCounted>;

/// The leader takes a report. Neither its time nor where it came from is kept.
///
/// # Errors
/// The report is known, its day is not open, or the app is closed.
pub fn run(at: &Call<'_>, request: Request<'_>) -> Result<(), Error> {
    let head = request.report.head;
    if !head.day.is_taken_on(day_of(at.now())) {
        return Err(Error::Not(NotCounted::NotNow));
    }
    let call = at_daybreak(at.call);
    let at = Call { call: &call, ..*at };
    // Rule SS-45: what is no longer needed is not collected either. Asked at daybreak too: no line says when a report came.
    if is_closed::run::<NotCounted>(&at)? {
        return Err(Error::Not(NotCounted::Closed));
    }
    let about = drawer(&at, head.day, request.leader.drawer(head.id))?;
    let kept = KeptReport {
        day: written(head.day).to_string(),
        halves: Halves::Whole(to_text(&request.report.encode())),
    };
    let id = once(REPORTS, &[head.id.bytes()]);
    let change = draft(REPORTS, id, about, (RECEIVED, at.now()), &kept);
    match at.import::<NotCounted>(COUNT, vec![(about, vec![change])]) {
        Ok(_) => Ok(()),
        // The number of a report is the id of its record: the register takes it once.
        Err(Error::Conflict(_)) => Err(Error::Not(NotCounted::Replayed)),
        Err(other) => Err(other),
    }
}
