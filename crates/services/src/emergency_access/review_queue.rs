//! A reviewer sees which emergency accesses nobody has looked at, or all of the last year; the oldest first.

use jiff::SignedDuration;
use register::Query;

use super::{EmergencyAccess, REGISTER};
use crate::Call;

/// Use of the notice.
pub const USE: &str = "nsp.review-emergency-access";

/// How far back the queue reaches: everything must have been looked at within days.
const REACHES_BACK_DAYS: i64 = 366;

/// What is asked for.
#[derive(Clone, Debug)]
pub struct Request {
    /// Which of them.
    pub which: Which,
}

/// Which emergency accesses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Which {
    /// Those that nobody has looked at.
    Waiting,
    /// Those of the last year, looked at or not.
    LastYear,
}

/// Why not.
pub type Error = crate::Error;

/// A reviewer sees which emergency accesses nobody has looked at, or all of the last year; the oldest first.
///
/// # Errors
/// Refused, or what was sent cannot be taken.
pub fn run(at: &Call<'_>, Request { which }: Request) -> Result<Vec<EmergencyAccess>, Error> {
    let from = at.now() - SignedDuration::from_hours(24 * REACHES_BACK_DAYS);
    let until = at.now() + SignedDuration::from_secs(1);
    let records = at.find(USE, Query::CollectedIn { register: REGISTER, from, until })?;
    let mut accesses = EmergencyAccess::all(at, &records)?;
    accesses.retain(|access| match which {
        Which::Waiting => access.review.is_none(),
        Which::LastYear => true,
    });
    Ok(accesses)
}
