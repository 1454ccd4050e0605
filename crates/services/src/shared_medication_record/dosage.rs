//! How much to take and when, in decimals, and in words.

use jiff::civil::Time;
use rust_decimal::Decimal;

pub(super) mod amount;
mod check;
mod words;

/// How much and when.
#[derive(Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case", tag = "kind", deny_unknown_fields)]
pub enum Dosage {
    /// Periods that follow one another.
    Structured {
        /// What a dose is counted in, such as `tablet`: in the singular.
        unit: String,
        /// What a dose is counted in, such as `tabletter`: in the plural.
        units: String,
        /// At least one.
        periods: Vec<Period>,
    },
    /// In the prescriber's own words.
    FreeText {
        /// The words.
        text: String,
    },
    /// According to a scheme that the local system keeps.
    LocalScheme,
}

/// One period of a dosage.
#[derive(Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Period {
    /// How many days it lasts; open if `None`, which only the last may be.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub days: Option<u32>,
    /// What is taken in every case.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fixed: Option<Structure>,
    /// What is taken as needed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub as_needed: Option<Structure>,
}

/// Doses that repeat.
#[derive(Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Structure {
    /// After how many days the doses repeat: 1 is daily, 7 weekly; 0 is once and not again.
    pub every_days: u32,
    /// At least one.
    pub doses: Vec<DoseTime>,
    /// Such as `with food`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub instruction: Option<String>,
    /// Hours that must pass between two doses.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub apart_hours: Option<u32>,
}

/// A dose and its time.
#[derive(Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct DoseTime {
    /// On which day of the structure, from 1.
    pub day: u32,
    /// When on that day.
    pub when: When,
    /// How much.
    pub dose: Dose,
}

/// When on a day.
#[derive(Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case", tag = "at", deny_unknown_fields)]
pub enum When {
    /// At a time of day.
    Time {
        /// The time, `08:00`.
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
        /// How many times.
        times: u32,
    },
    /// As often as needed.
    Unlimited {
        /// At most so many times a day, if there is a limit.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        times_max: Option<u32>,
    },
}

/// How much at once.
#[derive(Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case", tag = "kind", deny_unknown_fields)]
pub enum Dose {
    /// So much.
    Exactly {
        /// The quantity.
        quantity: Quantity,
    },
    /// Between two quantities.
    Between {
        /// At least.
        min: Quantity,
        /// At most.
        max: Quantity,
    },
}

/// A quantity: at most 18 digits, 9 of them after the point.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, serde::Serialize, serde::Deserialize)]
#[serde(transparent)]
pub struct Quantity(pub Decimal);

crate::redacted::redacted!(Dosage, Period, Structure, DoseTime, When, Dose, Quantity);
