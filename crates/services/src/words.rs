//! Dates, times and lists as people say them, in Danish and English.

use jiff::Timestamp;
use jiff::civil::Date;
use notice::{Bilingual, Lang};

use crate::call::zone;

const MONTHS: [(&str, &str); 12] = [
    ("januar", "January"),
    ("februar", "February"),
    ("marts", "March"),
    ("april", "April"),
    ("maj", "May"),
    ("juni", "June"),
    ("juli", "July"),
    ("august", "August"),
    ("september", "September"),
    ("oktober", "October"),
    ("november", "November"),
    ("december", "December"),
];

/// A text in both languages.
pub(crate) fn both(da: impl Into<String>, en: impl Into<String>) -> Bilingual {
    Bilingual { da: da.into(), en: en.into() }
}

/// The same text in both languages, such as a name.
pub(crate) fn same(text: impl Into<String>) -> Bilingual {
    let text = text.into();
    Bilingual { da: text.clone(), en: text }
}

/// `21. november 2026`, `21 November 2026`.
#[must_use]
pub fn date(day: Date, lang: Lang) -> String {
    let month = usize::try_from(day.month() - 1).ok().and_then(|month| MONTHS.get(month));
    let (da, en) = month.copied().unwrap_or_default();
    match lang {
        Lang::Da => format!("{}. {da} {}", day.day(), day.year()),
        Lang::En => format!("{} {en} {}", day.day(), day.year()),
    }
}

/// A day in both languages.
pub(crate) fn date_in_both(day: Date) -> Bilingual {
    both(date(day, Lang::Da), date(day, Lang::En))
}

/// `14.05`, `14:05`, where the authority sits.
#[must_use]
pub fn time(at: Timestamp, lang: Lang) -> String {
    let local = at.to_zoned(zone()).time();
    match lang {
        Lang::Da => format!("{:02}.{:02}", local.hour(), local.minute()),
        Lang::En => format!("{:02}:{:02}", local.hour(), local.minute()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_said_in_both_languages() {
        let day = jiff::civil::date(2026, 11, 21);
        assert_eq!(date(day, Lang::Da), "21. november 2026");
        assert_eq!(date(day, Lang::En), "21 November 2026");
    }

    #[test]
    fn a_time_is_said_in_danish_civil_time() {
        let at = "2026-07-01T12:05:00Z".parse().unwrap();
        assert_eq!(time(at, Lang::Da), "14.05");
        assert_eq!(time(at, Lang::En), "14:05");
    }
}
