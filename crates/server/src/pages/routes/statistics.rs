//! The page with the figures of the app. Only a server that counts has it.

use axum::response::Response;
use services::smittestop::statistics::{figures, written};

use super::super::frame::{Frame, page};
use super::super::view::statistics::{Latest, Statistics};
use super::super::view::{Bar, Bars};
use crate::config::StatisticsRole;
use crate::problem::{Code, Problem};

/// Days that the page shows.
const DAYS: u16 = 60;
/// From so many phones on, the picture counts in thousands: a longer number does not fit beside it.
const IN_THOUSANDS: u64 = 10_000;

pub(in crate::pages) async fn statistics(frame: Frame) -> Result<Response, Problem> {
    let settings = frame.app.config().statistics.as_ref();
    let settings =
        settings.filter(|settings| settings.role == StatisticsRole::Leader).ok_or(Code::NotFound)?;
    let reports_min = settings.reports_min;
    let caller = crate::statistics::system(&frame.app).ok_or(Code::NotFound)?;
    let counted = frame.app.act_as(caller, |at| figures::run(at, figures::Request { days: DAYS })).await?;
    let mut hidden = Vec::new();
    let (mut phones, mut warnings) = (Vec::new(), Vec::new());
    let mut latest = None;
    let shell = frame.shell();
    for one in counted {
        let day = written(one.day);
        let Some(figures) = one.figures else {
            hidden.push(day);
            continue;
        };
        let bar = |parts| Bar {
            label: format!("{}.{}.", day.day(), day.month()),
            name: shell.plain_day(day),
            parts,
        };
        phones.push(bar(vec![figures.phones()]));
        warnings.push(bar(vec![figures.warned(), figures.warned_others()]));
        latest = Some(Latest {
            day,
            phones: figures.phones(),
            installed: figures.installed(),
            warned: figures.warned(),
            warned_others: figures.warned_others(),
        });
    }
    page(&Statistics {
        p: shell,
        latest,
        reports_min,
        phones: picture_of_phones(phones),
        warnings: Bars {
            series: vec!["statistics-series-warned", "statistics-series-warned-others"],
            bars: warnings,
        },
        hidden,
    })
}

fn picture_of_phones(mut bars: Vec<Bar>) -> Bars {
    let top = bars.iter().flat_map(|bar| &bar.parts).max().copied().unwrap_or(0);
    if top < IN_THOUSANDS {
        return Bars { series: vec!["statistics-series-phones"], bars };
    }
    bars.iter_mut().flat_map(|bar| &mut bar.parts).for_each(|phones| *phones = (*phones + 500) / 1_000);
    Bars { series: vec!["statistics-series-thousands"], bars }
}
