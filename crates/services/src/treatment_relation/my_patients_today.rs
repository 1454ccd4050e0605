//! A professional sees whom she treats today.

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::civil::Date;
use notice::id::Person;
use notice::{Fact, Id};

use register::{Holder, Query, Record, Unavailable};

use super::{Found, REGISTER, RelationContent, Source};
use crate::basic_data::{Basic, NSP_BASIC};
use crate::{Call, content};

/// Use of the notice.
pub const USE: &str = "nsp.my-patients-today";

/// What is asked for.
#[derive(Clone, Debug)]
pub struct Request {}

/// A patient of today.
#[derive(Clone)]
pub struct Patient {
    /// The person.
    pub person: Id<Person>,
    /// Name; `None` where it is not known or protected.
    pub name: Option<String>,
    /// Birth date.
    pub birth_date: Option<Date>,
    /// Since when.
    pub since: Timestamp,
    /// Until when.
    pub until: Option<Timestamp>,
    /// How sure it is.
    pub found: Found,
    /// From where it is known.
    pub source: Source,
}
crate::redacted::redacted!(Patient);

/// Why not.
pub type Error = crate::Error;

/// A professional sees whom she treats today.
///
/// # Errors
/// Refused, or what was sent cannot be taken.
pub fn run(at: &Call<'_>, Request {}: Request) -> Result<Vec<Patient>, Error> {
    let holders = [
        at.call.caller.actor.person.map(Holder::Person),
        at.call.caller.actor.organisation.map(Holder::Organisation),
    ];
    let mut patients: BTreeMap<Id<Person>, Patient> = BTreeMap::new();
    for holder in holders.into_iter().flatten() {
        let records = at.find(USE, Query::LinksHeldBy { fact: Fact::Treats, holder, at: at.now() })?;
        for patient in found(at, &records)? {
            patients.entry(patient.person).or_insert(patient);
        }
    }
    let mut patients: Vec<_> = patients.into_values().collect();
    patients.sort_by(|a, b| b.since.cmp(&a.since));
    Ok(patients)
}

fn found(at: &Call<'_>, records: &[Record]) -> Result<Vec<Patient>, Unavailable> {
    let basic = |person| {
        let of_person = records.iter().filter(|record| at.is_in(record, NSP_BASIC));
        of_person.map(Basic::of).find(|basic| basic.person == Some(person)).unwrap_or_default()
    };
    let relations = records.iter().filter(|record| at.is_in(record, REGISTER));
    relations
        .map(|record| {
            let fields: RelationContent = content::read_whole(record)?;
            let person = content::in_role(record, "patient").ok_or(Unavailable::Tampered)?;
            let Basic { name, birth_date, .. } = basic(person);
            let RelationContent { from, until, kind, source, .. } = fields;
            Ok(Patient { person, name, birth_date, since: from, until, found: kind, source })
        })
        .collect()
}
