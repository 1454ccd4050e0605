//! How much a dosage comes to in a day, and how long a package lasts.

use std::collections::BTreeMap;

use rust_decimal::Decimal;

use super::{Dosage, Dose, DoseTime, Period, Structure, When};

impl Dosage {
    /// The largest amount that may be taken on one day; `None` where it cannot be told.
    #[must_use]
    pub fn daily_max(&self) -> Option<Decimal> {
        let Self::Structured { periods, .. } = self else { return None };
        periods.iter().map(Period::daily_max).collect::<Option<Vec<_>>>()?.into_iter().max()
    }

    /// The least amount that is taken in a day, evenly spread, once the dosage has settled; `None` where it cannot be told or nothing is taken for certain.
    #[must_use]
    pub fn daily_least(&self) -> Option<Decimal> {
        let Self::Structured { periods, .. } = self else { return None };
        periods.iter().map(Period::daily_least).collect::<Option<Vec<_>>>()?.into_iter().min()
    }
}

impl Period {
    fn daily_max(&self) -> Option<Decimal> {
        let mut days: BTreeMap<u32, Decimal> = BTreeMap::new();
        for structure in [&self.fixed, &self.as_needed].into_iter().flatten() {
            for dose in &structure.doses {
                let day = days.entry(dose.day).or_default();
                *day = day.checked_add(dose.most()?)?;
            }
        }
        Some(days.into_values().max().unwrap_or_default())
    }

    fn daily_least(&self) -> Option<Decimal> {
        self.fixed.as_ref()?.daily_least()
    }
}

impl Structure {
    fn daily_least(&self) -> Option<Decimal> {
        // Once and not again says nothing of a day.
        if self.every_days == 0 {
            return None;
        }
        let total =
            self.doses.iter().try_fold(Decimal::ZERO, |total, dose| total.checked_add(dose.least()?))?;
        (total > Decimal::ZERO).then(|| total.checked_div(Decimal::from(self.every_days))).flatten()
    }
}

impl DoseTime {
    fn most(&self) -> Option<Decimal> {
        let most = match &self.dose {
            Dose::Exactly { quantity } => quantity.0,
            Dose::Between { max, .. } => max.0,
        };
        most.checked_mul(Decimal::from(self.times()?))
    }

    fn least(&self) -> Option<Decimal> {
        let least = match &self.dose {
            Dose::Exactly { quantity } => quantity.0,
            Dose::Between { min, .. } => min.0,
        };
        match self.when {
            When::Unlimited { .. } => None,
            When::Time { .. }
            | When::Morning
            | When::Noon
            | When::Evening
            | When::Night
            | When::TimesPerDay { .. } => least.checked_mul(Decimal::from(self.times()?)),
        }
    }

    fn times(&self) -> Option<u32> {
        match self.when {
            When::TimesPerDay { times } => Some(times),
            When::Unlimited { times_max } => times_max,
            When::Time { .. } | When::Morning | When::Noon | When::Evening | When::Night => Some(1),
        }
    }
}
