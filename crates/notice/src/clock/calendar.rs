//! Calendar arithmetic: years to days in the civil time of a place, hours to seconds as time that passes.

use jiff::civil::{Date, Weekday};
use jiff::tz::TimeZone;
use jiff::{Span, Timestamp, civil};

use super::Duration;

/// Adds a span: the day is clamped to the end of the month; `None` beyond the calendar.
pub(super) fn add(start: Timestamp, span: Span, zone: &TimeZone) -> Option<Timestamp> {
    start.to_zoned(zone.clone()).checked_add(span).ok().map(|sum| sum.timestamp())
}

/// Whether a span is longer than a duration, both added to one fixed date; `None` beyond the calendar.
pub(super) fn is_longer(span: Span, than: Duration) -> Option<bool> {
    let fixed = civil::datetime(2000, 1, 1, 0, 0, 0, 0);
    Some(fixed.checked_add(span).ok()? > fixed.checked_add(than.span()).ok()?)
}

/// Whether a span points back, or reaches further than any rule may.
pub(super) fn is_odd(span: Span) -> bool {
    let longest = Span::new().try_years(super::DURATION_MAX_YEARS).unwrap_or_default();
    let fixed = civil::datetime(2000, 1, 1, 0, 0, 0, 0);
    span.is_negative()
        || match (fixed.checked_add(span), fixed.checked_add(longest)) {
            (Ok(end), Ok(last)) => end > last,
            (Err(_), _) | (_, Err(_)) => true,
        }
}

/// The first instant after `now` of a series that begins at `start` and repeats every `period`.
pub(super) fn next_in_series(
    start: Timestamp,
    period: Duration,
    now: Timestamp,
    zone: &TimeZone,
) -> Timestamp {
    const TRIES: i64 = 64;
    let days_passed = now.duration_since(start).as_hours() / 24;
    let steps = days_passed / i64::try_from(period.days_at_most().max(1)).unwrap_or(i64::MAX);
    let nth = |step: i64| add(start, period.span().checked_mul(step).ok()?, zone);
    (steps.max(0)..)
        .take(TRIES as usize)
        .filter_map(nth)
        .find(|instant| *instant > now)
        .or_else(|| add(now, period.span(), zone).filter(|instant| *instant > now))
        .unwrap_or(Timestamp::MAX)
}

/// Whether a public authority in Denmark works on a day: no weekend and no public holiday.
#[must_use]
pub fn is_working_day(day: Date) -> bool {
    let weekend = matches!(day.weekday(), Weekday::Saturday | Weekday::Sunday);
    !weekend && !is_fixed_holiday(day) && !is_easter_holiday(day)
}

/// New Year's Day, Christmas Day and Boxing Day.
fn is_fixed_holiday(day: Date) -> bool {
    matches!((day.month(), day.day()), (1, 1) | (12, 25 | 26))
}

/// Maundy Thursday, Good Friday, Easter Monday, Prayer Day until 2023, Ascension, Whit Monday.
fn is_easter_holiday(day: Date) -> bool {
    let Some(easter) = easter(day.year()) else { return false };
    let since = day.duration_since(easter).as_hours() / 24;
    match since {
        -3 | -2 | 1 | 39 | 50 => true,
        // Great Prayer Day was abolished with effect from 2024 (act 214/2023).
        26 => day.year() < 2024,
        _ => false,
    }
}

/// Easter Sunday of the Gregorian calendar, by the anonymous algorithm.
fn easter(year: i16) -> Option<Date> {
    let year_number = i32::from(year);
    let golden = year_number.rem_euclid(19);
    let (century, of_century) = (year_number.div_euclid(100), year_number.rem_euclid(100));
    let correction = (century + 8) / 25;
    let epact = (19 * golden + century - century / 4 - (century - correction + 1) / 3 + 15).rem_euclid(30);
    let weekday = (32 + 2 * (century % 4) + 2 * (of_century / 4) - epact - of_century % 4).rem_euclid(7);
    let late = (golden + 11 * epact + 22 * weekday) / 451;
    let number = epact + weekday - 7 * late + 114;
    Date::new(year, i8::try_from(number / 31).ok()?, i8::try_from(number % 31 + 1).ok()?).ok()
}
