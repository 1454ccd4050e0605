//! Durations as in ISO 8601: `P6M`, `P3Y`, `P14D`, `PT24H`.

use std::fmt;
use std::str::FromStr;

use jiff::Span;

use super::limits::DURATION_MAX_YEARS;

/// A length of time in the units in which it was written; a month stays a month.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Duration {
    years: u32,
    months: u32,
    weeks: u32,
    days: u32,
    hours: u32,
    minutes: u32,
    seconds: u32,
}

/// A text that is not a duration, or one that is too long.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotADuration {
    /// Not of the form.
    #[error("a duration is written like `P2Y`, `P6M`, `P14D` or `PT24H`")]
    Malformed,
    /// Beyond the limit.
    #[error("a duration is at most P200Y")]
    TooLong,
}

impl Duration {
    /// A year.
    pub const YEAR: Self = Self { years: 1, months: 0, weeks: 0, days: 0, hours: 0, minutes: 0, seconds: 0 };
    /// A month, the time to answer of Article 12(3).
    pub const MONTH: Self = Self { years: 0, months: 1, weeks: 0, days: 0, hours: 0, minutes: 0, seconds: 0 };

    /// The same as a span of the calendar library.
    #[must_use]
    pub fn span(self) -> Span {
        // The units are bounded by `DURATION_MAX_YEARS`, far inside what a span takes.
        Span::new()
            .try_years(self.years)
            .and_then(|span| span.try_months(self.months))
            .and_then(|span| span.try_weeks(self.weeks))
            .and_then(|span| span.try_days(self.days))
            .and_then(|span| span.try_hours(self.hours))
            .and_then(|span| span.try_minutes(self.minutes))
            .and_then(|span| span.try_seconds(self.seconds))
            .unwrap_or_default()
    }

    /// Whether it counts in the calendar of a place and not only in elapsed time.
    #[must_use]
    pub const fn is_civil(self) -> bool {
        self.years > 0 || self.months > 0 || self.weeks > 0 || self.days > 0
    }

    /// Whole units: years, months, weeks, days, hours, minutes, seconds.
    #[must_use]
    pub const fn units(self) -> [u32; 7] {
        [self.years, self.months, self.weeks, self.days, self.hours, self.minutes, self.seconds]
    }

    /// Longest possible length in days, rounded up.
    #[must_use]
    pub fn days_at_most(self) -> u64 {
        let seconds = u64::from(self.hours) * 3600 + u64::from(self.minutes) * 60 + u64::from(self.seconds);
        u64::from(self.years) * 366
            + u64::from(self.months) * 31
            + u64::from(self.weeks) * 7
            + u64::from(self.days)
            + seconds.div_ceil(86_400)
    }

    fn is_too_long(self) -> bool {
        let seconds = u64::from(self.hours) * 3600 + u64::from(self.minutes) * 60 + u64::from(self.seconds);
        // A mean year of the Gregorian calendar has 365.2425 days: 146,097 days are 400 years.
        let days = u64::from(self.weeks) * 7 + u64::from(self.days) + seconds / 86_400;
        let months = u64::from(self.years) * 12 + u64::from(self.months);
        months * 146_097 + days * 4_800 > u64::from(DURATION_MAX_YEARS) * 12 * 146_097
    }
}

impl FromStr for Duration {
    type Err = NotADuration;

    fn from_str(text: &str) -> Result<Self, NotADuration> {
        let rest = text.strip_prefix('P').ok_or(NotADuration::Malformed)?;
        let (date, time) = match rest.split_once('T') {
            Some((_, "")) => return Err(NotADuration::Malformed),
            Some((date, time)) => (date, time),
            None => (rest, ""),
        };
        if date.is_empty() && time.is_empty() {
            return Err(NotADuration::Malformed);
        }
        let [years, months, weeks, days] = numbers(date, ['Y', 'M', 'W', 'D'])?;
        let [hours, minutes, seconds] = numbers(time, ['H', 'M', 'S'])?;
        let duration = Self { years, months, weeks, days, hours, minutes, seconds };
        if duration.is_too_long() { Err(NotADuration::TooLong) } else { Ok(duration) }
    }
}

/// Reads `2Y6M` as the numbers of the units, which must come in order and at most once.
fn numbers<const N: usize>(text: &str, units: [char; N]) -> Result<[u32; N], NotADuration> {
    let mut found = [0; N];
    let mut rest = text;
    for (slot, unit) in found.iter_mut().zip(units) {
        let Some((digits, after)) = rest.split_once(unit) else { continue };
        if digits.is_empty() || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
            // The letter belongs to a later part, or there is no number before it.
            return Err(NotADuration::Malformed);
        }
        *slot = digits.parse().map_err(|_| NotADuration::TooLong)?;
        rest = after;
    }
    if rest.is_empty() { Ok(found) } else { Err(NotADuration::Malformed) }
}

impl fmt::Display for Duration {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("P")?;
        let date = [(self.years, 'Y'), (self.months, 'M'), (self.weeks, 'W'), (self.days, 'D')];
        let time = [(self.hours, 'H'), (self.minutes, 'M'), (self.seconds, 'S')];
        for (number, unit) in date.into_iter().filter(|(number, _)| *number > 0) {
            write!(f, "{number}{unit}")?;
        }
        if time.iter().any(|(number, _)| *number > 0) {
            f.write_str("T")?;
        }
        for (number, unit) in time.into_iter().filter(|(number, _)| *number > 0) {
            write!(f, "{number}{unit}")?;
        }
        if *self == Self::default() { f.write_str("0D") } else { Ok(()) }
    }
}
