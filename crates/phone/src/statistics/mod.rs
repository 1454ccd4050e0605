//! What the phone tells of a day to the private statistics: one answer, split in two, once a day, at a time that says nothing.
//!
//! Invariant: the answer never leaves the phone whole.

mod part;

use ::statistics::split::{self, Bodies, NotSplit};
use ::statistics::{Day, Told};
use exposure::Random;
use jiff::Timestamp;

pub use ::statistics::TaskId;
pub use ::statistics::told::Happened;
pub(crate) use part::Part;
pub use part::{Counted, QUESTION, VERSION, WORDS};

/// What a report is sent as.
pub const CONTENT_TYPE: &str = "application/dap-report";
/// Where each of the two bodies publishes its key: it is asked for at each of them, never at one for both.
pub const KEY_PATH: &str = "/hpke_config";

/// Where reports of a count go, at the leader.
#[must_use]
pub fn reports_path(task: &TaskId) -> String {
    format!("/tasks/{}/reports", task.text())
}

/// A report that is to be sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Telling {
    /// The day it is about; when it is taken, nothing more is told about that day.
    pub day: Day,
    /// What is sent, the same however often it is tried.
    pub body: Vec<u8>,
}

/// The day that is to be told about now, if there is one: yesterday, unless it has been told about or the app was not there.
#[must_use]
pub fn due(installed: Timestamp, told: Option<Day>, now: Timestamp) -> Option<Day> {
    let yesterday = day_of(now).minus(1);
    let was_there = day_of(installed) <= yesterday;
    (was_there && told.is_none_or(|told| told < yesterday)).then_some(yesterday)
}

/// The day of an instant, in UTC.
#[must_use]
pub fn day_of(at: Timestamp) -> Day {
    Day::of_unix_seconds(at.as_second())
}

/// Splits the answer.
///
/// # Errors
/// The keys of the bodies are none.
pub fn tell(
    bodies: &Bodies,
    day: Day,
    happened: Happened,
    random: &mut Random<'_>,
) -> Result<Telling, NotSplit> {
    let report = split::report(bodies, day, Told::of(happened), random)?;
    Ok(Telling { day, body: report.encode() })
}

/// What the leader's status means.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Heard {
    /// It is counted: now, or because an earlier try had arrived.
    Taken,
    /// The same again later.
    Later,
    /// This day is not told about any more.
    Never,
}

/// Understands the status of an answer.
#[must_use]
pub const fn understood(status: u16) -> Heard {
    match status {
        200 | 201 | 409 => Heard::Taken,
        408 | 425 | 429 | 500..=599 => Heard::Later,
        _ => Heard::Never,
    }
}

#[cfg(test)]
mod tests {
    use ::statistics::{PrivateKey, Report};

    use super::*;

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    #[test]
    fn yesterday_is_told_about_once_and_not_before_the_app_was_there() {
        let now = at("2021-03-02T08:00:00Z");
        let yesterday = day_of(at("2021-03-01T00:00:00Z"));
        let long_ago = at("2021-01-01T12:00:00Z");
        assert_eq!(due(long_ago, None, now), Some(yesterday));
        assert_eq!(due(long_ago, Some(yesterday), now), None);
        assert_eq!(due(long_ago, Some(yesterday.minus(3)), now), Some(yesterday), "missed days stay untold");
        assert_eq!(due(at("2021-03-02T07:00:00Z"), None, now), None);
        // A clock that was set back does not make it tell twice.
        assert_eq!(due(long_ago, Some(yesterday.plus(1)), now), None);
    }

    #[test]
    fn a_report_bears_the_day_and_no_time() {
        let mut count = 0_u8;
        let mut random = move |bytes: &mut [u8]| {
            bytes.iter_mut().for_each(|byte| {
                count = count.wrapping_add(37);
                *byte = count;
            });
        };
        let leader = PrivateKey::make(1, &mut random).config().unwrap();
        let helper = PrivateKey::make(2, &mut random).config().unwrap();
        let bodies = Bodies { task: TaskId::named("smittestop"), leader, helper };
        let day = day_of(at("2021-03-01T15:59:59Z"));
        let told = tell(&bodies, day, Happened { warned: true, ..Happened::default() }, &mut random).unwrap();
        let read = Report::decode(&told.body).unwrap();
        assert_eq!(read.head.day, day);
        assert_eq!(day.begins_unix_seconds() % 86_400, 0);
        assert_eq!(understood(409), Heard::Taken);
        assert_eq!(understood(503), Heard::Later);
        assert_eq!(understood(400), Heard::Never);
    }
}
