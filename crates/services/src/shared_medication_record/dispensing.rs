//! A dispensing: what a pharmacy handed over.

use jiff::Timestamp;
use notice::Id;
use notice::id::{self, Person};
use register::Record;

use crate::content::in_role;

/// A dispensing as far as its reader may see it.
#[derive(Clone, PartialEq, Eq)]
pub struct Dispensing {
    /// The record.
    pub id: Id<id::Record>,
    /// The person.
    pub patient: Id<Person>,
    /// The number on paper.
    pub identifier: String,
    /// The prescription.
    pub prescription: Option<Id<id::Record>>,
    /// The order.
    pub order: Option<Id<id::Record>>,
    /// Name of the medicine.
    pub drug_name: String,
    /// ATC code.
    pub atc: Option<String>,
    /// Six digits.
    pub package_number: Option<String>,
    /// Packages.
    pub packages: u32,
    /// When.
    pub dispensed_at: Timestamp,
    /// Name of the pharmacy.
    pub pharmacy: Option<String>,
    /// Name of the pharmacist.
    pub pharmacist: Option<String>,
    /// What was printed on the label.
    pub label_text: Option<String>,
    /// The pharmacy's comment.
    pub comment: Option<String>,
    /// Whether the person has marked it private.
    pub private: bool,
    /// When it goes, if the date is known.
    pub due_at: Option<Timestamp>,
}
crate::redacted::redacted!(Dispensing);

/// The content of a dispensing: the fields of its register.
#[derive(Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct DispensingContent {
    pub(super) identifier: String,
    /// Number of the prescription, not the id of its record.
    pub(super) prescription: Option<String>,
    /// Number of the order, not the id of its record.
    pub(super) order: Option<String>,
    pub(super) drug_name: String,
    pub(super) atc: Option<String>,
    pub(super) package_number: Option<String>,
    pub(super) quantity: u32,
    pub(super) dispensed_at: Timestamp,
    pub(super) pharmacy: Option<String>,
    pub(super) pharmacist: Option<String>,
    pub(super) label_text: Option<String>,
    pub(super) comment: Option<String>,
}

impl DispensingContent {
    /// The dispensing as its reader sees it; `find` finds a record by its number.
    pub(super) fn into_dispensing(
        self,
        record: &Record,
        find: impl Fn(&str) -> Option<Id<id::Record>>,
    ) -> Dispensing {
        Dispensing {
            id: record.id,
            patient: in_role(record, "patient").unwrap_or(Id::from_bits(0)),
            prescription: self.prescription.as_deref().and_then(&find),
            order: self.order.as_deref().and_then(&find),
            identifier: self.identifier,
            drug_name: self.drug_name,
            atc: self.atc,
            package_number: self.package_number,
            packages: self.quantity,
            dispensed_at: self.dispensed_at,
            pharmacy: self.pharmacy,
            pharmacist: self.pharmacist,
            label_text: self.label_text,
            comment: self.comment,
            private: record.private,
            due_at: record.due_at,
        }
    }
}
