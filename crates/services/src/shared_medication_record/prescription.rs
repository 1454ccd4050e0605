//! A prescription: leave to hand over so many packages, so many times.

use jiff::Timestamp;
use jiff::civil::Date;
use notice::Id;
use notice::id::{self, Person};

use super::Drug;

/// Where a prescription stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PrescriptionStatus {
    /// Something may be handed over.
    Open,
    /// Its first day is still to come.
    Pending,
    /// All has been handed over.
    Closed,
    /// Called off by a prescriber.
    Cancelled,
    /// Its last day is over.
    Expired,
}

/// A prescription as far as its reader may see it.
#[derive(Clone, PartialEq, Eq)]
pub struct Prescription {
    /// The record.
    pub id: Id<id::Record>,
    /// Version of the record.
    pub version: u32,
    /// The person.
    pub patient: Id<Person>,
    /// The number on paper.
    pub identifier: String,
    /// The order that it serves.
    pub order: Option<Id<id::Record>>,
    /// Where it stands now.
    pub status: PrescriptionStatus,
    /// The medicine.
    pub drug: Drug,
    /// Six digits; `None` where the reader may not see it.
    pub package_number: Option<String>,
    /// Units in a package, such as 100 tablets.
    pub package_size: Option<u32>,
    /// Packages each time.
    pub packages: u32,
    /// How many times it may be handed over in all.
    pub iterations: u32,
    /// Packages handed over so far; `None` where the reader may not see it.
    pub dispensed_packages: Option<u32>,
    /// How to take it.
    pub dosage_text: Option<String>,
    /// Against what.
    pub indication: Option<String>,
    /// First day.
    pub valid_from: Date,
    /// Last day.
    pub valid_until: Date,
    /// Name of the prescriber.
    pub issued_by: Option<String>,
    /// The prescriber's authorisation id.
    pub issued_by_authorisation: Option<String>,
    /// The prescriber's organisation.
    pub issued_by_organisation: Option<String>,
    /// When it was issued.
    pub issued_at: Timestamp,
    /// When and why it was called off.
    pub cancelled: Option<String>,
    /// Whether the person has marked it private.
    pub private: bool,
    /// When it goes, if the date is known.
    pub due_at: Option<Timestamp>,
}

impl Prescription {
    /// Packages that may still be handed over.
    #[must_use]
    pub fn packages_left(&self) -> u32 {
        self.packages.saturating_mul(self.iterations).saturating_sub(self.dispensed_packages.unwrap_or(0))
    }
}

/// What a writer decides of a prescription.
#[derive(Clone, PartialEq, Eq)]
pub struct NewPrescription {
    /// Six digits.
    pub package_number: String,
    /// Units in a package, such as 100 tablets.
    pub package_size: Option<u32>,
    /// Packages each time.
    pub packages: u32,
    /// How many times it may be handed over in all.
    pub iterations: u32,
    /// First day; the day of writing if `None`.
    pub valid_from: Option<Date>,
    /// Last day; two years after the first if `None`.
    pub valid_until: Option<Date>,
}

crate::redacted::redacted!(Prescription, NewPrescription);
