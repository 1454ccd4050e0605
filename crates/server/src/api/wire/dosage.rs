//! A dosage as it travels. Quantities are decimals in text: `"0.5"`.

use jiff::civil::Time;
use rust_decimal::Decimal;
use serde::{Deserialize, Serialize};
use services::shared_medication_record as ours;
use utoipa::ToSchema;

/// How much and when.
#[derive(Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case", rename_all_fields = "snake_case", tag = "kind", deny_unknown_fields)]
#[schema(as = Dosage)]
pub(crate) enum Dosage {
    /// Periods that follow one another.
    Structured {
        /// Unit in the singular.
        unit: String,
        /// Unit in the plural.
        units: String,
        /// At least one.
        periods: Vec<Period>,
    },
    /// In the prescriber's own words.
    FreeText {
        /// The words.
        text: String,
    },
    /// According to a scheme of the local system.
    LocalScheme,
}

/// One period.
#[derive(Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Period {
    /// Days; open if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    days: Option<u32>,
    /// What is taken in every case.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    fixed: Option<Structure>,
    /// What is taken as needed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    as_needed: Option<Structure>,
}

/// Doses that repeat.
#[derive(Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Structure {
    /// After how many days they repeat; 0 is once.
    every_days: u32,
    /// At least one.
    doses: Vec<DoseTime>,
    /// Such as `with food`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    instruction: Option<String>,
    /// Hours between two doses.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    apart_hours: Option<u32>,
}

/// A dose and its time.
#[derive(Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct DoseTime {
    /// Day of the structure, from 1.
    day: u32,
    /// When on that day.
    when: When,
    /// How much.
    dose: Dose,
}

/// When on a day.
#[derive(Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case", tag = "at", deny_unknown_fields)]
pub(crate) enum When {
    /// At a time of day.
    Time {
        /// `08:00`.
        #[schema(value_type = String)]
        time: Time,
    },
    /// In the morning.
    Morning,
    /// At noon.
    Noon,
    /// In the evening.
    Evening,
    /// Before the night.
    Night,
    /// So many times a day.
    TimesPerDay {
        /// How many.
        times: u32,
    },
    /// As often as needed.
    Unlimited {
        /// At most so many times a day.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        times_max: Option<u32>,
    },
}

/// How much at once.
#[derive(Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case", tag = "kind", deny_unknown_fields)]
pub(crate) enum Dose {
    /// So much.
    Exactly {
        /// The quantity.
        #[schema(value_type = String)]
        quantity: Decimal,
    },
    /// Between two quantities.
    Between {
        /// At least.
        #[schema(value_type = String)]
        min: Decimal,
        /// At most.
        #[schema(value_type = String)]
        max: Decimal,
    },
}

impl From<ours::Dosage> for Dosage {
    fn from(dosage: ours::Dosage) -> Self {
        match dosage {
            ours::Dosage::Structured { unit, units, periods } => {
                Self::Structured { unit, units, periods: periods.into_iter().map(Into::into).collect() }
            }
            ours::Dosage::FreeText { text } => Self::FreeText { text },
            ours::Dosage::LocalScheme => Self::LocalScheme,
        }
    }
}

impl From<Dosage> for ours::Dosage {
    fn from(dosage: Dosage) -> Self {
        match dosage {
            Dosage::Structured { unit, units, periods } => {
                Self::Structured { unit, units, periods: periods.into_iter().map(Into::into).collect() }
            }
            Dosage::FreeText { text } => Self::FreeText { text },
            Dosage::LocalScheme => Self::LocalScheme,
        }
    }
}

impl From<ours::Period> for Period {
    fn from(period: ours::Period) -> Self {
        Self {
            days: period.days,
            fixed: period.fixed.map(Into::into),
            as_needed: period.as_needed.map(Into::into),
        }
    }
}

impl From<Period> for ours::Period {
    fn from(period: Period) -> Self {
        Self {
            days: period.days,
            fixed: period.fixed.map(Into::into),
            as_needed: period.as_needed.map(Into::into),
        }
    }
}

impl From<ours::Structure> for Structure {
    fn from(one: ours::Structure) -> Self {
        let doses = one.doses.into_iter().map(Into::into).collect();
        Self { every_days: one.every_days, doses, instruction: one.instruction, apart_hours: one.apart_hours }
    }
}

impl From<Structure> for ours::Structure {
    fn from(one: Structure) -> Self {
        let doses = one.doses.into_iter().map(Into::into).collect();
        Self { every_days: one.every_days, doses, instruction: one.instruction, apart_hours: one.apart_hours }
    }
}

impl From<ours::DoseTime> for DoseTime {
    fn from(one: ours::DoseTime) -> Self {
        Self { day: one.day, when: one.when.into(), dose: one.dose.into() }
    }
}

impl From<DoseTime> for ours::DoseTime {
    fn from(one: DoseTime) -> Self {
        Self { day: one.day, when: one.when.into(), dose: one.dose.into() }
    }
}

impl From<ours::When> for When {
    fn from(when: ours::When) -> Self {
        match when {
            ours::When::Time { time } => Self::Time { time },
            ours::When::Morning => Self::Morning,
            ours::When::Noon => Self::Noon,
            ours::When::Evening => Self::Evening,
            ours::When::Night => Self::Night,
            ours::When::TimesPerDay { times } => Self::TimesPerDay { times },
            ours::When::Unlimited { times_max } => Self::Unlimited { times_max },
        }
    }
}

impl From<When> for ours::When {
    fn from(when: When) -> Self {
        match when {
            When::Time { time } => Self::Time { time },
            When::Morning => Self::Morning,
            When::Noon => Self::Noon,
            When::Evening => Self::Evening,
            When::Night => Self::Night,
            When::TimesPerDay { times } => Self::TimesPerDay { times },
            When::Unlimited { times_max } => Self::Unlimited { times_max },
        }
    }
}

impl From<ours::Dose> for Dose {
    fn from(dose: ours::Dose) -> Self {
        match dose {
            ours::Dose::Exactly { quantity } => Self::Exactly { quantity: quantity.0 },
            ours::Dose::Between { min, max } => Self::Between { min: min.0, max: max.0 },
        }
    }
}

impl From<Dose> for ours::Dose {
    fn from(dose: Dose) -> Self {
        match dose {
            Dose::Exactly { quantity } => Self::Exactly { quantity: ours::Quantity(quantity) },
            Dose::Between { min, max } => {
                Self::Between { min: ours::Quantity(min), max: ours::Quantity(max) }
            }
        }
    }
}
