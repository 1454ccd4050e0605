//! When a key may be published: never while it can still be called out by somebody else, and never at a telling minute.

use jiff::{SignedDuration, Timestamp};

use crate::diagnosis::DiagnosisKey;

/// How long after its last use a key may still be believed by a phone whose clock is wrong.
pub const EMBARGO_SECONDS: i64 = 2 * 3_600;
/// Arrivals are only known by the hour.
pub const WINDOW_SECONDS: i64 = 3_600;

/// From when a key that arrived at this moment may be published. A whole hour, at least its hour of arrival, and
/// later than its last use by the embargo.
#[must_use]
pub fn publishable_from(key: &DiagnosisKey, arrived: Timestamp) -> Timestamp {
    let arrival = floor(arrived.as_second());
    let harmless = key.end().first_second().saturating_add(EMBARGO_SECONDS);
    let from = if harmless > arrived.as_second() { arrival.max(ceiling(harmless)) } else { arrival };
    Timestamp::from_second(from).unwrap_or(Timestamp::MAX)
}

fn floor(second: i64) -> i64 {
    second - second.rem_euclid(WINDOW_SECONDS)
}

fn ceiling(second: i64) -> i64 {
    floor(second.saturating_add(WINDOW_SECONDS - 1))
}

/// A time of arrival, cut to whole hours.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Window {
    start: Timestamp,
    end: Timestamp,
}

impl Window {
    /// The hours from the one of this moment until before the one of another; `None` if there are none.
    #[must_use]
    pub fn between(from: Timestamp, until: Timestamp) -> Option<Self> {
        let cut = |moment: Timestamp| Timestamp::from_second(floor(moment.as_second())).ok();
        let (start, end) = (cut(from)?, cut(until)?);
        (start < end).then_some(Self { start, end })
    }

    /// Its first moment.
    #[must_use]
    pub const fn start(self) -> Timestamp {
        self.start
    }

    /// The first moment after it.
    #[must_use]
    pub const fn end(self) -> Timestamp {
        self.end
    }

    /// Whether it may be published: two hours old, so that no upload is still on its way into it.
    #[must_use]
    pub fn is_closed(self, now: Timestamp) -> bool {
        now.duration_since(self.end) >= SignedDuration::from_secs(EMBARGO_SECONDS)
    }
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;

    use super::{Window, publishable_from};
    use crate::diagnosis::DiagnosisKey;
    use crate::interval::{IntervalNumber, RollingPeriod};
    use crate::key::TemporaryExposureKey;

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    fn key(start: &str) -> DiagnosisKey {
        DiagnosisKey {
            key: TemporaryExposureKey::new([1; 16]),
            start: IntervalNumber::at(at(start)),
            period: RollingPeriod::FULL,
            report_type: None,
            days_since_onset: None,
            transmission_risk: None,
        }
    }

    #[test]
    fn a_key_that_is_still_in_use_waits_until_nobody_can_replay_it() {
        let today = key("2026-11-21T00:00Z");
        assert_eq!(publishable_from(&today, at("2026-11-21T10:34:56Z")), at("2026-11-22T02:00:00Z"));
        // A quarter of an hour before the end of the embargo, and after it.
        assert_eq!(publishable_from(&today, at("2026-11-22T01:45:00Z")), at("2026-11-22T02:00:00Z"));
        assert_eq!(publishable_from(&today, at("2026-11-22T02:45:00Z")), at("2026-11-22T02:00:00Z"));
        assert_eq!(publishable_from(&today, at("2026-11-24T02:45:00Z")), at("2026-11-24T02:00:00Z"));
    }

    #[test]
    fn a_window_is_whole_hours_and_closes_two_hours_late() {
        let window = Window::between(at("2026-11-21T10:34:56Z"), at("2026-11-21T12:00:01Z")).unwrap();
        assert_eq!((window.start(), window.end()), (at("2026-11-21T10:00Z"), at("2026-11-21T12:00Z")));
        assert!(!window.is_closed(at("2026-11-21T13:59:59Z")));
        assert!(window.is_closed(at("2026-11-21T14:00Z")));
        assert_eq!(Window::between(at("2026-11-21T10:34:56Z"), at("2026-11-21T10:59:00Z")), None);
    }
}
