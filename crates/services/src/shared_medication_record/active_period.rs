//! How long a medicine stays active after it was handed over: what keeps a prescription beyond its two years.

use jiff::civil::Date;
use jiff::{Span, Unit};
use rust_decimal::Decimal;
use rust_decimal::prelude::ToPrimitive;

use super::{ActivePeriod, Dosage};

/// Name of the quantity that the clocks of orders and prescriptions read.
pub(super) const ACTIVE_PERIOD: &str = "active-period";

/// Two years in the longest case; up to here the two years of the clock are longer anyway.
const TWO_YEARS_DAYS: i64 = 730;

/// What is known of the time for which one handing over lasts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Lasts {
    /// Two years or less: the clock needs no more.
    TwoYearsAtMost,
    /// So many days, more than two years.
    Days(i64),
    /// Nobody can tell: the clock is held and somebody looks at it.
    Unknown,
}

// rule F-17: not erased while the medicine stays active, however long ago it was handed over.
/// How long `units` (tablets, say) handed over on a day or later last under a dosage.
pub(super) fn lasts(
    dosage: Option<&Dosage>,
    units: Option<u32>,
    active: ActivePeriod,
    handed_over: Date,
) -> Lasts {
    let until_end = active.until.and_then(|end| days_between(handed_over, end));
    let of_units = dosage
        .and_then(Dosage::daily_least)
        .zip(units)
        .and_then(|(least, units)| Decimal::from(units).checked_div(least))
        .and_then(|days| days.ceil().to_i64());
    // The order's end and the last tablet: whichever comes first.
    match (until_end, of_units) {
        (Some(end), Some(units)) => known(end.min(units)),
        (Some(end), None) => known(end),
        (None, Some(units)) => known(units),
        (None, None) => Lasts::Unknown,
    }
}

fn known(days: i64) -> Lasts {
    if days <= TWO_YEARS_DAYS { Lasts::TwoYearsAtMost } else { Lasts::Days(days) }
}

fn days_between(from: Date, until: Date) -> Option<i64> {
    Some(i64::from(from.until((Unit::Day, until)).ok()?.get_days()))
}

impl Lasts {
    /// The quantity for the clock: nothing to add, so many days, or nobody knows.
    pub(super) fn quantity(self) -> Option<Span> {
        match self {
            Self::TwoYearsAtMost => Some(Span::new()),
            // Whatever is on file is far below the largest span.
            Self::Days(days) => Span::new().try_days(days).ok(),
            Self::Unknown => None,
        }
    }
}
