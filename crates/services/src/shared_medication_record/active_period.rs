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

#[cfg(test)]
mod tests {
    use jiff::Timestamp;
    use notice::Id;
    use notice::id;

    use super::*;
    use crate::call::civil_day;
    use crate::shared_medication_record::{dispense, prescribe, stop};
    use crate::testing::{Country, new_order, new_prescription, tablets};
    use crate::{Error, shared_medication_record::When};

    /// One package of 100 tablets is handed over to Nancy on 21 November 2026, of which she is to take so much a day.
    fn dispensed(dosage: Dosage) -> (Country, Id<id::Record>) {
        let country = Country::new();
        let mut order = new_order("Amlodipin", "C08CA01");
        order.dosage = dosage;
        let request = prescribe::Request {
            patient: country.nancy,
            version: country.version(country.nancy),
            treatment: prescribe::Treatment::New(Box::new(order)),
            prescription: Some(new_prescription()),
        };
        let written = country.act(&country.doctor(), |at| prescribe::run(at, request)).unwrap();
        country.presents(country.nancy);
        let prescription = written.prescription.unwrap();
        let request = dispense::Request {
            patient: country.nancy,
            prescription: prescription.id,
            version: prescription.version,
            packages: 1,
            label_text: None,
            comment: None,
        };
        country.act(&country.pharmacist(), |at| dispense::run(at, request)).unwrap();
        (country, written.order.id)
    }

    /// How many orders, prescriptions and dispensings the card has.
    fn held(country: &Country) -> [usize; 3] {
        let card = country.opens(&country.doctor(), country.nancy).unwrap();
        [card.orders.len(), card.prescriptions.len(), card.dispensings.len()]
    }

    fn passes_until(country: &Country, instant: &str) {
        country.house.clock.pass_until(instant.parse().unwrap());
        country.house.register.sweep().unwrap();
    }

    #[test]
    fn a_medicine_that_lasts_longer_than_two_years_stays_as_long_as_it_lasts() {
        // proves rule F-17, rule F-16
        // A twentieth of a tablet a day: 100 tablets last 2,000 days.
        let (country, order) = dispensed(tablets("0.05", When::Morning));
        let due: Timestamp = country.order(country.nancy, order).due_at.unwrap();
        let last = jiff::civil::date(2026, 11, 21).checked_add(Span::new().days(2_000)).unwrap();
        assert_eq!(civil_day(due), last);
        passes_until(&country, "2028-11-21T08:59:59Z");
        assert_eq!(held(&country), [1, 1, 1]);
        passes_until(&country, "2028-11-21T09:00:01Z");
        assert_eq!(held(&country), [1, 1, 0], "the dispensing goes, what it was made on stays");
        passes_until(&country, &(due - jiff::SignedDuration::from_secs(1)).to_string());
        assert_eq!(held(&country), [1, 1, 0]);
        passes_until(&country, &(due + jiff::SignedDuration::from_secs(1)).to_string());
        assert_eq!(held(&country), [0, 0, 0]);
    }

    #[test]
    fn a_medicine_that_is_used_up_within_two_years_goes_two_years_after_it_was_handed_over() {
        // proves rule F-17, rule F-15
        let (country, order) = dispensed(tablets("1", When::Morning));
        let two_years = "2028-11-21T09:00:00Z".parse().unwrap();
        assert_eq!(country.order(country.nancy, order).due_at, Some(two_years));
        passes_until(&country, "2028-11-21T09:00:01Z");
        assert_eq!(held(&country), [0, 0, 0]);
    }

    #[test]
    fn a_stopped_medicine_is_active_no_longer() {
        // proves rule F-17
        let (country, order) = dispensed(tablets("0.05", When::Morning));
        let request = stop::Request {
            patient: country.nancy,
            version: country.version(country.nancy),
            order,
            reason: "bivirkninger".into(),
        };
        country.act(&country.doctor(), |at| stop::run(at, request)).unwrap();
        passes_until(&country, "2028-11-21T09:00:01Z");
        assert_eq!(held(&country), [0, 0, 0]);
    }

    #[test]
    fn where_nobody_can_tell_how_long_it_lasts_it_stays() {
        // proves rule F-17
        let (country, order) = dispensed(Dosage::FreeText { text: "efter aftale".into() });
        assert_eq!(country.order(country.nancy, order).due_at, None);
        passes_until(&country, "2029-11-21T09:00:00Z");
        assert_eq!(held(&country), [1, 1, 0]);
        let stranger = country.opens(&country.other_doctor(), country.nancy);
        assert!(matches!(stranger, Err(Error::Refused(_))), "and is seen by nobody who may not");
    }
}
