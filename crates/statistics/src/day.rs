//! A day in UTC, which is all the time that a report knows: when one may be sent, and when its day is counted.

/// Days after a day on which reports about it are taken.
pub const TAKEN_DAYS: u32 = 2;
/// Days in which a day can still be counted after the first on which it is closed: so long may a body be down.
pub const COUNTING_DAYS: u32 = 2;
const DAY_SECONDS: u64 = 86_400;

/// A day in UTC, counted from 1970.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Day(u32);

impl Day {
    /// The day of a second since 1970; before that, the first.
    #[must_use]
    pub fn of_unix_seconds(seconds: i64) -> Self {
        let days = u64::try_from(seconds).unwrap_or(0) / DAY_SECONDS;
        Self(u32::try_from(days).unwrap_or(u32::MAX))
    }

    /// The second with which it begins.
    #[must_use]
    pub fn begins_unix_seconds(self) -> u64 {
        u64::from(self.0) * DAY_SECONDS
    }

    /// The day that begins with this second, if one does.
    #[must_use]
    pub fn beginning(unix_seconds: u64) -> Option<Self> {
        let whole = unix_seconds.is_multiple_of(DAY_SECONDS);
        whole.then(|| u32::try_from(unix_seconds / DAY_SECONDS).ok().map(Self)).flatten()
    }

    /// So many days later.
    #[must_use]
    pub const fn plus(self, days: u32) -> Self {
        Self(self.0.saturating_add(days))
    }

    /// So many days before.
    #[must_use]
    pub const fn minus(self, days: u32) -> Self {
        Self(self.0.saturating_sub(days))
    }

    /// Whether a report about this day is taken today: only when the day is over, and for two days.
    #[must_use]
    pub fn is_taken_on(self, today: Self) -> bool {
        self < today && today <= self.plus(TAKEN_DAYS)
    }

    /// Whether no report about this day is taken any more.
    #[must_use]
    pub fn is_closed_on(self, today: Self) -> bool {
        today > self.plus(TAKEN_DAYS)
    }

    /// The last day on which it is counted.
    #[must_use]
    pub const fn counted_until(self) -> Self {
        self.plus(TAKEN_DAYS + 1 + COUNTING_DAYS)
    }

    /// Whether it is counted no more. What a body remembers, so that nothing of a day counts twice, is erased five days
    /// after it was written, which is on the day after this one or later: whoever came then would be counted anew.
    #[must_use]
    pub fn is_over_on(self, today: Self) -> bool {
        today > self.counted_until()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_told_about_when_it_is_over_and_for_two_days() {
        let day = Day::of_unix_seconds(1_604_275_199);
        let taken: Vec<bool> = (0..5).map(|later| day.is_taken_on(day.plus(later))).collect();
        assert_eq!(taken, [false, true, true, false, false]);
        let closed: Vec<bool> = (0..5).map(|later| day.is_closed_on(day.plus(later))).collect();
        assert_eq!(closed, [false, false, false, true, true]);
        let over: Vec<bool> = (3..8).map(|later| day.is_over_on(day.plus(later))).collect();
        assert_eq!(
            over,
            [false, false, false, true, true],
            "counted on the third day, the fourth and the fifth"
        );
        assert_eq!(Day::beginning(day.begins_unix_seconds()), Some(day));
        assert_eq!(Day::beginning(day.begins_unix_seconds() + 1), None, "no time finer than a day");
    }
}
