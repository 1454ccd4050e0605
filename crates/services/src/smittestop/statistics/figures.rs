//! The published figures, which everybody may see.

use jiff::{Span, Timestamp};
use register::Query;
use statistics::{Day, Figures};

use super::{FIGURES, KeptFigures, PUBLISH, read_day};
use crate::{Call, content};

/// What is asked for.
#[derive(Clone, Copy, Debug)]
pub struct Request {
    /// How many days back; they are published three days late.
    pub days: u16,
}

/// A day that was counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Counted {
    /// Which.
    pub day: Day,
    /// None: too few reports to show anything.
    pub figures: Option<Figures>,
}

/// Why not.
pub type Error = crate::Error;

/// The figures of the last days, the first day first.
///
/// # Errors
/// The register cannot answer.
pub fn run(at: &Call<'_>, request: Request) -> Result<Vec<Counted>, Error> {
    let hours = i64::from(request.days) * 24;
    let from = at.now().checked_sub(Span::new().hours(hours)).unwrap_or(Timestamp::UNIX_EPOCH);
    let query = Query::CollectedIn { register: FIGURES, from, until: Timestamp::MAX };
    let mut counted = Vec::new();
    for record in at.find::<crate::Nothing>(PUBLISH, query)? {
        let kept: KeptFigures = content::read_whole(&record)?;
        let Some(day) = read_day(&kept.day) else { continue };
        let figures = kept.figures.and_then(|figures| figures.try_into().ok()).map(Figures::from_array);
        counted.push(Counted { day, figures });
    }
    counted.sort_by_key(|counted| counted.day);
    Ok(counted)
}
