//! When an answer to a person is due: the shorter of what is promised and what Article 12(3) gives.

use jiff::civil::Date;

use super::{Duration, is_working_day};

/// The days that bound one answer. A day counts to its end.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Deadline {
    /// What the notice promises.
    pub promised: Option<Date>,
    /// One month, GDPR art. 12(3).
    pub statute: Date,
    /// The last day for the answer: the earlier of the two.
    pub by: Date,
    /// The same, moved to the next working day by Regulation 1182/71 art. 3(4).
    pub by_working_day: Date,
}

/// The last day to answer a request; `None` beyond the calendar.
#[must_use]
pub fn answer_by(received: Date, promise: Option<Duration>) -> Option<Deadline> {
    let statute = received.checked_add(Duration::MONTH.span()).ok()?;
    let promised = match promise {
        Some(promise) => Some(received.checked_add(promise.span()).ok()?),
        None => None,
    };
    let by = promised.map_or(statute, |day| day.min(statute));
    let by_working_day =
        std::iter::successors(Some(by), |day| day.tomorrow().ok()).find(|day| is_working_day(*day))?;
    Some(Deadline { promised, statute, by, by_working_day })
}
