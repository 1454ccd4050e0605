//! Cards come in from another system, many at a time, each whole or not at all.

use jiff::Timestamp;
use jiff::civil::Date;
use notice::Id;
use notice::id::Person;

use super::{Ended, NewOrder, Pause, Reviewed};
use crate::Call;

/// Use of the notice.
pub const USE: &str = "fmk.import";

/// What is asked for.
#[derive(Clone, Debug)]
pub struct Request {
    /// The cards.
    pub cards: Vec<ImportedCard>,
}

/// One person's card.
#[derive(Clone, Debug)]
pub struct ImportedCard {
    /// Whose.
    pub patient: Id<Person>,
    /// Its orders.
    pub orders: Vec<ImportedOrder>,
}

/// An order with all that hangs on it.
#[derive(Clone, Debug)]
pub struct ImportedOrder {
    /// The order.
    pub order: NewOrder,
    /// When it was made.
    pub created_at: Timestamp,
    /// Who made it.
    pub prescriber: Prescriber,
    /// On pause.
    pub paused: Option<Pause>,
    /// Ended.
    pub ended: Option<Ended>,
    /// Gone through.
    pub reviewed: Option<Reviewed>,
    /// Marked private.
    pub mark: Mark,
    /// Its prescriptions.
    pub prescriptions: Vec<ImportedPrescription>,
}

/// Whether the person has marked an order private.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mark {
    /// Not marked.
    Plain,
    /// Marked private.
    Private,
}

/// Who made an order or a prescription.
#[derive(Clone, PartialEq, Eq)]
pub struct Prescriber {
    /// The person, if she is known here.
    pub person: Option<Id<Person>>,
    /// Name.
    pub name: String,
    /// Authorisation id.
    pub authorisation_id: String,
    /// Organisation.
    pub organisation: String,
}
crate::redacted::redacted!(Prescriber);

/// A prescription with what was handed over on it.
#[derive(Clone, Debug)]
pub struct ImportedPrescription {
    /// When it was issued.
    pub issued_at: Timestamp,
    /// Six digits.
    pub package_number: String,
    /// Units in a package.
    pub package_size: Option<u32>,
    /// Packages each time.
    pub packages: u32,
    /// How many times in all.
    pub iterations: u32,
    /// First day.
    pub valid_from: Date,
    /// Last day.
    pub valid_until: Date,
    /// What was handed over.
    pub dispensings: Vec<ImportedDispensing>,
}

/// Something handed over.
#[derive(Clone, Debug)]
pub struct ImportedDispensing {
    /// When.
    pub at: Timestamp,
    /// Packages.
    pub packages: u32,
    /// Name of the pharmacy.
    pub pharmacy: String,
}

/// What came in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Output {
    /// People.
    pub people: usize,
    /// Records.
    pub records: usize,
}

/// Why not.
pub type Error = crate::Error;

/// Takes the cards in.
///
/// # Errors
/// Refused, or a card cannot be taken; then none of the batch is.
pub fn run(at: &Call<'_>, request: Request) -> Result<Output, Error> {
    let _ = (at, request);
    Err(Error::Unavailable(register::Unavailable::Closing))
}
