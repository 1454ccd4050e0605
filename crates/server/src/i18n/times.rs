//! Times in words, with the exact time for those who point at them: *yesterday at 14.05*.
//!
//! Invariant: the words are of Danish time, whatever the machine's zone.

use std::sync::LazyLock;

use jiff::civil::{Date, Weekday};
use jiff::tz::TimeZone;
use jiff::{Timestamp, ToSpan as _, Zoned};
use notice::Lang;
use notice::render::words::{day as in_words, month, time_of_day};

/// The zone in which people here live.
pub static ZONE: LazyLock<TimeZone> =
    LazyLock::new(|| TimeZone::get("Europe/Copenhagen").unwrap_or(TimeZone::UTC));

/// A moment ready to print.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Moment {
    /// For machines, RFC 3339 with offset.
    pub machine: String,
    /// In full, for the hover.
    pub exact: String,
    /// In words.
    pub words: String,
}

/// The name of a weekday, as it stands within a sentence.
#[must_use]
pub fn weekday(date: Date, lang: Lang) -> &'static str {
    match (date.weekday(), lang) {
        (Weekday::Monday, Lang::Da) => "mandag",
        (Weekday::Tuesday, Lang::Da) => "tirsdag",
        (Weekday::Wednesday, Lang::Da) => "onsdag",
        (Weekday::Thursday, Lang::Da) => "torsdag",
        (Weekday::Friday, Lang::Da) => "fredag",
        (Weekday::Saturday, Lang::Da) => "lørdag",
        (Weekday::Sunday, Lang::Da) => "søndag",
        (Weekday::Monday, Lang::En) => "Monday",
        (Weekday::Tuesday, Lang::En) => "Tuesday",
        (Weekday::Wednesday, Lang::En) => "Wednesday",
        (Weekday::Thursday, Lang::En) => "Thursday",
        (Weekday::Friday, Lang::En) => "Friday",
        (Weekday::Saturday, Lang::En) => "Saturday",
        (Weekday::Sunday, Lang::En) => "Sunday",
    }
}

/// A month in words, with its year.
#[must_use]
pub fn month_of(date: Date, lang: Lang) -> String {
    format!("{} {}", month(date, lang), date.year())
}

/// A day in words as seen from today.
#[must_use]
pub fn day(date: Date, today: Date, lang: Lang) -> Moment {
    let near = |days: i64| today.checked_add(days.days()).ok() == Some(date);
    let words = match lang {
        Lang::Da if near(0) => "i dag".to_owned(),
        Lang::Da if near(-1) => "i går".to_owned(),
        Lang::Da if near(1) => "i morgen".to_owned(),
        Lang::En if near(0) => "today".to_owned(),
        Lang::En if near(-1) => "yesterday".to_owned(),
        Lang::En if near(1) => "tomorrow".to_owned(),
        Lang::Da if date.year() == today.year() => format!("{}. {}", date.day(), month(date, lang)),
        Lang::En if date.year() == today.year() => format!("{} {}", date.day(), month(date, lang)),
        Lang::Da | Lang::En => in_words(date, lang),
    };
    Moment {
        machine: date.to_string(),
        exact: format!("{} {}", weekday(date, lang), in_words(date, lang)),
        words,
    }
}

/// A moment in words as seen from now.
#[must_use]
pub fn moment(at: Timestamp, now: Timestamp, lang: Lang) -> Moment {
    let there: Zoned = at.to_zoned(ZONE.clone());
    let today = now.to_zoned(ZONE.clone()).date();
    let seen = day(there.date(), today, lang);
    let words = at_time(&seen.words, &there, lang);
    let seconds = match lang {
        Lang::Da => there.strftime("%-H.%M.%S"),
        Lang::En => there.strftime("%H:%M:%S"),
    };
    let exact = format!("{}, {seconds}", seen.exact);
    Moment { machine: there.strftime("%Y-%m-%dT%H:%M:%S%:z").to_string(), exact, words }
}

/// A moment with its date in full, for where *today* says nothing.
#[must_use]
pub fn in_full(at: Timestamp, lang: Lang) -> Moment {
    let there = at.to_zoned(ZONE.clone());
    let mut told = moment(at, at, lang);
    told.words = at_time(&in_words(there.date(), lang), &there, lang);
    told
}

fn at_time(day: &str, there: &Zoned, lang: Lang) -> String {
    let clock = time_of_day(there.time(), lang);
    match lang {
        Lang::Da => format!("{day} kl. {clock}"),
        Lang::En => format!("{day} at {clock}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    #[test]
    fn times_are_told_as_people_tell_them() {
        let now = at("2026-11-21T20:00:00Z");
        let words = |text, lang| moment(at(text), now, lang).words;
        assert_eq!(words("2026-11-20T13:05:09Z", Lang::Da), "i går kl. 14.05");
        assert_eq!(words("2026-11-20T13:05:09Z", Lang::En), "yesterday at 14:05");
        assert_eq!(words("2026-11-21T07:00:00Z", Lang::Da), "i dag kl. 8.00");
        assert_eq!(words("2026-06-01T07:00:00Z", Lang::Da), "1. juni kl. 9.00");
        assert_eq!(words("2024-02-29T07:00:00Z", Lang::En), "29 February 2024 at 08:00");
    }

    #[test]
    fn a_day_ends_at_danish_midnight() {
        let now = at("2026-11-21T23:30:00Z");
        assert_eq!(moment(at("2026-11-21T22:30:00Z"), now, Lang::Da).words, "i går kl. 23.30");
        assert_eq!(moment(at("2026-11-21T23:10:00Z"), now, Lang::Da).words, "i dag kl. 0.10");
    }

    #[test]
    fn the_exact_time_stands_behind() {
        let told = moment(at("2026-11-20T13:05:09Z"), at("2026-11-21T20:00:00Z"), Lang::Da);
        assert_eq!(told.exact, "fredag 20. november 2026, 14.05.09");
        assert_eq!(told.machine, "2026-11-20T14:05:09+01:00");
    }
}
