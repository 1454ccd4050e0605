//! A dispensing: what a pharmacy handed over.

use jiff::Timestamp;
use notice::Id;
use notice::id::{self, Person};

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
