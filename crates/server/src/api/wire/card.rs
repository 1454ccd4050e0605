//! The medicine card as it travels.

use jiff::Timestamp;
use jiff::civil::Date;
use notice::id::{Person, Record};
use serde::{Deserialize, Serialize};
use services::shared_medication_record as ours;
use utoipa::ToSchema;

use super::WireId;
use super::dosage::Dosage;

/// One person's medicine card, as far as the caller may see it. Its version is in `ETag`.
#[derive(Serialize, ToSchema)]
pub(crate) struct MedicineCard {
    /// The person.
    #[schema(value_type = String)]
    patient: WireId<Person>,
    /// The version, as in `ETag`.
    version: String,
    /// Orders, current medication first.
    orders: Vec<Order>,
    /// Prescriptions, the latest first.
    prescriptions: Vec<Prescription>,
    /// What was handed over, the latest first.
    dispensings: Vec<Dispensing>,
    /// Records marked private that the caller does not see.
    hidden_private: usize,
    /// When somebody last went through all of the current medication.
    #[serde(skip_serializing_if = "Option::is_none")]
    reviewed: Option<ReviewedBy>,
}

/// Somebody went through it and found it right.
#[derive(Serialize, ToSchema)]
pub(crate) struct ReviewedBy {
    /// When.
    at: Timestamp,
    /// Name.
    by: String,
}

/// A medicine.
#[derive(Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Drug {
    /// Name.
    name: String,
    /// Number of the drug, 11 digits.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    drug_id: Option<String>,
    /// ATC code.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    atc: Option<String>,
    /// Form.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    form: Option<String>,
    /// Strength.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    strength: Option<String>,
}

/// Between two days.
#[derive(Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Days {
    /// First day.
    from: Date,
    /// Last day; open if absent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    until: Option<Date>,
}

/// A pause.
#[derive(Serialize, ToSchema)]
pub(crate) struct Pause {
    /// First day without the medicine.
    from: Date,
    /// Last day without it.
    #[serde(skip_serializing_if = "Option::is_none")]
    until: Option<Date>,
    /// Who paused it.
    by: String,
    /// Why.
    #[serde(skip_serializing_if = "Option::is_none")]
    reason: Option<String>,
}

/// The end of an order.
#[derive(Serialize, ToSchema)]
pub(crate) struct Ended {
    /// When.
    at: Timestamp,
    /// `stopped` or `expired`.
    #[schema(value_type = String)]
    how: ours::EndedReason,
    /// Who stopped it.
    by: String,
    /// Why.
    #[serde(skip_serializing_if = "Option::is_none")]
    note: Option<String>,
}

/// An order.
#[derive(Serialize, ToSchema)]
pub(crate) struct Order {
    /// Its id.
    #[schema(value_type = String)]
    id: WireId<Record>,
    /// Version of the record.
    version: u32,
    /// The number on paper.
    identifier: String,
    /// `by-professional` or `by-citizen`.
    #[schema(value_type = String)]
    kind: ours::OrderKind,
    /// The medicine.
    drug: Drug,
    /// Route.
    #[serde(skip_serializing_if = "Option::is_none")]
    route: Option<String>,
    /// Against what.
    #[serde(skip_serializing_if = "Option::is_none")]
    indication: Option<String>,
    /// How much and when, if the caller may see it.
    #[serde(skip_serializing_if = "Option::is_none")]
    dosage: Option<Dosage>,
    /// From when to when.
    active: Days,
    /// On pause.
    #[serde(skip_serializing_if = "Option::is_none")]
    paused: Option<Pause>,
    /// Ended.
    #[serde(skip_serializing_if = "Option::is_none")]
    ended: Option<Ended>,
    /// `allowed` or `not-allowed`.
    #[schema(value_type = String)]
    substitution: ours::Substitution,
    /// How it reaches the person.
    #[schema(value_type = String)]
    handover: ours::Handover,
    /// Who ordered it.
    #[serde(skip_serializing_if = "Option::is_none")]
    created_by: Option<String>,
    /// For which organisation.
    #[serde(skip_serializing_if = "Option::is_none")]
    created_by_organisation: Option<String>,
    /// When.
    created_at: Timestamp,
    /// Who changed it last.
    #[serde(skip_serializing_if = "Option::is_none")]
    modified_by: Option<String>,
    /// When.
    modified_at: Timestamp,
    /// Who went through it last.
    #[serde(skip_serializing_if = "Option::is_none")]
    reviewed: Option<ReviewedBy>,
    /// Marked private.
    private: bool,
    /// Notes of rectification.
    notes: Vec<String>,
    /// When it goes, if known.
    #[serde(skip_serializing_if = "Option::is_none")]
    due_at: Option<Timestamp>,
}

/// A prescription.
#[derive(Serialize, ToSchema)]
pub(crate) struct Prescription {
    /// Its id.
    #[schema(value_type = String)]
    id: WireId<Record>,
    /// Version of the record.
    version: u32,
    /// The number on paper.
    identifier: String,
    /// The order that it serves.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    order: Option<WireId<Record>>,
    /// Where it stands.
    #[schema(value_type = String)]
    status: ours::PrescriptionStatus,
    /// The medicine.
    drug: Drug,
    /// Six digits.
    #[serde(skip_serializing_if = "Option::is_none")]
    package_number: Option<String>,
    /// Units in a package.
    #[serde(skip_serializing_if = "Option::is_none")]
    package_size: Option<u32>,
    /// Packages each time.
    packages: u32,
    /// How many times in all.
    iterations: u32,
    /// Packages handed over, if the caller may see it.
    #[serde(skip_serializing_if = "Option::is_none")]
    dispensed_packages: Option<u32>,
    /// How to take it.
    #[serde(skip_serializing_if = "Option::is_none")]
    dosage_text: Option<String>,
    /// Against what.
    #[serde(skip_serializing_if = "Option::is_none")]
    indication: Option<String>,
    /// First day.
    valid_from: Date,
    /// Last day.
    valid_until: Date,
    /// Prescriber.
    #[serde(skip_serializing_if = "Option::is_none")]
    issued_by: Option<String>,
    /// The prescriber's authorisation id.
    #[serde(skip_serializing_if = "Option::is_none")]
    issued_by_authorisation: Option<String>,
    /// The prescriber's organisation.
    #[serde(skip_serializing_if = "Option::is_none")]
    issued_by_organisation: Option<String>,
    /// When it was issued.
    issued_at: Timestamp,
    /// Why it was called off.
    #[serde(skip_serializing_if = "Option::is_none")]
    cancelled: Option<String>,
    /// Marked private.
    private: bool,
    /// When it goes, if known.
    #[serde(skip_serializing_if = "Option::is_none")]
    due_at: Option<Timestamp>,
}

/// Something handed over.
#[derive(Serialize, ToSchema)]
pub(crate) struct Dispensing {
    /// Its id.
    #[schema(value_type = String)]
    id: WireId<Record>,
    /// The number on paper.
    identifier: String,
    /// The prescription.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    prescription: Option<WireId<Record>>,
    /// The order.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schema(value_type = Option<String>)]
    order: Option<WireId<Record>>,
    /// Name of the medicine.
    drug_name: String,
    /// ATC code.
    #[serde(skip_serializing_if = "Option::is_none")]
    atc: Option<String>,
    /// Six digits.
    #[serde(skip_serializing_if = "Option::is_none")]
    package_number: Option<String>,
    /// Packages.
    packages: u32,
    /// When.
    dispensed_at: Timestamp,
    /// The pharmacy.
    #[serde(skip_serializing_if = "Option::is_none")]
    pharmacy: Option<String>,
    /// The pharmacist.
    #[serde(skip_serializing_if = "Option::is_none")]
    pharmacist: Option<String>,
    /// Text of the label.
    #[serde(skip_serializing_if = "Option::is_none")]
    label_text: Option<String>,
    /// The pharmacy's comment.
    #[serde(skip_serializing_if = "Option::is_none")]
    comment: Option<String>,
    /// Marked private.
    private: bool,
    /// When it goes, if known.
    #[serde(skip_serializing_if = "Option::is_none")]
    due_at: Option<Timestamp>,
}

impl From<ours::MedicineCard> for MedicineCard {
    fn from(card: ours::MedicineCard) -> Self {
        Self {
            patient: card.patient.into(),
            version: card.version.to_string(),
            orders: card.orders.into_iter().map(Into::into).collect(),
            prescriptions: card.prescriptions.into_iter().map(Into::into).collect(),
            dispensings: card.dispensings.into_iter().map(Into::into).collect(),
            hidden_private: card.hidden_private,
            reviewed: card.reviewed.map(Into::into),
        }
    }
}

impl From<ours::Reviewed> for ReviewedBy {
    fn from(reviewed: ours::Reviewed) -> Self {
        Self { at: reviewed.at, by: reviewed.by }
    }
}

impl From<ours::Drug> for Drug {
    fn from(drug: ours::Drug) -> Self {
        let ours::Drug { name, drug_id, atc, form, strength } = drug;
        Self { name, drug_id, atc, form, strength }
    }
}

impl From<Drug> for ours::Drug {
    fn from(drug: Drug) -> Self {
        let Drug { name, drug_id, atc, form, strength } = drug;
        Self { name, drug_id, atc, form, strength }
    }
}

impl From<ours::ActivePeriod> for Days {
    fn from(days: ours::ActivePeriod) -> Self {
        Self { from: days.from, until: days.until }
    }
}

impl From<Days> for ours::ActivePeriod {
    fn from(days: Days) -> Self {
        Self { from: days.from, until: days.until }
    }
}

impl From<ours::Pause> for Pause {
    fn from(pause: ours::Pause) -> Self {
        Self { from: pause.from, until: pause.until, by: pause.by, reason: pause.reason }
    }
}

impl From<ours::Ended> for Ended {
    fn from(ended: ours::Ended) -> Self {
        Self { at: ended.at, how: ended.reason, by: ended.by, note: ended.note }
    }
}

impl From<ours::Order> for Order {
    fn from(order: ours::Order) -> Self {
        Self {
            id: order.id.into(),
            version: order.version,
            identifier: order.identifier,
            kind: order.kind,
            drug: order.drug.into(),
            route: order.route,
            indication: order.indication,
            dosage: order.dosage.map(Into::into),
            active: order.active.into(),
            paused: order.paused.map(Into::into),
            ended: order.ended.map(Into::into),
            substitution: order.substitution,
            handover: order.handover,
            created_by: order.created_by,
            created_by_organisation: order.created_by_organisation,
            created_at: order.created_at,
            modified_by: order.modified_by,
            modified_at: order.modified_at,
            reviewed: order.reviewed.map(Into::into),
            private: order.private,
            notes: order.notes,
            due_at: order.due_at,
        }
    }
}

impl From<ours::Prescription> for Prescription {
    fn from(one: ours::Prescription) -> Self {
        Self {
            id: one.id.into(),
            version: one.version,
            identifier: one.identifier,
            order: one.order.map(Into::into),
            status: one.status,
            drug: one.drug.into(),
            package_number: one.package_number,
            package_size: one.package_size,
            packages: one.packages,
            iterations: one.iterations,
            dispensed_packages: one.dispensed_packages,
            dosage_text: one.dosage_text,
            indication: one.indication,
            valid_from: one.valid_from,
            valid_until: one.valid_until,
            issued_by: one.issued_by,
            issued_by_authorisation: one.issued_by_authorisation,
            issued_by_organisation: one.issued_by_organisation,
            issued_at: one.issued_at,
            cancelled: one.cancelled,
            private: one.private,
            due_at: one.due_at,
        }
    }
}

impl From<ours::Dispensing> for Dispensing {
    fn from(one: ours::Dispensing) -> Self {
        Self {
            id: one.id.into(),
            identifier: one.identifier,
            prescription: one.prescription.map(Into::into),
            order: one.order.map(Into::into),
            drug_name: one.drug_name,
            atc: one.atc,
            package_number: one.package_number,
            packages: one.packages,
            dispensed_at: one.dispensed_at,
            pharmacy: one.pharmacy,
            pharmacist: one.pharmacist,
            label_text: one.label_text,
            comment: one.comment,
            private: one.private,
            due_at: one.due_at,
        }
    }
}
