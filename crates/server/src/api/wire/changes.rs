//! Changes of a medicine card as they travel, and what they would do.

use jiff::civil::Date;
use notice::id::Record;
use serde::{Deserialize, Serialize};
use services::shared_medication_record as ours;
use utoipa::ToSchema;

use super::card::{Days, Dispensing, Drug, Order, Prescription};
use super::dosage::Dosage;
use super::{WireId, Words};

/// An order as it shall be, whole.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewOrder {
    /// `by-professional` or `by-citizen`.
    #[schema(value_type = String)]
    kind: ours::OrderKind,
    /// The medicine.
    drug: Drug,
    /// Route.
    #[serde(default)]
    route: Option<String>,
    /// Against what.
    #[serde(default)]
    indication: Option<String>,
    /// How much and when.
    dosage: Dosage,
    /// From when to when.
    active: Days,
    /// `allowed` or `not-allowed`.
    #[schema(value_type = String)]
    substitution: ours::Substitution,
    /// How it reaches the person.
    #[schema(value_type = String)]
    handover: ours::Handover,
}

/// A new prescription.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct NewPrescription {
    /// Six digits.
    package_number: String,
    /// Units in a package.
    #[serde(default)]
    package_size: Option<u32>,
    /// Packages each time.
    packages: u32,
    /// How many times in all.
    iterations: u32,
    /// First day; today if absent.
    #[serde(default)]
    valid_from: Option<Date>,
    /// Last day; two years after the first if absent.
    #[serde(default)]
    valid_until: Option<Date>,
}

/// Prescribe: a new order or one that stands, with or without a prescription.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Prescribe {
    /// The order.
    treatment: Treatment,
    /// The prescription.
    #[serde(default)]
    prescription: Option<NewPrescription>,
}

/// A new order or one that stands.
#[derive(Deserialize, ToSchema)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub(crate) enum Treatment {
    /// A new order.
    New(Box<NewOrder>),
    /// An order on the card.
    #[schema(value_type = String)]
    Existing(WireId<Record>),
}

/// Change an order.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct ChangeOrder {
    /// The order as it shall be.
    to: NewOrder,
    /// The pause as it shall be; absent ends a pause.
    #[serde(default)]
    paused: Option<PauseOrder>,
    /// Said beside the order, if this corrects an error.
    #[serde(default)]
    note: Option<String>,
}

/// Pause an order.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct PauseOrder {
    /// First day without the medicine.
    from: Date,
    /// Last day without it.
    #[serde(default)]
    until: Option<Date>,
    /// Why.
    #[serde(default)]
    reason: Option<String>,
}

/// A reason in words.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Reason {
    /// Why; the person reads it.
    pub(crate) reason: String,
}

/// Call a prescription off.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct CancelPrescription {
    /// The version of the prescription that was read.
    pub(crate) version: u32,
    /// Why; the person reads it.
    pub(crate) reason: String,
}

/// Go through a card.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Review {
    /// Which orders.
    #[schema(value_type = Vec<String>)]
    orders: Vec<WireId<Record>>,
}

/// Hand over on a prescription.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(crate) struct Dispense {
    /// The version of the prescription that was read.
    version: u32,
    /// Packages.
    packages: u32,
    /// Text of the label.
    #[serde(default)]
    label_text: Option<String>,
    /// The pharmacy's comment.
    #[serde(default)]
    comment: Option<String>,
}

/// What was prescribed.
#[derive(Serialize, ToSchema)]
pub(crate) struct Prescribed {
    /// The order.
    order: Order,
    /// The prescription.
    #[serde(skip_serializing_if = "Option::is_none")]
    prescription: Option<Prescription>,
}

/// What was handed over.
#[derive(Serialize, ToSchema)]
pub(crate) struct Dispensed {
    /// What was handed over.
    dispensing: Dispensing,
    /// The prescription as it stands now.
    prescription: Prescription,
}

/// What a change would do.
#[derive(Serialize, ToSchema)]
pub(crate) struct Preview {
    /// The version of the card that it was made on.
    version: String,
    /// As it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    before: Option<Order>,
    /// As it would be.
    after: Order,
    /// Field by field.
    changes: Vec<FieldChange>,
    /// What to think of first.
    warnings: Vec<Warning>,
}

/// One field that changes.
#[derive(Serialize, ToSchema)]
pub(crate) struct FieldChange {
    /// The field.
    field: String,
    /// Its title.
    title: Words,
    /// As it is.
    #[serde(skip_serializing_if = "Option::is_none")]
    before: Option<Words>,
    /// As it would be.
    #[serde(skip_serializing_if = "Option::is_none")]
    after: Option<Words>,
}

/// Something to think of first.
#[derive(Serialize, ToSchema)]
pub(crate) struct Warning {
    /// Stable code.
    code: String,
    /// For people.
    words: Words,
}

/// What was, or would be, marked as gone through.
#[derive(Serialize, ToSchema)]
pub(crate) struct Reviewed {
    /// The orders.
    #[schema(value_type = Vec<String>)]
    orders: Vec<WireId<Record>>,
    /// What changes on them.
    changes: Vec<FieldChange>,
}

impl From<NewOrder> for ours::NewOrder {
    fn from(order: NewOrder) -> Self {
        Self {
            kind: order.kind,
            drug: order.drug.into(),
            route: order.route,
            indication: order.indication,
            dosage: order.dosage.into(),
            active: order.active.into(),
            substitution: order.substitution,
            handover: order.handover,
        }
    }
}

impl From<NewPrescription> for ours::NewPrescription {
    fn from(new: NewPrescription) -> Self {
        let NewPrescription { package_number, package_size, packages, iterations, valid_from, valid_until } =
            new;
        Self { package_number, package_size, packages, iterations, valid_from, valid_until }
    }
}

impl From<PauseOrder> for ours::pause::PauseFor {
    fn from(pause: PauseOrder) -> Self {
        Self { from: pause.from, until: pause.until, reason: pause.reason }
    }
}

impl Prescribe {
    /// The request of the service.
    pub(crate) fn on(
        self,
        patient: notice::Id<notice::id::Person>,
        version: ours::CardVersion,
    ) -> ours::prescribe::Request {
        let treatment = match self.treatment {
            Treatment::New(order) => ours::prescribe::Treatment::New(Box::new((*order).into())),
            Treatment::Existing(order) => ours::prescribe::Treatment::Existing(order.0),
        };
        ours::prescribe::Request {
            patient,
            version,
            treatment,
            prescription: self.prescription.map(Into::into),
        }
    }
}

impl ChangeOrder {
    /// The request of the service.
    pub(crate) fn on(
        self,
        patient: notice::Id<notice::id::Person>,
        order: notice::Id<Record>,
        version: ours::CardVersion,
    ) -> ours::change_order::Request {
        let (to, paused) = (self.to.into(), self.paused.map(Into::into));
        ours::change_order::Request { patient, version, order, to, paused, note: self.note }
    }
}

impl Review {
    /// The request of the service.
    pub(crate) fn on(
        self,
        patient: notice::Id<notice::id::Person>,
        version: ours::CardVersion,
    ) -> ours::review::Request {
        ours::review::Request {
            patient,
            version,
            orders: self.orders.into_iter().map(|order| order.0).collect(),
        }
    }
}

impl Dispense {
    /// The request of the service.
    pub(crate) fn on(
        self,
        patient: notice::Id<notice::id::Person>,
        prescription: notice::Id<Record>,
    ) -> ours::dispense::Request {
        let Self { version, packages, label_text, comment } = self;
        ours::dispense::Request { patient, prescription, version, packages, label_text, comment }
    }
}

impl From<ours::prescribe::Prescribed> for Prescribed {
    fn from(one: ours::prescribe::Prescribed) -> Self {
        Self { order: one.order.into(), prescription: one.prescription.map(Into::into) }
    }
}

impl From<ours::dispense::Output> for Dispensed {
    fn from(one: ours::dispense::Output) -> Self {
        Self { dispensing: one.dispensing.into(), prescription: one.prescription.into() }
    }
}

impl From<ours::FieldChange> for FieldChange {
    fn from(change: ours::FieldChange) -> Self {
        Self {
            field: change.field.to_owned(),
            title: change.title.into(),
            before: change.before.map(Into::into),
            after: change.after.map(Into::into),
        }
    }
}

impl From<ours::Warning> for Warning {
    fn from(warning: ours::Warning) -> Self {
        let words = Words { da: warning.words(notice::Lang::Da), en: warning.words(notice::Lang::En) };
        Self { code: warning.code().to_owned(), words }
    }
}

impl From<ours::Preview> for Preview {
    fn from(preview: ours::Preview) -> Self {
        Self {
            version: preview.version.to_string(),
            before: preview.before.map(Into::into),
            after: preview.after.into(),
            changes: preview.changes.into_iter().map(Into::into).collect(),
            warnings: preview.warnings.into_iter().map(Into::into).collect(),
        }
    }
}

impl From<ours::review::Output> for Reviewed {
    fn from(one: ours::review::Output) -> Self {
        Self {
            orders: one.orders.into_iter().map(Into::into).collect(),
            changes: one.changes.into_iter().map(Into::into).collect(),
        }
    }
}
