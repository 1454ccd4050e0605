//! Dates and times as people say them, in both languages at once or where the authority sits.

use jiff::Timestamp;
use jiff::civil::Date;
use notice::render::words;
use notice::{Bilingual, Lang};

use crate::call::zone;

/// A text in both languages.
pub(crate) fn both(da: impl Into<String>, en: impl Into<String>) -> Bilingual {
    Bilingual { da: da.into(), en: en.into() }
}

/// The same text in both languages, such as a name.
pub(crate) fn same(text: impl Into<String>) -> Bilingual {
    let text = text.into();
    Bilingual { da: text.clone(), en: text }
}

/// A day in both languages.
pub(crate) fn date_in_both(day: Date) -> Bilingual {
    both(words::day(day, Lang::Da), words::day(day, Lang::En))
}

/// `14.05`, `14:05`, where the authority sits.
#[must_use]
pub fn time(at: Timestamp, lang: Lang) -> String {
    words::time_of_day(at.to_zoned(zone()).time(), lang)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_is_said_in_danish_civil_time() {
        let at = "2026-07-01T12:05:00Z".parse().unwrap();
        assert_eq!(time(at, Lang::Da), "14.05");
        assert_eq!(time(at, Lang::En), "14:05");
    }
}
