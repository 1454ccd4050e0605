//! Time in steps of ten minutes since 1970, the only clock of the protocol.

use std::fmt;

use jiff::Timestamp;

/// Seconds of an interval.
pub const INTERVAL_SECONDS: u32 = 600;
/// Intervals of a day.
pub const INTERVALS_PER_DAY: u32 = 144;

/// A step of ten minutes since the first moment of 1970 in UTC (ENIN).
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct IntervalNumber(u32);

impl IntervalNumber {
    /// The interval of this number.
    #[must_use]
    pub const fn new(number: u32) -> Self {
        Self(number)
    }

    /// The interval in which a moment lies; the first or the last there is for a moment beyond.
    #[must_use]
    pub fn at(moment: Timestamp) -> Self {
        let number = moment.as_second().div_euclid(i64::from(INTERVAL_SECONDS)).max(0);
        Self(u32::try_from(number).unwrap_or(u32::MAX))
    }

    /// The number.
    #[must_use]
    pub const fn number(self) -> u32 {
        self.0
    }

    /// Its first second, since 1970.
    #[must_use]
    pub fn first_second(self) -> i64 {
        i64::from(self.0) * i64::from(INTERVAL_SECONDS)
    }

    /// Its first moment; the last day there is for a number beyond the calendar.
    #[must_use]
    pub fn start(self) -> Timestamp {
        Timestamp::from_second(self.first_second()).unwrap_or(Timestamp::MAX)
    }

    /// The first interval of its day in UTC, at which a fresh key begins.
    #[must_use]
    pub const fn day_start(self) -> Self {
        Self(self.0 - self.0 % INTERVALS_PER_DAY)
    }

    /// Its day, counted since 1970 in UTC.
    #[must_use]
    pub const fn day(self) -> Day {
        Day(self.0 / INTERVALS_PER_DAY)
    }

    /// Some intervals later, not beyond the last.
    #[must_use]
    pub const fn plus(self, intervals: u32) -> Self {
        Self(self.0.saturating_add(intervals))
    }

    /// Some intervals earlier, not before the first.
    #[must_use]
    pub const fn minus(self, intervals: u32) -> Self {
        Self(self.0.saturating_sub(intervals))
    }
}

impl fmt::Display for IntervalNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// A day in UTC, counted since 1970: the day of the daily summaries and of the warning.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Day(u32);

impl Day {
    /// The day of this number.
    #[must_use]
    pub const fn new(number: u32) -> Self {
        Self(number)
    }

    /// The day in which a moment lies.
    #[must_use]
    pub fn at(moment: Timestamp) -> Self {
        IntervalNumber::at(moment).day()
    }

    /// The number.
    #[must_use]
    pub const fn number(self) -> u32 {
        self.0
    }

    /// How many days this one lies after another; negative if before.
    #[must_use]
    pub fn since(self, earlier: Self) -> i64 {
        i64::from(self.0) - i64::from(earlier.0)
    }

    /// Its first moment in UTC; the last day there is for a number beyond the calendar.
    #[must_use]
    pub fn start(self) -> Timestamp {
        Timestamp::from_second(i64::from(self.0) * 86_400).unwrap_or(Timestamp::MAX)
    }
}

impl fmt::Display for Day {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.start().strftime("%Y-%m-%d").fmt(f)
    }
}

/// Why a number is no rolling period.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a rolling period is 1 to 144 intervals, this is {0}")]
pub struct RollingPeriodError(pub i64);

/// For how many intervals a key was in use: 1 to 144.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RollingPeriod(u8);

impl RollingPeriod {
    /// A whole day.
    pub const FULL: Self = Self(144);

    /// A period of so many intervals.
    ///
    /// # Errors
    /// When there is none, or there are more than a day has.
    pub fn new(intervals: i64) -> Result<Self, RollingPeriodError> {
        match u8::try_from(intervals) {
            Ok(short @ 1..=144) => Ok(Self(short)),
            Ok(_) | Err(_) => Err(RollingPeriodError(intervals)),
        }
    }

    /// The number of intervals.
    #[must_use]
    pub fn intervals(self) -> u32 {
        u32::from(self.0)
    }
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;

    use super::{Day, IntervalNumber, RollingPeriod};

    #[test]
    fn an_interval_begins_every_ten_minutes_and_a_key_at_midnight_utc() {
        let at = |second| IntervalNumber::at(Timestamp::from_second(second).unwrap());
        assert_eq!(at(1_585_785_600).number(), 2_642_976);
        assert_eq!(at(1_585_785_599).number(), 2_642_975);
        assert_eq!(at(-1).number(), 0);
        assert_eq!(IntervalNumber::new(2_642_977).day_start().number(), 2_642_976);
        assert_eq!(IntervalNumber::new(2_642_976).start().as_second(), 1_585_785_600);
    }

    #[test]
    fn the_ends_of_time_are_no_overflow() {
        let last = IntervalNumber::new(u32::MAX);
        assert_eq!(last.plus(1), last);
        assert_eq!(IntervalNumber::new(3).minus(4).number(), 0);
        assert_eq!(last.start(), Timestamp::MAX);
        assert_eq!(IntervalNumber::at(Timestamp::MIN).number(), 0);
        assert!(IntervalNumber::at(Timestamp::MAX).number() > 400_000_000);
    }

    #[test]
    fn a_period_is_at_most_a_day() {
        assert_eq!(RollingPeriod::new(144), Ok(RollingPeriod::FULL));
        for wrong in [0, -1, 145, i64::MAX, i64::MIN] {
            assert_eq!(RollingPeriod::new(wrong).unwrap_err().0, wrong);
        }
    }

    #[test]
    fn a_day_prints_as_a_date() {
        assert_eq!(Day::new(18_353).to_string(), "2020-04-01");
        assert_eq!(Day::new(18_353).since(Day::new(18_360)), -7);
    }
}
