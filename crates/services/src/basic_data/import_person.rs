//! The civil register sends a person, new or changed.

use jiff::civil::Date;
use notice::Id;
use notice::id::Person;
use register::Identifier;

use super::{Contact, Feed, Sex};
use crate::Call;

/// Use of the notice.
pub const USE: &str = "nsp.import-person";

/// What is asked for.
#[derive(Clone, Debug)]
pub struct Request {
    /// For the first time, or again.
    pub feed: Feed,
    /// Who.
    pub people: Vec<ImportedPerson>,
}

/// A person as the civil register and the health insurance know her.
#[derive(Clone)]
pub struct ImportedPerson {
    /// Civil registration number, or the replacement number of a person without one.
    pub number: Identifier,
    /// The number that this one replaces, if it changed.
    pub replaces: Option<Identifier>,
    /// Name.
    pub name: String,
    /// Address.
    pub address: String,
    /// Whether name and address are protected.
    pub protection: Protection,
    /// Group of the public health insurance.
    pub insurance_group: String,
    /// Own practice.
    pub general_practitioner: Option<String>,
    /// Date of birth.
    pub birth_date: Date,
    /// Sex as registered.
    pub sex: Sex,
    /// Status in the civil register, two digits; 90 is dead.
    pub status: String,
    /// What the citizen has said of herself.
    pub contact: Contact,
}
crate::redacted::redacted!(ImportedPerson);

/// Whether name and address are protected.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Protection {
    /// They are.
    Protected,
    /// They are not.
    Open,
}

/// Why not.
pub type Error = crate::Error;

/// The civil register sends a person, new or changed.
///
/// # Errors
/// Refused, or what was sent cannot be taken.
pub fn run(at: &Call<'_>, request: Request) -> Result<Vec<Id<Person>>, Error> {
    let _ = (at, request);
    Err(Error::Unavailable(register::Unavailable::Closing))
}
