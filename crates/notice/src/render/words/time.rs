//! Durations, days and times in words.

use jiff::civil::{Date, Time};

use super::{list, say};
use crate::clock::Duration;
use crate::text::Lang;

/// `2 år`, `1 year and 6 months`, `24 timer`
#[must_use]
pub fn duration(length: Duration, lang: Lang) -> String {
    const UNITS: [[&str; 4]; 7] = [
        ["år", "år", "year", "years"],
        ["måned", "måneder", "month", "months"],
        ["uge", "uger", "week", "weeks"],
        ["dag", "dage", "day", "days"],
        ["time", "timer", "hour", "hours"],
        ["minut", "minutter", "minute", "minutes"],
        ["sekund", "sekunder", "second", "seconds"],
    ];
    let counted = length.units().into_iter().zip(UNITS).filter(|(number, _)| *number > 0);
    let parts: Vec<_> = counted
        .map(|(number, [en_dag, dage, one_day, days])| match number {
            1 => format!("1 {}", say(lang, en_dag, one_day)),
            number => format!("{number} {}", say(lang, dage, days)),
        })
        .collect();
    if parts.is_empty() {
        return say(lang, "0 dage", "0 days").to_owned();
    }
    list(lang, &parts, ("og", "and"))
}

/// `3. maj 2024`, `3 May 2024`
#[must_use]
pub fn day(date: Date, lang: Lang) -> String {
    let month = month(date, lang);
    match lang {
        Lang::Da => format!("{}. {month} {}", date.day(), date.year()),
        Lang::En => format!("{} {month} {}", date.day(), date.year()),
    }
}

/// `8.30`, `08:30`
#[must_use]
pub fn time_of_day(time: Time, lang: Lang) -> String {
    match lang {
        Lang::Da => format!("{}.{:02}", time.hour(), time.minute()),
        Lang::En => format!("{:02}:{:02}", time.hour(), time.minute()),
    }
}

/// `maj`, `May`
#[must_use]
pub fn month(date: Date, lang: Lang) -> &'static str {
    const DA: [&str; 12] = [
        "januar",
        "februar",
        "marts",
        "april",
        "maj",
        "juni",
        "juli",
        "august",
        "september",
        "oktober",
        "november",
        "december",
    ];
    const EN: [&str; 12] = [
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ];
    let names = match lang {
        Lang::Da => DA,
        Lang::En => EN,
    };
    // A civil date has a month of 1 to 12.
    usize::try_from(date.month() - 1).ok().and_then(|index| names.get(index).copied()).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn durations_are_counted_in_words() {
        for (text, da, en) in [
            ("P2Y", "2 år", "2 years"),
            ("P1Y", "1 år", "1 year"),
            ("P1M", "1 måned", "1 month"),
            ("PT24H", "24 timer", "24 hours"),
            ("P1Y6M1D", "1 år, 6 måneder og 1 dag", "1 year, 6 months and 1 day"),
            ("P0D", "0 dage", "0 days"),
        ] {
            let length: Duration = text.parse().unwrap();
            assert_eq!(duration(length, Lang::Da), da);
            assert_eq!(duration(length, Lang::En), en);
        }
    }

    #[test]
    fn days_and_times_are_said_in_both_languages() {
        let (date, time) = (jiff::civil::date(2024, 5, 3), jiff::civil::time(8, 5, 0, 0));
        assert_eq!(day(date, Lang::Da), "3. maj 2024");
        assert_eq!(day(date, Lang::En), "3 May 2024");
        assert_eq!(time_of_day(time, Lang::Da), "8.05");
        assert_eq!(time_of_day(time, Lang::En), "08:05");
    }
}
