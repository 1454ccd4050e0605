//! How surely somebody treats somebody, on the national scale from A+ to E.

use jiff::{SignedDuration, Timestamp};
use notice::Bilingual;

use crate::call::civil_day;
use crate::words::both;

/// The result of looking for a treatment relation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
pub enum Found {
    /// Explicit: referred, admitted or booked by name.
    #[serde(rename = "A+")]
    APlus,
    /// The same time and place.
    A,
    /// The same place.
    #[serde(rename = "B+")]
    BPlus,
    /// In general: the person's own practice.
    B,
    /// In the past.
    C,
    /// Cannot be told yet; looked for again until it is settled.
    D,
    /// None.
    E,
}

/// Whether the relation opens records.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Strength {
    /// Known from another party: opens.
    Strong,
    /// Known from the one who gains by it: opens only what it belongs to and is checked within a day.
    Weak,
    /// Opens nothing.
    None,
}

/// Where a relation is known from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Source {
    /// A referral.
    Referral,
    /// A contact in the patient register.
    PatientRegister,
    /// A service in the register of GP services.
    GpServices,
    /// The list of the person's own practice.
    GpList,
    /// The professional's own word.
    Asserted,
}

/// What the person comes for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// Admitted or booked by name.
    Explicit,
    /// A visit.
    Visit,
    /// The person's own practice.
    OwnPractice,
}

/// A service is looked for again for so many days before there is none (GP services).
const SERVICE_SETTLES_DAYS: i64 = 62;
/// A choice of practice is looked for again for so many days before there is none (GP list).
const LIST_SETTLES_DAYS: i64 = 10;

/// What is known of a treatment.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Evidence {
    /// Where it is known from.
    pub source: Source,
    /// What the person comes for.
    pub kind: Kind,
    /// When it began.
    pub from: Timestamp,
    /// When it ended; open if `None`.
    pub until: Option<Timestamp>,
}

impl Evidence {
    /// How surely there is a relation at an instant.
    #[must_use]
    pub fn found(&self, now: Timestamp) -> Found {
        let over = self.until.is_some_and(|until| until <= now);
        match (self.source, self.kind) {
            (Source::Asserted, _) => unsettled(self.from, now, SERVICE_SETTLES_DAYS),
            (_, _) if over => Found::C,
            (Source::Referral, _) | (Source::PatientRegister, Kind::Explicit) => Found::APlus,
            (Source::PatientRegister, Kind::Visit) => Found::A,
            (Source::PatientRegister, Kind::OwnPractice) => Found::BPlus,
            (Source::GpServices, _) if civil_day(self.from) == civil_day(now) => Found::A,
            (Source::GpServices, _) => Found::C,
            (Source::GpList, _) => Found::B,
        }
    }

    /// What an empty answer of the source means, for a treatment said to have begun then: too early to tell, or none.
    #[must_use]
    pub fn found_nothing(&self, now: Timestamp) -> Found {
        match self.source {
            Source::GpList => unsettled(self.from, now, LIST_SETTLES_DAYS),
            Source::GpServices | Source::Referral | Source::PatientRegister | Source::Asserted => {
                unsettled(self.from, now, SERVICE_SETTLES_DAYS)
            }
        }
    }
}

fn unsettled(from: Timestamp, now: Timestamp, days: i64) -> Found {
    let settles = from + SignedDuration::from_hours(24 * days);
    if now <= settles { Found::D } else { Found::E }
}

impl Found {
    /// Every result, the surest first.
    pub const ALL: [Self; 7] = [Self::APlus, Self::A, Self::BPlus, Self::B, Self::C, Self::D, Self::E];

    /// `A+` to `E`.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::APlus => "A+",
            Self::A => "A",
            Self::BPlus => "B+",
            Self::B => "B",
            Self::C => "C",
            Self::D => "D",
            Self::E => "E",
        }
    }

    /// Whether it opens records. Access is given first and verified afterwards only where another party has said it.
    #[must_use]
    pub const fn strength(self) -> Strength {
        match self {
            Self::APlus | Self::A | Self::BPlus | Self::B => Strength::Strong,
            Self::C | Self::D => Strength::Weak,
            Self::E => Strength::None,
        }
    }

    /// Whether somebody must look again until it is settled.
    #[must_use]
    pub const fn is_checked_again(self) -> bool {
        match self {
            Self::D => true,
            Self::APlus | Self::A | Self::BPlus | Self::B | Self::C | Self::E => false,
        }
    }

    /// In plain words.
    #[must_use]
    pub fn words(self) -> Bilingual {
        match self {
            Self::APlus => {
                both("henvist, indlagt eller bestilt ved navn", "referred, admitted or booked by name")
            }
            Self::A => both("samme tid og sted", "the same time and place"),
            Self::BPlus => both("samme sted", "the same place"),
            Self::B => both("egen læge", "the person's own practice"),
            Self::C => both("tidligere behandling", "treated in the past"),
            Self::D => both("kan ikke afgøres endnu", "cannot be told yet"),
            Self::E => both("ingen behandling fundet", "no treatment found"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn evidence(source: Source, kind: Kind) -> Evidence {
        Evidence { source, kind, from: "2026-11-21T09:00:00Z".parse().unwrap(), until: None }
    }

    #[test]
    fn a_service_on_the_day_is_the_same_time_and_place_and_on_another_day_the_past() {
        let service = evidence(Source::GpServices, Kind::Visit);
        assert_eq!(service.found("2026-11-21T20:00:00Z".parse().unwrap()), Found::A);
        assert_eq!(service.found("2026-11-23T09:00:00Z".parse().unwrap()), Found::C);
    }

    #[test]
    fn an_empty_answer_is_unsettled_for_62_days_for_services_and_10_for_lists() {
        let day = |text: &str| text.parse().unwrap();
        let service = evidence(Source::GpServices, Kind::Visit);
        assert_eq!(service.found_nothing(day("2027-01-22T08:00:00Z")), Found::D);
        assert_eq!(service.found_nothing(day("2027-01-23T09:00:00Z")), Found::E);
        let list = evidence(Source::GpList, Kind::OwnPractice);
        assert_eq!(list.found_nothing(day("2026-12-01T08:00:00Z")), Found::D);
        assert_eq!(list.found_nothing(day("2026-12-02T09:00:00Z")), Found::E);
    }

    #[test]
    fn only_what_another_party_said_is_strong() {
        let now = "2026-11-21T10:00:00Z".parse().unwrap();
        assert_eq!(evidence(Source::Asserted, Kind::Explicit).found(now).strength(), Strength::Weak);
        assert_eq!(evidence(Source::Referral, Kind::Explicit).found(now).strength(), Strength::Strong);
        assert_eq!(evidence(Source::GpList, Kind::OwnPractice).found(now).strength(), Strength::Strong);
    }
}
