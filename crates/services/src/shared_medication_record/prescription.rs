//! A prescription: leave to hand over so many packages, so many times.

use jiff::Timestamp;
use jiff::civil::Date;
use notice::Id;
use notice::id::{self, Person};
use register::Record;

use super::Drug;
use super::drug::is_package_number;
use crate::Problem;
use crate::check::Check;
use crate::content::{self, in_role};

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

/// Most packages at once and most times: a slip of the finger is caught here.
pub(super) const PACKAGES_MAX: u32 = 100;
const ITERATIONS_MAX: u32 = 99;
/// How long a prescription holds if nothing else is said, in years.
const HOLDS_YEARS: i16 = 2;

/// The content of a prescription: the fields of its register.
#[derive(Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub(super) struct PrescriptionContent {
    pub(super) identifier: String,
    /// Number of the order, not the id of its record.
    pub(super) order: Option<String>,
    pub(super) status: PrescriptionStatus,
    pub(super) drug_name: String,
    pub(super) drug_id: Option<String>,
    pub(super) atc: Option<String>,
    pub(super) form: Option<String>,
    pub(super) strength: Option<String>,
    pub(super) package_number: Option<String>,
    pub(super) package_size: Option<u32>,
    pub(super) quantity: u32,
    pub(super) iterations: u32,
    pub(super) dosage_text: Option<String>,
    pub(super) indication: Option<String>,
    pub(super) valid_from: Date,
    pub(super) valid_until: Date,
    pub(super) issued_by: Option<String>,
    pub(super) issued_by_authorisation: Option<String>,
    pub(super) issued_by_organisation: Option<String>,
    pub(super) cancelled: Option<String>,
}

impl PrescriptionContent {
    /// Where it stands on a day: what is written, and what the calendar says.
    pub(super) fn status_on(&self, today: Date) -> PrescriptionStatus {
        match self.status {
            PrescriptionStatus::Cancelled | PrescriptionStatus::Closed | PrescriptionStatus::Expired => {
                self.status
            }
            PrescriptionStatus::Open | PrescriptionStatus::Pending if self.valid_from > today => {
                PrescriptionStatus::Pending
            }
            PrescriptionStatus::Open | PrescriptionStatus::Pending if self.valid_until < today => {
                PrescriptionStatus::Expired
            }
            PrescriptionStatus::Open | PrescriptionStatus::Pending => PrescriptionStatus::Open,
        }
    }

    /// Packages in all.
    pub(super) fn packages_in_all(&self) -> u32 {
        self.quantity.saturating_mul(self.iterations)
    }

    /// The prescription as its reader sees it. `orders` finds the order by its number; `dispensed` is what was handed over, where the reader may know.
    pub(super) fn into_prescription(
        self,
        record: &Record,
        orders: impl Fn(&str) -> Option<Id<id::Record>>,
        dispensed: Option<u32>,
        today: Date,
    ) -> Prescription {
        Prescription {
            id: record.id,
            version: record.version,
            patient: in_role(record, "patient").unwrap_or(Id::from_bits(0)),
            order: self.order.as_deref().and_then(orders),
            status: self.status_on(today),
            identifier: self.identifier,
            drug: Drug {
                name: self.drug_name,
                drug_id: self.drug_id,
                atc: self.atc,
                form: self.form,
                strength: self.strength,
            },
            package_number: self.package_number,
            package_size: self.package_size,
            packages: self.quantity,
            iterations: self.iterations,
            dispensed_packages: dispensed,
            dosage_text: self.dosage_text,
            indication: self.indication,
            valid_from: self.valid_from,
            valid_until: self.valid_until,
            issued_by: self.issued_by,
            issued_by_authorisation: self.issued_by_authorisation,
            issued_by_organisation: self.issued_by_organisation,
            issued_at: content::first(record, "prescription.issued").unwrap_or(record.collected_at),
            cancelled: self.cancelled,
            private: record.private,
            due_at: record.due_at,
        }
    }
}

impl NewPrescription {
    /// First and last day.
    pub(super) fn days(&self, today: Date) -> (Date, Date) {
        let from = self.valid_from.unwrap_or(today);
        let usual = from.checked_add(jiff::Span::new().years(HOLDS_YEARS)).unwrap_or(from);
        (from, self.valid_until.unwrap_or(usual))
    }

    pub(super) fn check(&self, check: &mut Check, today: Date) {
        let (from, until) = self.days(today);
        check.that(is_package_number(&self.package_number), || {
            Problem::new(
                "prescription.package-number",
                "not-a-package-number",
                "Et varenummer har 6 cifre. Vælg pakningen igen.",
                "A package number has 6 digits. Choose the package again.",
            )
        });
        between(check, "prescription.packages", self.packages, PACKAGES_MAX);
        between(check, "prescription.iterations", self.iterations, ITERATIONS_MAX);
        if let Some(size) = self.package_size {
            between(check, "prescription.package-size", size, 100_000);
        }
        check.that(from <= until, || {
            Problem::new(
                "prescription.valid-until",
                "ends-before-it-begins",
                "Recepten udløber, før den gælder. Ret en af dagene.",
                "The prescription expires before it begins. Correct one of the days.",
            )
        });
        check.that(until >= today, || {
            Problem::new(
                "prescription.valid-until",
                "in-the-past",
                "Recepten er allerede udløbet. Vælg en senere dag.",
                "The prescription has expired already. Choose a later day.",
            )
        });
    }
}

/// A number from 1 to a highest.
pub(super) fn between(check: &mut Check, field: &str, value: u32, max: u32) {
    check.that((1..=max).contains(&value), || {
        Problem::new(
            field,
            "out-of-range",
            format!("Skriv et tal fra 1 til {max}."),
            format!("Write a number from 1 to {max}."),
        )
    });
}
