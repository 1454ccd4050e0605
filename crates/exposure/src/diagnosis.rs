//! The key of a day once its owner has let go of it: with the time it was in use and what is known of the illness.

use crate::interval::{Day, IntervalNumber, RollingPeriod};
use crate::key::{Random, TemporaryExposureKey};

/// How sure the authority is. The numbers are those of every wire format of the field.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ReportType {
    /// Nobody said.
    Unknown,
    /// A positive test.
    ConfirmedTest,
    /// A doctor's diagnosis.
    ConfirmedClinicalDiagnosis,
    /// The owner's own word.
    SelfReport,
    /// Reserved; no authority uses it.
    Recursive,
    /// Taken back: the test was negative after all.
    Revoked,
}

impl ReportType {
    /// All of them, by number.
    pub const ALL: [Self; 6] = [
        Self::Unknown,
        Self::ConfirmedTest,
        Self::ConfirmedClinicalDiagnosis,
        Self::SelfReport,
        Self::Recursive,
        Self::Revoked,
    ];

    /// The type of a number; `None` if the field knows none.
    #[must_use]
    pub fn from_number(number: i32) -> Option<Self> {
        usize::try_from(number).ok().and_then(|index| Self::ALL.get(index)).copied()
    }

    /// Its number.
    #[must_use]
    pub const fn number(self) -> i32 {
        self as i32
    }

    /// Its name in the wire formats.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Unknown => "UNKNOWN",
            Self::ConfirmedTest => "CONFIRMED_TEST",
            Self::ConfirmedClinicalDiagnosis => "CONFIRMED_CLINICAL_DIAGNOSIS",
            Self::SelfReport => "SELF_REPORT",
            Self::Recursive => "RECURSIVE",
            Self::Revoked => "REVOKED",
        }
    }

    /// The type of a name in the wire formats.
    #[must_use]
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|one| one.name() == name)
    }
}

/// Why a number is no transmission risk level.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a transmission risk level is 0 to 8, this is {0}")]
pub struct TransmissionRiskError(pub i32);

/// How likely the owner passed the illness on that day, 1 to 8; 0 says nothing. Only the older risk model asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TransmissionRisk(u8);

impl TransmissionRisk {
    /// The level of a number.
    ///
    /// # Errors
    /// When it is not 0 to 8.
    pub fn new(level: i32) -> Result<Self, TransmissionRiskError> {
        match u8::try_from(level) {
            Ok(level @ 0..=8) => Ok(Self(level)),
            Ok(_) | Err(_) => Err(TransmissionRiskError(level)),
        }
    }

    /// The level.
    #[must_use]
    pub const fn level(self) -> u8 {
        self.0
    }
}

/// A key that its owner has let go of.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct DiagnosisKey {
    /// The key.
    pub key: TemporaryExposureKey,
    /// The first interval in which it was used. Most begin at midnight UTC; nobody may insist on it.
    pub start: IntervalNumber,
    /// For how many intervals.
    pub period: RollingPeriod,
    /// How sure the authority is; `None` if nothing was said.
    pub report_type: Option<ReportType>,
    /// Days from the first symptoms to this day; `None` if that is not known, which is not the same as 0.
    pub days_since_onset: Option<i32>,
    /// The level for the older risk model.
    pub transmission_risk: Option<TransmissionRisk>,
}

impl DiagnosisKey {
    /// The first interval in which it is no longer used.
    #[must_use]
    pub fn end(&self) -> IntervalNumber {
        self.start.plus(self.period.intervals())
    }

    /// Its day.
    #[must_use]
    pub const fn day(&self) -> Day {
        self.start.day()
    }

    /// A key that never was in a phone, with everything else as here: nobody can tell which is which.
    #[must_use]
    pub fn like_this(&self, random: &mut Random<'_>) -> Self {
        Self { key: TemporaryExposureKey::random(random), ..self.clone() }
    }
}

#[cfg(test)]
mod tests {
    use super::{ReportType, TransmissionRisk};

    #[test]
    fn every_report_type_has_its_number_and_name() {
        for (number, one) in (0..).zip(ReportType::ALL) {
            assert_eq!(one.number(), number);
            assert_eq!(ReportType::from_number(number), Some(one));
            assert_eq!(ReportType::from_name(one.name()), Some(one));
        }
        assert_eq!(ReportType::from_number(6), None);
        assert_eq!(ReportType::from_number(-1), None);
    }

    #[test]
    fn a_risk_level_is_0_to_8() {
        assert_eq!(TransmissionRisk::new(8).unwrap().level(), 8);
        for wrong in [-1, 9, i32::MAX] {
            assert_eq!(TransmissionRisk::new(wrong).unwrap_err().0, wrong);
        }
    }
}
