//! Sample pages of the figures of the app.

use askama::Template;
use jiff::civil::date;
use notice::Lang;

use super::super::statistics::{Latest, Statistics};
use super::super::{Area, Bar, Bars};
use super::samples::shell;

fn bars(series: Vec<&'static str>, parts: impl Fn(u64) -> Vec<u64>) -> Bars {
    let bar = |day: u64| Bar {
        label: format!("{}.11.", day + 1),
        name: format!("{}. november 2026", day + 1),
        parts: parts(day),
    };
    Bars { series, bars: (0..18).map(bar).collect() }
}

/// The sample pages, by name.
pub(super) fn pages(lang: Lang) -> Vec<(&'static str, String)> {
    let p = || shell(lang, Area::Open, "statistics");
    let warnings = || vec!["statistics-series-warned", "statistics-series-warned-others"];
    let full = Statistics {
        p: p(),
        latest: Some(Latest {
            day: date(2026, 11, 18),
            phones: 1_204_113,
            installed: 2_310,
            warned: 1_842,
            warned_others: 311,
        }),
        reports_min: 1_000,
        phones: bars(vec!["statistics-series-thousands"], |day| vec![1_100 + day * day / 3]),
        warnings: bars(warnings(), |day| vec![900 + day * 52, 120 + day * 11]),
        hidden: vec![date(2026, 11, 4)],
    };
    let none = Statistics {
        p: p(),
        latest: None,
        reports_min: 1_000,
        phones: Bars { series: vec!["statistics-series-phones"], bars: Vec::new() },
        warnings: Bars { series: warnings(), bars: Vec::new() },
        hidden: Vec::new(),
    };
    vec![("statistics", full.render().unwrap()), ("statistics-none", none.render().unwrap())]
}
