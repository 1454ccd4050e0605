//! Whether a dosage can be what somebody means.

use rust_decimal::Decimal;

use super::{Dosage, Dose, Period, Quantity, Structure, When};
use crate::Problem;
use crate::check::Check;

const PERIODS_MAX: usize = 100;
const DOSES_MAX: usize = 100;
const DAYS_MAX: u32 = 3_660;
const EVERY_DAYS_MAX: u32 = 366;
const TIMES_MAX: u32 = 99;

impl Dosage {
    pub(in super::super) fn check(&self, check: &mut Check) {
        match self {
            Self::FreeText { text } => {
                check.text("dosage.text", text, 2_000);
            }
            Self::LocalScheme => {}
            Self::Structured { unit, units, periods } => {
                check.text("dosage.unit", unit, 100).text("dosage.units", units, 100);
                check_periods(check, periods);
            }
        }
    }
}

fn check_periods(check: &mut Check, periods: &[Period]) {
    check.that((1..=PERIODS_MAX).contains(&periods.len()), || {
        problem(
            "dosage.periods",
            "number-of-periods",
            "Skriv mindst én periode og højst 100.",
            "Write at least one period and at most 100.",
        )
    });
    for (position, period) in periods.iter().enumerate() {
        let field = format!("dosage.periods.{position}");
        let last = position + 1 == periods.len();
        check.that(period.days.is_some() || last, || {
            problem(
                &format!("{field}.days"),
                "open-period-not-last",
                "Kun den sidste periode kan være uden slutning. Skriv antal dage.",
                "Only the last period may be without an end. Write the number of days.",
            )
        });
        check.that(period.days.is_none_or(|days| (1..=DAYS_MAX).contains(&days)), || {
            range(&format!("{field}.days"), DAYS_MAX)
        });
        for (name, structure) in [("fixed", &period.fixed), ("as-needed", &period.as_needed)] {
            if let Some(structure) = structure {
                check_structure(check, &format!("{field}.{name}"), structure);
            }
        }
    }
    check.that(periods.iter().any(|period| period.fixed.is_some() || period.as_needed.is_some()), || {
        problem(
            "dosage.periods",
            "nothing-to-take",
            "Ingen periode siger, hvad der skal tages. Skriv mindst én dosis.",
            "No period says what to take. Write at least one dose.",
        )
    });
}

fn check_structure(check: &mut Check, field: &str, structure: &Structure) {
    check.that(structure.every_days <= EVERY_DAYS_MAX, || {
        range(&format!("{field}.every-days"), EVERY_DAYS_MAX)
    });
    check.that((1..=DOSES_MAX).contains(&structure.doses.len()), || {
        problem(
            &format!("{field}.doses"),
            "number-of-doses",
            "Skriv mindst én dosis og højst 100.",
            "Write at least one dose and at most 100.",
        )
    });
    check.optional(&format!("{field}.instruction"), structure.instruction.as_deref(), 500);
    let day_max = if structure.every_days == 0 { EVERY_DAYS_MAX } else { structure.every_days };
    for (position, dose) in structure.doses.iter().enumerate() {
        let field = format!("{field}.doses.{position}");
        check.that((1..=day_max).contains(&dose.day), || range(&format!("{field}.day"), day_max));
        let times = match dose.when {
            When::TimesPerDay { times } => Some(times),
            When::Unlimited { times_max } => times_max,
            When::Time { .. } | When::Morning | When::Noon | When::Evening | When::Night => None,
        };
        check.that(times.is_none_or(|times| (1..=TIMES_MAX).contains(&times)), || {
            range(&format!("{field}.times"), TIMES_MAX)
        });
        check_dose(check, &field, &dose.dose);
    }
}

fn check_dose(check: &mut Check, field: &str, dose: &Dose) {
    let quantities = match dose {
        Dose::Exactly { quantity } => [Some(*quantity), None],
        Dose::Between { min, max } => {
            check.that(min < max, || {
                problem(
                    &format!("{field}.dose.max"),
                    "not-above-the-least",
                    "Den største mængde skal være større end den mindste.",
                    "The largest amount must be larger than the least.",
                )
            });
            [Some(*min), Some(*max)]
        }
    };
    for quantity in quantities.into_iter().flatten() {
        check.that(quantity.fits(), || {
            problem(
                &format!("{field}.dose"),
                "not-a-quantity",
                "Mængden skal være over nul, med højst 18 cifre og højst 9 af dem efter kommaet.",
                "The amount must be above zero, with at most 18 digits and at most 9 of them after the point.",
            )
        });
    }
}

impl Quantity {
    /// Above zero, at most 18 digits, at most 9 of them after the point.
    fn fits(self) -> bool {
        let value = self.0.normalize();
        value > Decimal::ZERO && value.scale() <= 9 && value.mantissa() < 1_000_000_000_000_000_000
    }
}

fn range(field: &str, max: u32) -> Problem {
    Problem::new(
        field,
        "out-of-range",
        format!("Skriv et tal fra 1 til {max}."),
        format!("Write a number from 1 to {max}."),
    )
}

fn problem(field: &str, code: &'static str, da: &str, en: &str) -> Problem {
    Problem::new(field, code, da, en)
}
