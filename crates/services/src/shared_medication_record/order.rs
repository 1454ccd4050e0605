//! A medication order: what a person is to take, how and for how long.

use jiff::Timestamp;
use jiff::civil::Date;
use notice::Id;
use notice::id::{self, Person};
use register::Record;

use super::{Dosage, Drug};
use crate::Problem;
use crate::check::Check;
use crate::content::{self, in_role};

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

/// The content of an order: the fields of its register.
#[derive(Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct OrderContent {
    pub(super) identifier: String,
    #[serde(rename = "type")]
    pub(super) kind: OrderKind,
    pub(super) drug_name: String,
    pub(super) drug_id: Option<String>,
    pub(super) atc: Option<String>,
    pub(super) form: Option<String>,
    pub(super) strength: Option<String>,
    pub(super) route: Option<String>,
    pub(super) indication: Option<String>,
    pub(super) dosage: Option<Dosage>,
    pub(super) active_from: Date,
    pub(super) active_until: Option<Date>,
    pub(super) paused: Option<Pause>,
    pub(super) ended: Option<Ended>,
    pub(super) substitution: Substitution,
    pub(super) handover: Handover,
    pub(super) created_by: Option<String>,
    pub(super) created_by_organisation: Option<String>,
    pub(super) modified_by: Option<String>,
    pub(super) reviewed: Option<Reviewed>,
}

impl OrderContent {
    /// A new order by this writer.
    pub(super) fn new(identifier: String, order: NewOrder, by: &str, organisation: Option<&str>) -> Self {
        Self {
            identifier,
            kind: order.kind,
            drug_name: order.drug.name,
            drug_id: order.drug.drug_id,
            atc: order.drug.atc,
            form: order.drug.form,
            strength: order.drug.strength,
            route: order.route,
            indication: order.indication,
            dosage: Some(order.dosage),
            active_from: order.active.from,
            active_until: order.active.until,
            paused: None,
            ended: None,
            substitution: order.substitution,
            handover: order.handover,
            created_by: Some(by.to_owned()),
            created_by_organisation: organisation.map(str::to_owned),
            modified_by: None,
            reviewed: None,
        }
    }

    /// The order after an update: all that a writer decides is replaced, nothing is merged.
    pub(super) fn replaced(self, to: NewOrder, paused: Option<Pause>, by: &str) -> Self {
        let organisation = self.created_by_organisation;
        Self {
            created_by: self.created_by,
            created_by_organisation: organisation,
            ended: self.ended,
            reviewed: None,
            paused,
            modified_by: Some(by.to_owned()),
            ..Self::new(self.identifier, to, by, None)
        }
    }

    /// The order as its reader sees it, of this record.
    pub(super) fn into_order(self, record: &Record) -> Order {
        Order {
            id: record.id,
            version: record.version,
            patient: in_role(record, "patient").unwrap_or(Id::from_bits(0)),
            identifier: self.identifier,
            kind: self.kind,
            drug: Drug {
                name: self.drug_name,
                drug_id: self.drug_id,
                atc: self.atc,
                form: self.form,
                strength: self.strength,
            },
            route: self.route,
            indication: self.indication,
            dosage: self.dosage,
            active: ActivePeriod { from: self.active_from, until: self.active_until },
            paused: self.paused,
            ended: self.ended,
            substitution: self.substitution,
            handover: self.handover,
            created_by: self.created_by,
            created_by_organisation: self.created_by_organisation,
            created_at: content::first(record, "order.made").unwrap_or(record.collected_at),
            modified_by: self.modified_by,
            modified_at: record.changed_at,
            reviewed: self.reviewed,
            private: record.private,
            notes: record.notes.iter().map(|note| note.reveal().clone()).collect(),
            due_at: record.due_at,
        }
    }
}

impl Order {
    /// Where it stands on a day.
    #[must_use]
    pub fn status(&self, today: Date) -> OrderStatus {
        match &self.ended {
            Some(Ended { reason: EndedReason::Stopped, .. }) => return OrderStatus::Stopped,
            Some(Ended { reason: EndedReason::Expired, .. }) => return OrderStatus::Expired,
            None => {}
        }
        if self.active.until.is_some_and(|until| until < today) {
            OrderStatus::Expired
        } else if self.active.from > today {
            OrderStatus::NotYet
        } else if self.paused.as_ref().is_some_and(|pause| pause.covers(today)) {
            OrderStatus::Paused
        } else {
            OrderStatus::Current
        }
    }
}

impl Pause {
    /// Whether nothing is taken on a day.
    #[must_use]
    pub fn covers(&self, day: Date) -> bool {
        self.from <= day && self.until.is_none_or(|until| day <= until)
    }

    /// Whether the pause runs on a day or is still to come.
    #[must_use]
    pub fn is_ahead(&self, day: Date) -> bool {
        self.until.is_none_or(|until| day <= until)
    }
}

impl NewOrder {
    pub(super) fn check(&self, check: &mut Check) {
        self.drug.check(check);
        self.dosage.check(check);
        check.optional("route", self.route.as_deref(), 100);
        check.optional("indication", self.indication.as_deref(), 300);
        check.that(self.active.until.is_none_or(|until| self.active.from <= until), || {
            Problem::new(
                "active-until",
                "ends-before-it-begins",
                "Sidste dag ligger før første dag. Ret en af dem.",
                "The last day lies before the first day. Correct one of them.",
            )
        });
    }
}
