//! Emergency access and its review as they travel.

use jiff::Timestamp;
use notice::id::{Person, Record};
use register::Personal;
use serde::{Deserialize, Serialize};
use services::emergency_access::{self, Verdict, keep_longer, see_looks};
use utoipa::ToSchema;

use super::WireId;
use super::citizen::LogLine;

/// Emergency access that was taken.
#[derive(Serialize, ToSchema)]
pub(crate) struct Emergency {
    /// Its id.
    #[schema(value_type = String)]
    access: WireId<Record>,
    /// Until when.
    until: Timestamp,
    /// The how manyth of the caller today.
    number_today: usize,
    /// Whether the supervisor is told at once.
    supervisor_told: bool,
}

impl From<emergency_access::take::Output> for Emergency {
    fn from(one: emergency_access::take::Output) -> Self {
        Self {
            access: one.access.into(),
            until: one.until,
            number_today: one.number_today,
            supervisor_told: one.supervisor_told,
        }
    }
}

/// Emergency access to be reviewed.
#[derive(Serialize, ToSchema)]
pub(crate) struct EmergencyAccess {
    /// Its id.
    #[schema(value_type = String)]
    id: WireId<Record>,
    /// The patient.
    #[schema(value_type = String)]
    patient: WireId<Person>,
    /// Who took it.
    professional_name: String,
    /// For which organisation.
    #[serde(skip_serializing_if = "Option::is_none")]
    organisation_name: Option<String>,
    /// The reason that was written.
    reason: String,
    /// From when.
    from: Timestamp,
    /// Until when.
    until: Timestamp,
    /// Before when it must be reviewed.
    review_by: Timestamp,
    /// What the review found, once there was one.
    #[serde(skip_serializing_if = "Option::is_none")]
    review: Option<ReviewFound>,
}

/// What a review found.
#[derive(Serialize, ToSchema)]
struct ReviewFound {
    /// `justified` or `not_justified`.
    verdict: &'static str,
    /// Why, in the reviewer's words.
    note: String,
    /// When.
    at: Timestamp,
}

impl From<emergency_access::Review> for ReviewFound {
    fn from(found: emergency_access::Review) -> Self {
        let verdict = match found.verdict {
            Verdict::Justified => "justified",
            Verdict::NotJustified => "not_justified",
        };
        Self { verdict, note: found.note, at: found.at }
    }
}

impl From<emergency_access::EmergencyAccess> for EmergencyAccess {
    fn from(one: emergency_access::EmergencyAccess) -> Self {
        Self {
            id: one.id.into(),
            patient: one.patient.into(),
            professional_name: one.professional_name,
            organisation_name: one.organisation_name,
            reason: one.reason,
            from: one.from,
            until: one.until,
            review_by: one.review_by,
            review: one.review.map(Into::into),
        }
    }
}

/// The verdict on an emergency access.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ReviewEmergency {
    /// `justified` or `not_justified`.
    verdict: VerdictGiven,
    /// Why.
    note: String,
}

/// The verdict.
#[derive(Clone, Copy, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum VerdictGiven {
    /// It was right.
    Justified,
    /// It was not.
    NotJustified,
}

impl ReviewEmergency {
    /// The request of the service.
    pub(crate) fn of(
        self,
        patient: notice::Id<Person>,
        access: notice::Id<Record>,
    ) -> emergency_access::review::Request {
        let verdict = match self.verdict {
            VerdictGiven::Justified => Verdict::Justified,
            VerdictGiven::NotJustified => Verdict::NotJustified,
        };
        emergency_access::review::Request { patient, access, verdict, note: Personal::new(self.note) }
    }
}

/// An emergency access with every look made under it.
#[derive(Serialize, ToSchema)]
pub(crate) struct EmergencyLooks {
    /// The access.
    access: EmergencyAccess,
    /// The looks, the latest first.
    looks: Vec<LookUnderReview>,
}

/// A look with the number by which a reviewer names it.
#[derive(Serialize, ToSchema)]
struct LookUnderReview {
    /// Its number in the log.
    number: u64,
    /// The look.
    look: LogLine,
}

impl From<see_looks::Output> for EmergencyLooks {
    fn from(seen: see_looks::Output) -> Self {
        let look =
            |line: services::my_log::LogLine| LookUnderReview { number: line.number, look: line.into() };
        Self { access: seen.access.into(), looks: seen.looks.into_iter().map(look).collect() }
    }
}

/// Looks that are to be kept for five years.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct KeepLonger {
    /// Which looks.
    looks: KeptLooks,
    /// Why, in at least 20 letters; the person reads it.
    reason: String,
}

/// Which looks are to be kept.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
enum KeptLooks {
    /// Lines of the log by their numbers, at most 500.
    Lines(Vec<u64>),
    /// Every look under an emergency access, its taking, and the record of it.
    #[schema(value_type = String)]
    Emergency(WireId<Record>),
}

impl KeepLonger {
    /// The request of the service.
    pub(crate) fn of(self, patient: notice::Id<Person>) -> keep_longer::Request {
        let looks = match self.looks {
            KeptLooks::Lines(lines) => keep_longer::Looks::Lines(lines),
            KeptLooks::Emergency(access) => keep_longer::Looks::Emergency(access.0),
        };
        keep_longer::Request { patient, looks, reason: Personal::new(self.reason) }
    }
}

/// How many looks are kept longer.
#[derive(Serialize, ToSchema)]
pub(crate) struct KeptLines {
    /// Lines of the log.
    lines: usize,
}

impl From<keep_longer::Output> for KeptLines {
    fn from(kept: keep_longer::Output) -> Self {
        Self { lines: kept.lines }
    }
}
